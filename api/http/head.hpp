// A request's head (request line and headers), read strictly: what two readers could understand
// differently is refused. Narrower than Poco's own parser, which reads the same bytes afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/exchange.hpp"
#include "workflow/result.hpp"

namespace yimen::api::http {

// Poco refuses more than these with an empty 400, so they are refused here first.
constexpr std::size_t head_bytes_max = 16 * 1024;
constexpr std::size_t target_bytes_max = 8000;
constexpr std::size_t header_name_bytes_max = 128;
constexpr std::size_t header_value_bytes_max = 8000;
constexpr std::size_t headers_max = 64;

struct Head {
  std::string method;
  std::string target;     // in origin form, or *
  int minor_version = 1;  // of HTTP/1.x
  Fields headers;         // names in lower case, repeated lists joined
  std::string host;       // lower case, with its port as sent
  std::uint64_t content_length = 0;
  bool keep_alive = true;
  bool expects_continue = false;
};

// Where the head ends in `bytes` (behind its empty line), searching from `from`; npos when it does
// not end yet. A bare line feed ends a line too, so that such a head is read and refused at once.
[[nodiscard]] std::size_t head_end(std::string_view bytes, std::size_t from);

// Reads a whole head, with its empty line. Refused: anything but HTTP/1.0 and 1.1, not exactly one
// Host, a Content-Length that is not one plain number, any Transfer-Encoding, POST, PUT and PATCH
// without Content-Length, control characters, folded lines, RFC 2047 words (Poco decodes them).
[[nodiscard]] Result<Head, ProblemCode> read_head(std::string_view bytes);

}  // namespace yimen::api::http
