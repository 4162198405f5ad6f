// gzip for answers that are worth it. Only what GET and HEAD read is compressed: an answer that
// carries a credential is one to a POST, so that no length ever tells about one (BREACH).
#pragma once

#include <string_view>

#include "api/http/exchange.hpp"

namespace yimen::api::http {

constexpr std::size_t compressed_bytes_min = 1024;

// Whether an Accept-Encoding header takes gzip; an absent one does not.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

// The answer with its body in gzip and Content-Encoding where the client takes it, the body is text
// of more than `compressed_bytes_min` bytes and shrinks. Vary says so either way, and that of a 304
// as well. The entity tag stays: ours name a revision or the content, not its bytes on the way.
[[nodiscard]] Response compressed(const Request& request, Response response);

}  // namespace yimen::api::http
