#include "api/resources/persons.hpp"

#include "api/answers.hpp"
#include "api/body.hpp"

namespace yimen::api::resources {

namespace {

using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Object;
using workflow::Value;

constexpr int found_usual = 20;

// A closed list: free text in the audit log would hold names.
constexpr std::string_view reveal_form = R"({
  "type": "object", "additionalProperties": false, "required": ["reason"],
  "properties": {
    "reason": {"type": "string",
               "enum": ["complaint", "contact", "correction", "data_matching", "identity_check",
                        "payment"]}
  }
})";

constexpr std::string_view search_form = R"({
  "type": "object", "additionalProperties": false,
  "properties": {
    "identity_number": {"type": "string", "format": "identity_number", "x-personal": true},
    "limit": {"type": "integer", "minimum": 1, "maximum": 50},
    "name": {"type": "string", "minLength": 1, "maxLength": 50, "x-personal": true}
  }
})";

std::string id_in(const Request& request) { return std::string(request.parameters.get("id")); }

// By exactly one of the two.
std::vector<workflow::Finding> criteria_findings(const Value& body) {
  const bool by_number = body.has("identity_number");
  if (body.has("name") && by_number) return {{"/identity_number", "not_expected", {}}};
  if (!body.has("name") && !by_number) return {{"/name", "required", {}}};
  if (!by_number && name_word(body["name"].text()).empty()) {
    return {{"/name", "too_short", {{"min", 1}}}};
  }
  return {};
}

Value list_view(const std::vector<Person>& persons, const PersonRights& rights) {
  workflow::Array items;
  for (const Person& person : persons) items.push_back(masked_view(person, rights));
  return Object{{"items", std::move(items)}};
}

}  // namespace

const Value& reveal_schema() {
  static const Value schema = workflow::parse(reveal_form).value();
  return schema;
}

const Value& search_schema() {
  static const Value schema = workflow::parse(search_form).value();
  return schema;
}

std::vector<http::Route> Persons::routes() {
  return {{.method = "POST",
           .pattern = "/v1/persons",
           .name = "add_person",
           .summary = "Register a person",
           .idempotency_key = true,
           .handler = [this](const Request& request) { return post(request); }},
          {.method = "GET",
           .pattern = "/v1/persons/{id}",
           .name = "get_person",
           .summary = "One person, masked",
           .handler = [this](const Request& request) { return get(request); }},
          {.method = "POST",
           .pattern = "/v1/persons/{id}/reveal",
           .name = "reveal_person",
           .summary = "One person in full; the reason is logged",
           .handler = [this](const Request& request) { return reveal(request); }},
          {.method = "POST",
           .pattern = "/v1/persons/search",
           .name = "search_persons",
           .summary = "Find people by the beginning of a name or by identity number",
           .handler = [this](const Request& request) { return search(request); }}};
}

Response Persons::post(const Request& request) {
  const auto body = body_of(request, person_schema());
  if (!body) return failed(body.error());
  const auto added = registry_.add_person(request, *body);
  if (!added) return failed(added.error());
  Response response = http::json(201, masked_view(*added, rights_of(*request.principal)));
  response.headers.add("location", "/v1/persons/" + added->row.id);
  return response;
}

Response Persons::get(const Request& request) {
  const auto person = registry_.person(*request.principal, id_in(request));
  if (!person) return failed(person.error());
  return http::json(200, masked_view(*person, rights_of(*request.principal)));
}

Response Persons::reveal(const Request& request) {
  const auto body = body_of(request, reveal_schema());
  if (!body) return failed(body.error());
  const auto person = registry_.person(*request.principal, id_in(request));
  if (!person) return failed(person.error());
  if (!rights_of(*request.principal).reveals) return failed(ProblemCode::not_your_post);
  if (!person->facts) return failed(ProblemCode::not_found);
  const bool is_told = audit_log_.write({.at = clock_.now(),
                                         .action = "reveal",
                                         .account = request.principal->account,
                                         .subject = person->row.id,
                                         .reason = (*body)["reason"].text(),
                                         .trace_id = request.trace_id});
  return is_told ? http::json(200, full_view(*person)) : failed(ProblemCode::unavailable);
}

Response Persons::search(const Request& request) {
  const auto body = body_of(request, search_schema());
  if (!body) return failed(body.error());
  if (auto findings = criteria_findings(*body); !findings.empty()) {
    return failed(findings_problem(findings));
  }
  const auto limit = static_cast<int>((*body)["limit"].integer(found_usual));
  const http::Principal& principal = *request.principal;
  const auto found =
      body->has("name")
          ? registry_.named(principal, (*body)["name"].text(), limit)
          : registry_.with_identity_number(principal, (*body)["identity_number"].text());
  if (!found) return failed(found.error());
  return http::json(200, list_view(*found, rights_of(principal)));
}

}  // namespace yimen::api::resources
