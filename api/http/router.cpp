#include "api/http/router.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "api/http/conditional.hpp"

namespace yimen::api::http {

namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

bool is_rest(std::string_view segment) { return segment.ends_with("...}"); }

std::vector<std::string> split(std::string_view pattern) {
  if (!pattern.starts_with('/')) throw std::logic_error("a pattern starts with a slash");
  std::vector<std::string> segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const auto slash = std::min(pattern.find('/'), pattern.size());
    segments.emplace_back(pattern.substr(0, slash));
    pattern.remove_prefix(slash);
  }
  return segments;
}

// 0 literal, 1 parameter, 2 the rest of the path.
int openness(std::string_view segment) {
  return is_rest(segment) ? 2 : is_parameter(segment) ? 1 : 0;
}

bool more_literal(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return std::lexicographical_compare(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const auto& a, const auto& b) { return openness(a) < openness(b); });
}

bool fits(const std::vector<std::string>& pattern, bool takes_rest,
          const std::vector<std::string>& path) {
  if (takes_rest ? path.size() < pattern.size() : path.size() != pattern.size()) return false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (is_parameter(pattern[at]) ? path[at].empty() : pattern[at] != path[at]) return false;
  }
  return true;
}

std::string joined(const std::vector<std::string>& path, std::size_t from) {
  std::string out = path[from];
  for (std::size_t at = from + 1; at < path.size(); ++at) out.append("/").append(path[at]);
  return out;
}

// "application/json" for "Application/JSON; charset=utf-8"; another charset makes it unfit.
bool is_media_type(std::string_view header, std::string_view wanted) {
  const auto lower = [](std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '"'; });
    return out;
  };
  const auto semicolon = header.find(';');
  if (lower(header.substr(0, semicolon)) != wanted) return false;
  if (semicolon == std::string_view::npos) return true;
  const std::string parameters = lower(header.substr(semicolon + 1));
  return !parameters.starts_with("charset=") || parameters == "charset=utf-8";
}

Problem problem(ProblemCode code) { return {.code = code}; }

}  // namespace

Router::Router(const Texts& texts, std::vector<Route> routes, Authenticate authenticate)
    : texts_(texts), routes_(std::move(routes)), authenticate_(std::move(authenticate)) {
  for (const Route& route : routes_) add(route);
  std::stable_sort(nodes_.begin(), nodes_.end(), [](const Node& left, const Node& right) {
    return more_literal(left.segments, right.segments);
  });
  for (Node& node : nodes_) {
    for (const Route* route : node.routes) {
      node.allow += route->method + ", ";
      if (route->method == "GET") node.allow += "HEAD, ";
    }
    node.allow += "OPTIONS";
  }
}

void Router::add(const Route& route) {
  auto segments = split(route.pattern);
  const auto same = [&](const Node& node) {
    return std::equal(node.segments.begin(), node.segments.end(), segments.begin(), segments.end(),
                      [](const auto& a, const auto& b) {
                        return a == b || (openness(a) > 0 && openness(a) == openness(b));
                      });
  };
  auto node = std::find_if(nodes_.begin(), nodes_.end(), same);
  if (node == nodes_.end()) {
    const bool rest = is_rest(segments.back());
    nodes_.push_back({std::move(segments), rest, {}, {}});
    node = std::prev(nodes_.end());
  }
  if (node->segments != split(route.pattern)) {
    throw std::logic_error("a parameter has two names: " + route.pattern);
  }
  for (const Route* other : node->routes) {
    if (other->method == route.method) {
      throw std::logic_error("two routes for " + route.method + " " + route.pattern);
    }
  }
  node->routes.push_back(&route);
}

std::size_t Router::body_bytes_max() const {
  std::size_t most = 0;
  for (const Route& route : routes_) most = std::max(most, route.body_bytes_max);
  return most;
}

