#include "api/openapi/document.hpp"

#include <set>
#include <stdexcept>

#include "api/openapi/components.hpp"
#include "api/openapi/operation.hpp"
#include "api/openapi/sources.hpp"
#include "api/version.hpp"

namespace yimen::api::openapi {

namespace {

using http::Route;
using workflow::Array;
using workflow::Object;
using workflow::Value;

constexpr std::string_view about = R"(Casework of proactive social assistance, for programs.

All bodies are JSON with members in snake_case; unknown members of requests are refused, unknown
members of answers are to be passed over. Whatever is not a success is `application/problem+json`
with a stable `code` and all `refusals` at once. Sentences for people come in the language of
`Accept-Language`, zh-CN or en. Lists are paged: `next` in the body and `Link` lead on. A step of
a case asks for the `ETag` in `If-Match`, everything that makes or moves something for an
`Idempotency-Key`. HEAD is answered wherever GET is. Long answers come in gzip to who takes it.)";

struct Said {
  Object operations;
  Object schemas;
  Object parameters;
  Object headers;
  Object path_parameters;
  Array tags;
};

void merge(Object& into, const Value& more) {
  for (const auto& [name, value] : more.members()) into.set(name, value);
}

Said read_sources() {
  Said said;
  for (const auto& [name, text] : embedded_sources()) {
    const auto value = workflow::parse(text);
    if (!value) throw std::logic_error("openapi/" + name + ".json: " + value.error().code);
    if (name == "operations") {
      said.operations = (*value)["operations"].members();
      said.path_parameters = (*value)["path_parameters"].members();
      said.tags = (*value)["tags"].items();
    }
    merge(said.schemas, (*value)["schemas"]);
    merge(said.parameters, (*value)["parameters"]);
    merge(said.headers, (*value)["headers"]);
  }
  return said;
}

std::string lower(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter | 0x20);
  }
  return text;
}

Object paths_of(const std::vector<Route>& routes, const Said& said,
                std::vector<std::string>& findings) {
  Object paths;
  std::set<std::string> seen;
  for (const Route& route : routes) {
    const Value* of_route = said.operations.find(route.name);
    if (of_route == nullptr) findings.push_back("nothing is said of the route " + route.name);
    if (!seen.insert(route.name).second) findings.push_back("two routes are named " + route.name);
    const std::string path = path_of(route);
    Object operations = paths.find(path) != nullptr ? paths.find(path)->members() : Object{};
    operations.set(lower(route.method),
                   operation(route, of_route != nullptr ? *of_route : Value(Object{}),
                             said.path_parameters, findings));
    paths.set(path, std::move(operations));
  }
  for (const auto& [name, text] : said.operations) {
    if (!seen.contains(name)) findings.push_back("something is said of no route: " + name);
  }
  return paths;
}

Object security_schemes() {
  return {{"bearer", Object{{"type", "http"},
                            {"scheme", "bearer"},
                            {"description", "A token of POST /v1/sessions or POST /v1/tokens."}}},
          {"cookie", Object{{"type", "apiKey"},
                            {"in", "cookie"},
                            {"name", "yimen"},
                            {"description", "Set by POST /v1/sessions; __Host-yimen where a "
                                            "proxy ends TLS."}}},
          {"csrf", Object{{"type", "apiKey"},
                          {"in", "header"},
                          {"name", "X-Yimen-Csrf"},
                          {"description", "Any value: only a page of the same origin can send "
                                          "it. Needed beside the cookie."}}}};
}

// Every component that a value refers to, as "schemas/Case".
void gather_references(const Value& value, std::set<std::string>& references) {
  constexpr std::string_view prefix = "#/components/";
  for (const Value& item : value.items()) gather_references(item, references);
  for (const auto& [name, member] : value.members()) {
    const std::string& text = member.text();
    if (name == "$ref" && text.starts_with(prefix)) references.insert(text.substr(prefix.size()));
    gather_references(member, references);
  }
}

void find_loose_ends(const Value& whole, std::vector<std::string>& findings) {
  std::set<std::string> wanted;
  gather_references(whole, wanted);
  for (const std::string& reference : wanted) {
    const auto slash = reference.find('/');
    const std::string kind = reference.substr(0, slash);
    if (!whole["components"][kind].has(reference.substr(slash + 1))) {
      findings.push_back("unknown component " + reference);
    }
  }
  for (const char* kind : {"schemas", "parameters", "headers"}) {
    for (const auto& [name, component] : whole["components"][kind].members()) {
      if (!wanted.contains(std::string(kind) + "/" + name)) {
        findings.push_back("unused component " + std::string(kind) + "/" + name);
      }
    }
  }
}

}  // namespace

Document document(const std::vector<Route>& routes, const Rulebook& rulebook) {
  Document made;
  Said said = read_sources();
  merge(said.schemas, word_schemas(rulebook));
  merge(said.schemas, body_schemas());
  merge(said.schemas, step_schemas(rulebook));
  Object paths = paths_of(routes, said, made.findings);
  made.value = Object{
      {"openapi", "3.1.0"},
      {"info", Object{{"title", "Yimen"},
                      {"version", version},
                      {"summary", "Casework of proactive social assistance"},
                      {"description", about},
                      {"contact", Object{{"name", "The authors of Yimen"}}},
                      {"license", Object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", Array{Object{{"url", "/"}, {"description", "Where this document is from."}}}},
      {"tags", std::move(said.tags)},
      {"paths", std::move(paths)},
      {"components", Object{{"schemas", std::move(said.schemas)},
                            {"parameters", std::move(said.parameters)},
                            {"headers", std::move(said.headers)},
                            {"securitySchemes", security_schemes()}}}};
  find_loose_ends(made.value, made.findings);
  return made;
}

}  // namespace yimen::api::openapi
