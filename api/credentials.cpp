#include "api/credentials.hpp"

#include <algorithm>

#include "api/base64url.hpp"

namespace yimen::api {

namespace {

constexpr std::size_t token_length = 43;  // 256 bits

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// All values of the cookies of that name.
std::vector<std::string_view> cookies(std::string_view header, std::string_view name) {
  std::vector<std::string_view> values;
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    const std::string_view pair = trimmed(header.substr(0, end));
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      values.push_back(pair.substr(equals + 1));
    }
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return values;
}

bool is_bearer_scheme(std::string_view scheme) {
  return std::ranges::equal(scheme, std::string_view("bearer"), [](char left, char right) {
    return (left >= 'A' && left <= 'Z' ? static_cast<char>(left | 0x20) : left) == right;
  });
}

std::optional<Credentials> with(std::string_view token, bool is_bearer) {
  if (token.size() != token_length || !from_base64url(token)) return std::nullopt;
  return Credentials{std::string(token), is_bearer};
}

}  // namespace

Result<std::optional<Credentials>, http::Problem> credentials_of(const http::Request& request,
                                                                 std::string_view cookie_name) {
  const auto found = cookies(request.headers.get("cookie"), cookie_name);
  const std::string* authorization = request.headers.find("authorization");
  if (found.size() + (authorization != nullptr ? 1 : 0) > 1) {
    return refuse(http::Problem{.code = http::ProblemCode::credentials_ambiguous});
  }
  if (!found.empty()) return with(found.front(), false);
  if (authorization == nullptr) return std::nullopt;
  const std::string_view text = *authorization;
  const auto space = std::min(text.find(' '), text.size());
  if (!is_bearer_scheme(text.substr(0, space))) return std::nullopt;
  return with(trimmed(text.substr(space)), true);
}

bool is_safe(const http::Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

bool is_same_origin(const http::Request& request, bool over_tls) {
  if (const std::string* site = request.headers.find("sec-fetch-site")) {
    if (*site != "same-origin" && *site != "none") return false;
  }
  const std::string* origin = request.headers.find("origin");
  if (origin == nullptr) return true;
  const std::string_view host = request.headers.get("host");
  const std::string scheme = over_tls ? "https://" : "http://";
  return !host.empty() && *origin == scheme + std::string(host);
}

}  // namespace yimen::api