const Router::Node* Router::find(Request& request) const {
  for (const Node& node : nodes_) {
    if (!fits(node.segments, node.takes_rest, request.segments)) continue;
    for (std::size_t at = 0; at < node.segments.size(); ++at) {
      const std::string& segment = node.segments[at];
      if (is_rest(segment)) {
        request.parameters.add(segment.substr(1, segment.size() - 5),
                               joined(request.segments, at));
      } else if (is_parameter(segment)) {
        request.parameters.add(segment.substr(1, segment.size() - 2), request.segments[at]);
      }
    }
    return &node;
  }
  return nullptr;
}

Response Router::not_this_method(const Request& request, const Node& node) const {
  if (request.method == "OPTIONS") {
    Response response = no_content();
    response.headers.add("allow", node.allow);
    return response;
  }
  Response response = failed(ProblemCode::method_not_allowed);
  response.headers.add("allow", node.allow);
  return answer(request, std::move(response));
}

// The order is the order of precedence: who asks, how much, what kind, under which conditions.
std::optional<Problem> Router::unfit(const Route& route, Request& request) const {
  if (route.access == Access::session) {
    if (authenticate_) {
      if (auto refused = authenticate_(request)) return refused;
    }
    if (!request.principal) return problem(ProblemCode::authentication_required);
    if (request.principal->must_change_password && !route.before_password_change) {
      return problem(ProblemCode::password_change_required);
    }
  }
  if (request.content_length > route.body_bytes_max) {
    workflow::Object params;
    params.set("bytes_max", static_cast<std::int64_t>(route.body_bytes_max));
    return Problem{.code = ProblemCode::body_too_large, .params = std::move(params)};
  }
  if (request.content_length > 0 && !route.content_type.empty() &&
      !is_media_type(request.headers.get("content-type"), route.content_type)) {
    return problem(ProblemCode::unsupported_media_type);
  }
  if (route.idempotency_key) {
    const std::string_view header = request.headers.get("idempotency-key");
    if (header.empty()) return problem(ProblemCode::idempotency_key_required);
    auto key = parse_idempotency_key(header);
    if (!key) return problem(ProblemCode::idempotency_key_invalid);
    request.idempotency_key = std::move(*key);
  }
  if (route.if_match) {
    if (const auto tags = if_match(request); !tags) return tags.error();
  }
  return std::nullopt;
}

Result<const Route*, Response> Router::admit(Request& request) const {
  if (request.method == "OPTIONS" && request.path == "*") {
    Response response = no_content();
    response.headers.add("allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return refuse(std::move(response));
  }
  const Node* node = find(request);
  if (node == nullptr) return refuse(answer(request, failed(ProblemCode::not_found)));
  const std::string_view asked = request.method;
  const std::string_view method = asked == "HEAD" ? "GET" : asked;
  const auto route = std::find_if(node->routes.begin(), node->routes.end(),
                                  [&](const Route* one) { return one->method == method; });
  if (route == node->routes.end()) return refuse(not_this_method(request, *node));
  request.route = (*route)->name;
  if (auto refused = unfit(**route, request)) {
    return refuse(answer(request, failed(std::move(*refused))));
  }
  return *route;
}

Response Router::run(const Route& route, const Request& request) const {
  return answer(request, not_modified_or(request, route.handler(request)));
}

Response Router::handle(Request request) const {
  request.content_length = request.body.size();
  const auto route = admit(request);
  return route ? run(**route, request) : route.error();
}

Response Router::answer(const Request& request, Response response) const {
  response.omit_body = request.method == "HEAD";
  if (!response.problem) return response;
  const Problem& found = *response.problem;
  response.status = status(found.code);
  response.content_type = "application/problem+json";
  response.headers.set("content-language", std::string(tag(request.language)));
  if (response.status == 401) response.headers.set("www-authenticate", "Bearer realm=\"yimen\"");
  if (found.retry_after) {
    response.headers.set("retry-after", std::to_string(found.retry_after->count()));
  }
  response.body = problem_body(found, texts_, request.language, request.trace_id);
  return response;
}

}  // namespace yimen::api::http
