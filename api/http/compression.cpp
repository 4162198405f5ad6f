#include "api/http/compression.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace yimen::api::http {

namespace {

constexpr int level = 4;  // half the time of the usual 6, a few per cent more bytes
constexpr int gzip_window = 15 + 16;
constexpr int memory = 8;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
  return text.substr(0, text.find_last_not_of(space) + 1);
}

bool is_same(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b;
  });
}

// "q=0", "q=0.0" …: the only weight that matters where there is one coding to choose.
bool is_refused(std::string_view parameters) {
  const auto equals = parameters.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view weight = trimmed(parameters.substr(equals + 1));
  return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

bool is_text(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type == "application/json" || type == "application/xml" || type.starts_with("text/") ||
         type == "image/svg+xml";
}

bool may_shrink(const Request& request, const Response& response) {
  return (request.method == "GET" || request.method == "HEAD") && response.status == 200 &&
         response.body.size() > compressed_bytes_min && is_text(response.content_type) &&
         !response.headers.has("content-encoding");
}

std::string gzipped(std::string_view body) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("gzip: no memory");
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(body.size())), '\0');
  // zlib takes a pointer to bytes that it never writes.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::runtime_error("gzip: the bound was too small");
  return out;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view item = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const auto semicolon = std::min(item.find(';'), item.size());
    const std::string_view coding = trimmed(item.substr(0, semicolon));
    const bool taken = !is_refused(item.substr(semicolon));
    if (is_same(coding, "gzip") || is_same(coding, "x-gzip")) return taken;
    if (coding == "*") any = taken;
  }
  return any;
}

Response compressed(const Request& request, Response response) {
  const bool shrinks = may_shrink(request, response);
  if (!shrinks && response.status != 304) return response;
  const std::string vary(response.headers.get("vary"));
  response.headers.set("vary", vary.empty() ? "accept-encoding" : vary + ", accept-encoding");
  if (!shrinks || !accepts_gzip(request.headers.get("accept-encoding"))) return response;
  std::string body = gzipped(response.body);
  if (body.size() >= response.body.size()) return response;
  response.body = std::move(body);
  response.headers.set("content-encoding", "gzip");
  return response;
}

}  // namespace yimen::api::http
