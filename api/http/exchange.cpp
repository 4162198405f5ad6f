#include "api/http/exchange.hpp"

#include <algorithm>
#include <utility>

#include "api/http/percent.hpp"

namespace yimen::api::http {

namespace {

using workflow::Object;
using workflow::Value;

Problem malformed_target() { return {.code = ProblemCode::malformed_target}; }

bool read_segments(std::string_view path, std::vector<std::string>& segments) {
  path.remove_prefix(1);
  while (true) {
    const auto slash = path.find('/');
    auto segment = percent_decoded(path.substr(0, slash), Plus::is_plus);
    if (!segment || *segment == "." || *segment == ".." ||
        segment->find('/') != std::string::npos) {
      return false;
    }
    segments.push_back(std::move(*segment));
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

bool read_query(std::string_view text, Fields& query) {
  while (!text.empty()) {
    const auto end = text.find('&');
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (part.empty()) continue;
    const auto equals = part.find('=');
    auto name = percent_decoded(part.substr(0, equals), Plus::is_space);
    auto value = percent_decoded(
        equals == std::string_view::npos ? "" : part.substr(equals + 1), Plus::is_space);
    if (!name || !value || query.has(*name)) return false;
    query.add(std::move(*name), std::move(*value));
  }
  return true;
}

bool is_lower_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

bool is_zero(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

Problem malformed_json(std::string reason, std::size_t offset) {
  Object params;
  params.set("reason", std::move(reason));
  params.set("offset", static_cast<std::int64_t>(offset));
  return {.code = ProblemCode::malformed_json, .params = std::move(params)};
}

}  // namespace

const std::string* Fields::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.name == name) return &field.value;
  }
  return nullptr;
}

std::string_view Fields::get(std::string_view name) const {
  const std::string* value = find(name);
  return value == nullptr ? std::string_view{} : std::string_view{*value};
}

void Fields::add(std::string name, std::string value) {
  fields_.push_back({std::move(name), std::move(value)});
}

void Fields::set(std::string_view name, std::string value) {
  for (Field& field : fields_) {
    if (field.name == name) {
      field.value = std::move(value);
      return;
    }
  }
  add(std::string(name), std::move(value));
}

bool Principal::holds(std::string_view post) const {
  return std::find_if(posts.begin(), posts.end(), [&](const Post& held) {
           return held.post == post;
         }) != posts.end();
}

Response json(int status, const Value& body) {
  Response response;
  response.status = status;
  response.body = workflow::canonical(body);
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response failed(Problem problem) {
  Response response;
  response.status = status(problem.code);
  response.problem = std::move(problem);
  return response;
}

Response failed(ProblemCode code) { return failed(Problem{.code = code}); }

Result<Request, Problem> request_for(std::string method, std::string_view target) {
  Request request;
  request.method = std::move(method);
  const auto question = target.find('?');
  const std::string_view path = target.substr(0, question);
  request.path = path;
  if (path == "*") return request;
  if (path.empty() || path[0] != '/' || !read_segments(path, request.segments)) {
    return refuse(malformed_target());
  }
  if (question != std::string_view::npos &&
      !read_query(target.substr(question + 1), request.query)) {
    return refuse(malformed_target());
  }
  return request;
}

Result<Value, Problem> json_body(const Request& request) {
  auto value = workflow::parse(request.body);
  if (!value) return refuse(malformed_json(value.error().code, value.error().offset));
  if (!value->is_object()) return refuse(malformed_json("not_an_object", 0));
  return std::move(*value);
}

std::string_view trace_id_of(std::string_view traceparent) {
  if (traceparent.size() != 55 || !traceparent.starts_with("00-") || traceparent[35] != '-' ||
      traceparent[52] != '-') {
    return {};
  }
  const std::string_view trace = traceparent.substr(3, 32);
  const std::string_view parent = traceparent.substr(36, 16);
  if (!is_lower_hex(trace) || !is_lower_hex(parent) || !is_lower_hex(traceparent.substr(53))) {
    return {};
  }
  return is_zero(trace) || is_zero(parent) ? std::string_view{} : trace;
}

}  // namespace yimen::api::http
