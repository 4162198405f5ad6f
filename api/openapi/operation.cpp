#include "api/openapi/operation.hpp"

#include "api/openapi/components.hpp"
#include "api/openapi/problems.hpp"

namespace yimen::api::openapi {

namespace {

using http::Route;
using workflow::Array;
using workflow::Object;
using workflow::Value;

std::vector<std::string> path_names(const std::string& path) {
  std::vector<std::string> names;
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
    names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
}

bool has_tag(const Value& said) {
  for (const Value& header : said["answers"]["200"]["headers"].items()) {
    if (header.text() == "ETag") return true;
  }
  return false;
}

Array parameters_of(const Route& route, const Value& said, const Value& path_parameters,
                    std::vector<std::string>& findings) {
  Array parameters;
  for (const std::string& name : path_names(path_of(route))) {
    const bool is_own = said["path"].has(name);
    if (!is_own && !path_parameters.has(name)) {
      findings.push_back("unknown path parameter " + name);
    }
    Object parameter = (is_own ? said["path"] : path_parameters)[name].members();
    parameter.set("name", name);
    parameter.set("in", "path");
    parameter.set("required", true);
    parameters.emplace_back(std::move(parameter));
  }
  for (const char* list : {"query", "headers"}) {
    for (const Value& name : said[list].items()) {
      parameters.emplace_back(reference("parameters", name.text()));
    }
  }
  if (route.idempotency_key) parameters.emplace_back(reference("parameters", "idempotency_key"));
  if (route.if_match) parameters.emplace_back(reference("parameters", "if_match"));
  if (route.method == "GET" && has_tag(said)) {
    parameters.emplace_back(reference("parameters", "if_none_match"));
  }
  return parameters;
}

// Bytes as they are, of one of several media types.
Object binary(const Value& media_types) {
  Object content;
  for (const Value& type : media_types.items()) content.set(type.text(), Object{});
  return content;
}

Object texts(const Value& media_types) {
  Object content;
  for (const Value& type : media_types.items()) {
    content.set(type.text(), Object{{"schema", Object{{"type", "string"}}}});
  }
  return content;
}

Object json_content(const std::string& schema) {
  return {{"application/json", Object{{"schema", reference("schemas", schema)}}}};
}

Value request_body(const Route& route, const Value& said) {
  const bool is_json = said.has("body");
  return Object{{"required", true},
                {"x-bytes-max", static_cast<std::int64_t>(route.body_bytes_max)},
                {"content", is_json ? json_content(said["body"].text())
                                    : binary(said["binary_body"])}};
}

std::string words_of(int status) {
  switch (status) {
    case 200: return "Done; the answer.";
    case 201: return "Made.";
    case 202: return "Taken up; it waits for signatures.";
    case 204: return "Done; nothing to say.";
    case 304: return "What the client holds is still the one.";
    default: return "The answer.";
  }
}

Value answer(int status, const Value& said) {
  Object response{{"description", said.has("description") ? said["description"].text()
                                                          : words_of(status)}};
  Object headers;
  for (const Value& name : said["headers"].items()) {
    headers.set(name.text(), reference("headers", name.text()));
  }
  if (!headers.empty()) response.set("headers", std::move(headers));
  if (said.has("schema")) response.set("content", json_content(said["schema"].text()));
  if (said.has("binary")) response.set("content", binary(said["binary"]));
  if (said.has("texts")) response.set("content", texts(said["texts"]));
  return response;
}

Object responses_of(const Route& route, const Value& said, std::vector<std::string>& findings) {
  Object responses;
  for (const auto& [status, of_status] : said["answers"].members()) {
    responses.set(status, answer(std::stoi(status), of_status));
  }
  if (responses.empty()) findings.push_back("no answer is described");
  if (route.method == "GET" && has_tag(said)) {
    responses.set("304", answer(304, Object{{"headers", Array{"ETag"}}}));
  }
  for (const auto& [status, codes] : problems_of(route, said, findings)) {
    responses.set(std::to_string(status), problem_response(status, codes));
  }
  return responses;
}

// Reading needs a session; changing by cookie needs the header that no foreign page can send.
Array security_of(const Route& route) {
  if (route.access == http::Access::public_access) return {};
  Object by_cookie{{"cookie", Array{}}};
  if (route.method != "GET") by_cookie.set("csrf", Array{});
  return {Object{{"bearer", Array{}}}, std::move(by_cookie)};
}

}  // namespace

std::string path_of(const Route& route) {
  std::string path = route.pattern;
  if (const auto rest = path.find("...}"); rest != std::string::npos) path.erase(rest, 3);
  return path;
}

Value operation(const Route& route, const Value& said, const Value& path_parameters,
                std::vector<std::string>& findings) {
  const std::size_t before = findings.size();
  Object operation{{"operationId", route.name},
                   {"summary", route.summary},
                   {"description", said["description"].text()},
                   {"tags", Array{said["tag"]}},
                   {"security", security_of(route)},
                   {"responses", responses_of(route, said, findings)}};
  Array parameters = parameters_of(route, said, path_parameters, findings);
  if (!parameters.empty()) operation.set("parameters", std::move(parameters));
  if (said.has("body") || said.has("binary_body")) {
    operation.set("requestBody", request_body(route, said));
  }
  for (std::size_t at = before; at < findings.size(); ++at) findings[at] += " in " + route.name;
  return operation;
}

}  // namespace yimen::api::openapi
