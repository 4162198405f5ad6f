#include "api/resources/cases.hpp"

#include <charconv>

#include "api/body.hpp"
#include "api/case_lines.hpp"
#include "api/case_problems.hpp"
#include "api/case_queries.hpp"
#include "api/case_views.hpp"
#include "api/http/conditional.hpp"
#include "api/paging.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Array;
using workflow::Object;
using workflow::Value;

std::string hexadecimal(std::string_view raw) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char byte : raw) {
    text.push_back(digits[static_cast<unsigned char>(byte) >> 4U]);
    text.push_back(digits[static_cast<unsigned char>(byte) & 15U]);
  }
  return text;
}

// The digest names the request, so that a key cannot be used for another one.
persistence::IdempotencyKey key_of(const CaseService& service, const Request& request,
                                   const Value& body) {
  return {request.principal->account, request.idempotency_key,
          service.digest_of(request.method + " " + request.path + "\n" + canonical(body))};
}

// Instants and the post in the envelope; a malformed one is an invalid member.
std::optional<Problem> read_envelope(const Value& body, Submission& submission) {
  if (body.has("occurred_at")) {
    submission.occurred_at = workflow::instant_from(body["occurred_at"].text());
    if (!submission.occurred_at) {
      return Problem{.code = ProblemCode::invalid_member,
                     .params = {{"member", "/occurred_at"}},
                     .refusals = {{"instant", {}, "/occurred_at", {}}}};
    }
  }
  submission.lateness_reason = body["lateness_reason"].text();
  if (body.has("as")) {
    if (auto problem = problem_with_members(body["as"], "/as", {{"post", MemberKind::text, true},
                                                                {"unit", MemberKind::text}})) {
      return problem;
    }
    submission.as = http::Post{body["as"]["post"].text(), body["as"]["unit"].text(), {}};
  }
  return std::nullopt;
}

// The revision that If-Match names; a tag that is none of ours matches nothing.
Result<std::int64_t, Problem> revision_of(const Request& request) {
  const auto tags = http::if_match(request);
  if (!tags) return refuse(tags.error());
  if (tags->any || tags->strong.size() != 1 || !tags->weak.empty()) {
    return refuse(Problem{.code = ProblemCode::if_match_invalid});
  }
  const std::string& tag = tags->strong.front();
  std::int64_t revision = 0;
  const char* end = tag.data() + tag.size();
  const bool whole = tag.size() > 1 && tag.front() == 'r' &&
                     std::from_chars(tag.data() + 1, end, revision).ptr == end;
  if (!whole) return refuse(Problem{.code = ProblemCode::stale_revision});
  return revision;
}

}  // namespace

std::vector<http::Route> Cases::routes() {
  const auto bind = [this](Response (Cases::*verb)(const Request&)) {
    return [this, verb](const Request& request) { return (this->*verb)(request); };
  };
  return {
      {.method = "POST", .pattern = "/v1/cases", .name = "open_case",
       .summary = "Opens a case", .idempotency_key = true, .handler = bind(&Cases::open)},
      {.method = "GET", .pattern = "/v1/cases", .name = "list_cases",
       .summary = "Cases that the reader may see, filtered", .handler = bind(&Cases::list)},
      {.method = "GET", .pattern = "/v1/cases/{id}", .name = "get_case",
       .summary = "One case with its deadlines and possible actions", .handler = bind(&Cases::get)},
      {.method = "POST", .pattern = "/v1/cases/{id}/transitions", .name = "move_case",
       .summary = "Takes an event", .idempotency_key = true, .if_match = true,
       .handler = bind(&Cases::transition)},
      {.method = "POST", .pattern = "/v1/cases/{id}/annotations", .name = "annotate_case",
       .summary = "Puts something on record", .idempotency_key = true,
       .handler = bind(&Cases::annotate)},
      {.method = "POST", .pattern = "/v1/cases/{id}/signoffs", .name = "sign_case",
       .summary = "Signs or refuses a pending sign-off", .idempotency_key = true,
       .handler = bind(&Cases::sign)},
      {.method = "GET", .pattern = "/v1/cases/{id}/journal", .name = "get_journal",
       .summary = "The case's journal with its hashes", .handler = bind(&Cases::journal)}};
}

Response Cases::open(const Request& request) {
  const auto body = body_with(request, {{"procedure", MemberKind::text, true},
                                        {"event", MemberKind::text},
                                        {"facts", MemberKind::object, true},
                                        {"occurred_at", MemberKind::text},
                                        {"as", MemberKind::object}});
  if (!body) return http::failed(body.error());
  Submission submission;
  submission.procedure = (*body)["procedure"].text();
  submission.event = body->has("event") ? (*body)["event"].text() : std::string("discover");
  submission.data = (*body)["facts"];
  if (auto problem = read_envelope(*body, submission)) return http::failed(std::move(*problem));
  submission.idempotency = key_of(service_, request, *body);
  return submit(request, std::move(submission));
}

