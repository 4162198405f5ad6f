// What a request brings to say who it is from, and whether a browser's request is our own page's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/exchange.hpp"
#include "workflow/result.hpp"

namespace yimen::api {

struct Credentials {
  std::string token;
  bool is_bearer = false;
};

// credentials_ambiguous for a session cookie together with Authorization, or two such cookies.
// Nothing for what is not shaped like one of our tokens.
[[nodiscard]] Result<std::optional<Credentials>, http::Problem> credentials_of(
    const http::Request& request, std::string_view cookie_name);

// GET, HEAD and OPTIONS change nothing.
[[nodiscard]] bool is_safe(const http::Request& request);

// Whether the browser says that the request comes from a page of this host; true where it does not
// say. Over TLS a page without TLS is another origin.
[[nodiscard]] bool is_same_origin(const http::Request& request, bool over_tls);

}  // namespace yimen::api
