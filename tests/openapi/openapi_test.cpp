#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "api/descriptions.hpp"
#include "api/openapi/components.hpp"
#include "api/openapi/document.hpp"
#include "api/openapi/operation.hpp"
#include "tests/openapi/whole_program.hpp"
#include "tests/support/catch.hpp"
#include "workflow/form.hpp"

using namespace yimen;
using workflow::Value;

namespace {

const api::openapi::Document& the_document() {
  static const api::openapi::Document document =
      api::openapi::document(tests::the_program().router.routes(), tests::the_rulebook());
  return document;
}

std::string upper(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::toupper(letter));
  return text;
}

const Value& operation_of(const api::http::Route& route) {
  std::string method = route.method;
  for (char& letter : method) letter = static_cast<char>(std::tolower(letter));
  return the_document().value["paths"][api::openapi::path_of(route)][method];
}

bool refers_to(const Value& parameters, std::string_view component) {
  const Value reference = api::openapi::reference("parameters", component);
  return std::ranges::find(parameters.items(), reference) != parameters.items().end();
}

}  // namespace

TEST_CASE("Something is said of every route, and nothing of any other") {
  for (const std::string& finding : the_document().findings) UNSCOPED_INFO(finding);
  CHECK(the_document().findings.empty());
}

TEST_CASE("Routes and document are one to one") {
  std::set<std::string> served;
  std::set<std::string> documented;
  for (const auto& route : tests::the_program().router.routes()) {
    served.insert(route.method + " " + api::openapi::path_of(route) + " " + route.name);
  }
  for (const auto& [path, operations] : the_document().value["paths"].members()) {
    for (const auto& [method, operation] : operations.members()) {
      documented.insert(upper(method) + " " + path + " " + operation["operationId"].text());
    }
  }
  CHECK(served == documented);
  CHECK(served.size() == tests::the_program().router.routes().size());
}

TEST_CASE("What a route asks for is in the document") {
  for (const auto& route : tests::the_program().router.routes()) {
    CAPTURE(route.name);
    const Value& operation = operation_of(route);
    const Value& responses = operation["responses"];
    const bool is_public = route.access == api::http::Access::public_access;
    CHECK(operation["security"].items().empty() == is_public);
    CHECK(responses.has("401") >= !is_public);
    CHECK(refers_to(operation["parameters"], "idempotency_key") == route.idempotency_key);
    CHECK(refers_to(operation["parameters"], "if_match") == route.if_match);
    CHECK(responses.has("428") >= route.if_match);
    CHECK(responses.has("500"));
    CHECK(responses.has("503"));
    CHECK_FALSE(operation["summary"].text().empty());
    CHECK_FALSE(operation["description"].text().empty());
    CHECK_FALSE(operation["tags"].items().front().text().empty());
    const bool has_body = route.method == "POST" || route.method == "PUT" ||
                          route.method == "PATCH";
    CHECK(operation.has("requestBody") == has_body);
  }
}

TEST_CASE("A problem's codes stand under their own status") {
  std::map<std::string, int> statuses;
  for (const auto code : api::http::all_problem_codes()) {
    statuses[std::string(api::http::name(code))] = api::http::status(code);
  }
  for (const auto& route : tests::the_program().router.routes()) {
    for (const auto& [status, response] : operation_of(route)["responses"].members()) {
      const Value& schema = response["content"]["application/problem+json"]["schema"];
      if (schema["allOf"].items().empty()) continue;
      const Value& codes = schema["allOf"].items().back()["properties"]["code"]["enum"];
      CHECK_FALSE(codes.items().empty());
      for (const Value& code : codes.items()) {
        CAPTURE(route.name, code.text());
        CHECK(std::to_string(statuses[code.text()]) == status);
      }
    }
  }
}

TEST_CASE("Every step has its form in the document, with examples that pass") {
  const Value& schemas = the_document().value["components"]["schemas"];
  std::size_t steps = 0;
  for (const workflow::Edition* edition : tests::the_rulebook().editions()) {
    const auto* procedure = tests::the_rulebook().procedure(edition->procedure);
    for (const std::string_view event : procedure->events) {
      const std::string name = "event_" + std::string(event);
      const bool opens_only = std::ranges::none_of(procedure->rows, [&](const auto& row) {
        return row.from != 0 && procedure->events[static_cast<std::size_t>(row.event)] == event;
      });
      if (!opens_only) CHECK(schemas.has(name));
      ++steps;
    }
    for (const auto& row : procedure->annotations) {
      CHECK(schemas.has("annotation_" + std::string(row.name)));
      ++steps;
    }
    for (const auto& [code, form] : edition->forms) {
      for (const Value& example : form.examples) CHECK(check_data(form.schema, example).empty());
    }
  }
  CHECK(steps > 60);
}

TEST_CASE("Named formats become what foreign tools know") {
  const auto shown = [](const char* text) {
    return canonical(api::openapi::public_schema(workflow::parse(text).value()));
  };
  CHECK(shown(R"({"type":"string","format":"civil_date"})") ==
        R"({"format":"date","type":"string"})");
  CHECK(shown(R"({"type":"string","format":"digest","x-personal":true})") ==
        R"({"pattern":"^[0-9a-f]{64}$","type":"string","x-personal":true})");
  CHECK(shown(R"({"type":"object","format":"money"})") ==
        R"({"$ref":"#/components/schemas/Money"})");
  CHECK(shown(R"({"type":"array","maxItems":2,"items":{"type":"string","format":"instant"}})") ==
        R"({"items":{"format":"date-time","type":"string"},"maxItems":2,"type":"array"})");
  CHECK(shown(R"({"type":"object","properties":{"a":{"type":"string","format":"uuid"}}})")
            .find(R"("format":"uuid")") != std::string::npos);
}

TEST_CASE("The document is served to anybody, and again only when it has changed") {
  const auto answer = tests::ask("GET", "/v1/openapi.json");
  CHECK(answer.status == 200);
  CHECK(answer.content_type == "application/json");
  CHECK(answer.body == canonical(the_document().value));
  const auto head = tests::ask("HEAD", "/v1/openapi.json");
  CHECK(head.status == 200);
  CHECK(head.omit_body);
  const auto again = tests::ask("GET", "/v1/openapi.json",
                                {{"if-none-match", std::string(answer.headers.get("etag"))}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
}

TEST_CASE("The table of routes is printed a line a route") {
  std::ostringstream out;
  CHECK(api::print_routes(tests::the_program().router.routes(), tests::the_rulebook(), out) == 0);
  std::istringstream lines(out.str());
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto& route = tests::the_program().router.routes()[count];
    CHECK(line.starts_with(route.method + " "));
    CHECK(line.find(" " + route.pattern + " ") != std::string::npos);
    CHECK(line.find(" " + route.name + " ") != std::string::npos);
    CHECK(line.ends_with(route.summary));
  }
  CHECK(count == tests::the_program().router.routes().size());
}