Response Cases::transition(const Request& request) {
  const auto body = body_with(request, {{"event", MemberKind::text, true},
                                        {"data", MemberKind::object},
                                        {"occurred_at", MemberKind::text},
                                        {"lateness_reason", MemberKind::text},
                                        {"as", MemberKind::object}});
  if (!body) return http::failed(body.error());
  const auto revision = revision_of(request);
  if (!revision) return http::failed(revision.error());
  Submission submission;
  submission.case_id = request.parameters.get("id");
  submission.event = (*body)["event"].text();
  if (submission.event == "take_back") submission.kind = workflow::EntryKind::take_back;
  submission.data = (*body)["data"];
  submission.revision = *revision;
  if (auto problem = read_envelope(*body, submission)) return http::failed(std::move(*problem));
  submission.idempotency = key_of(service_, request, *body);
  return submit(request, std::move(submission));
}

Response Cases::annotate(const Request& request) {
  const auto body = body_with(request, {{"annotation", MemberKind::text, true},
                                        {"data", MemberKind::object},
                                        {"occurred_at", MemberKind::text},
                                        {"as", MemberKind::object}});
  if (!body) return http::failed(body.error());
  Submission submission;
  submission.kind = workflow::EntryKind::annotation;
  submission.case_id = request.parameters.get("id");
  submission.event = (*body)["annotation"].text();
  submission.data = (*body)["data"];
  if (auto problem = read_envelope(*body, submission)) return http::failed(std::move(*problem));
  submission.idempotency = key_of(service_, request, *body);
  return submit(request, std::move(submission));
}

Response Cases::sign(const Request& request) {
  const auto body = body_with(request, {{"proposal", MemberKind::integer, true},
                                        {"choice", MemberKind::text, true},
                                        {"as", MemberKind::object}});
  if (!body) return http::failed(body.error());
  Submission submission;
  submission.kind = workflow::EntryKind::signature;
  submission.case_id = request.parameters.get("id");
  submission.proposal = (*body)["proposal"].integer();
  submission.choice = (*body)["choice"].text();
  if (auto problem = read_envelope(*body, submission)) return http::failed(std::move(*problem));
  submission.idempotency = key_of(service_, request, *body);
  return submit(request, std::move(submission));
}

Response Cases::submit(const Request& request, Submission submission) {
  const bool opens = submission.case_id.empty();
  const auto committed = service_.submit(*request.principal, submission);
  if (!committed) return http::failed(problem_of(committed.error()));
  const bool waits = committed->kind == workflow::EntryKind::proposal;
  Response response = http::json(opens ? 201 : waits ? 202 : 200, summary_view(committed->subject));
  response.headers.set("etag", entity_tag(committed->subject.revision));
  if (opens) response.headers.set("location", "/v1/cases/" + committed->subject.id);
  return response;
}

Response Cases::get(const Request& request) {
  const auto opened =
      service_.open(*request.principal, std::string(request.parameters.get("id")));
  if (!opened) return http::failed(problem_of(opened.error()));
  Response response = http::json(200, case_view(service_, *opened, request));
  response.headers.set("etag", entity_tag(opened->subject.revision));
  return response;
}

Response Cases::list(const Request& request) {
  const Colours colours = colours_at(service_.now(), *service_.rulebook().calendar());
  const auto query = case_query_of(request, colours);
  if (!query) return http::failed(query.error());
  const auto page = store_.search(*query);
  if (!page) {
    const bool bad_cursor = page.error().kind == persistence::StoreErrorKind::invalid;
    return http::failed(bad_cursor ? invalid_parameter("cursor") : problem_of(page.error()));
  }
  auto items = line_views(page->items, colours, registry_, *request.principal);
  if (!items) return http::failed(items.error());
  return page_of(request, std::move(*items), "cursor", page->next);
}

Response Cases::journal(const Request& request) {
  if (auto unknown = unknown_parameter(request, {"after", "limit"})) {
    return http::failed(std::move(*unknown));
  }
  const auto opened =
      service_.open(*request.principal, std::string(request.parameters.get("id")));
  if (!opened) return http::failed(problem_of(opened.error()));
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  std::int64_t after = 0;
  const std::string_view text = request.query.get("after");
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
  const bool is_whole = error == std::errc{} && end == text.data() + text.size() && after >= 0;
  if (request.query.has("after") && !is_whole) return http::failed(invalid_parameter("after"));
  const auto rows = store_.journal(opened->subject.id, after, *limit);
  if (!rows) return http::failed(problem_of(rows.error()));
  Array items;
  for (const auto& row : *rows) {
    const auto entry = workflow::parse(row.bytes);
    items.emplace_back(Object{{"sequence", row.sequence},
                              {"previous_hash", hexadecimal(row.previous_hash)},
                              {"hash", hexadecimal(row.hash)},
                              {"entry", entry ? *entry : Value()}});
  }
  const bool more = !rows->empty() && rows->back().sequence < opened->subject.sequence;
  const std::string next = more ? std::to_string(rows->back().sequence) : std::string();
  return page_of(request, std::move(items), "after", next);
}

}  // namespace yimen::api::resources
