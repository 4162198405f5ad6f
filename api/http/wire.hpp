// A response as the bytes that travel: head and body in one piece, so that one write sends both.
#pragma once

#include <chrono>
#include <string>

#include "api/http/exchange.hpp"

namespace yimen::api::http {

struct WireOptions {
  int minor_version = 1;
  bool keep_alive = true;
  // HTTPS ends at the proxy, so browsers are told to insist on it.
  bool strict_transport = false;
  std::chrono::sys_seconds now{};
};

// Throws std::logic_error for a response whose headers would break the head.
void check_headers(const Response& response);

// Adds Content-Length, Date, Connection and, unless the response brings its own, the security
// headers. The response's headers have been checked.
[[nodiscard]] std::string wire_bytes(const Response& response, const WireOptions& options);

}  // namespace yimen::api::http
