#include "api/http/wire.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace yimen::api::http {

namespace {

using Line = std::pair<std::string_view, std::string_view>;

constexpr std::array<Line, 6> security = {{
    {"cache-control", "no-store"},
    {"content-security-policy", "default-src 'none'; frame-ancestors 'none'"},
    {"cross-origin-resource-policy", "same-origin"},
    {"referrer-policy", "same-origin"},
    {"x-content-type-options", "nosniff"},
    {"x-frame-options", "DENY"},
}};
constexpr Line strict_transport = {"strict-transport-security",
                                   "max-age=31536000; includeSubDomains"};

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "";  // a phrase is optional (RFC 9112, 4)
  }
}

void append_two_digits(std::string& out, unsigned number) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

// IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT.
void append_date(std::string& out, std::chrono::sys_seconds now) {
  constexpr std::string_view days = "SunMonTueWedThuFriSat";
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto midnight = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss time(now - midnight);
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  out += days.substr(std::chrono::weekday(midnight).c_encoding() * 3, 3);
  out += ", ";
  append_two_digits(out, static_cast<unsigned>(date.day()));
  out += ' ';
  out += months.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3);
  out += ' ';
  append_two_digits(out, year / 100);
  append_two_digits(out, year);
  out += ' ';
  append_two_digits(out, static_cast<unsigned>(time.hours().count()));
  out += ':';
  append_two_digits(out, static_cast<unsigned>(time.minutes().count()));
  out += ':';
  append_two_digits(out, static_cast<unsigned>(time.seconds().count()));
  out += " GMT";
}

bool breaks_a_head(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_unless_own(std::string& out, const Response& response, Line line) {
  if (!response.headers.has(line.first)) append_header(out, line.first, line.second);
}

bool has_length(int status) { return status != 204 && status != 304; }

}  // namespace

void check_headers(const Response& response) {
  const bool broken = std::any_of(
      response.headers.begin(), response.headers.end(), [](const Fields::Field& field) {
        return breaks_a_head(field.name) || breaks_a_head(field.value);
      });
  if (broken || breaks_a_head(response.content_type)) {
    throw std::logic_error("a response header with control characters");
  }
}

std::string wire_bytes(const Response& response, const WireOptions& options) {
  std::string out;
  out.reserve(640 + response.body.size());
  out.append(options.minor_version == 0 ? "HTTP/1.0 " : "HTTP/1.1 ");
  out.append(std::to_string(response.status)).append(" ").append(reason(response.status));
  out.append("\r\ndate: ");
  append_date(out, options.now);
  out.append("\r\n");
  if (has_length(response.status)) {
    append_header(out, "content-type", response.content_type);
    if (!response.take_over) {
      append_header(out, "content-length", std::to_string(response.body.size()));
    }
  }
  if (!options.keep_alive) out.append("connection: close\r\n");
  if (options.keep_alive && options.minor_version == 0) out.append("connection: keep-alive\r\n");
  for (const Line& line : security) append_unless_own(out, response, line);
  if (options.strict_transport) append_unless_own(out, response, strict_transport);
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  out.append("\r\n");
  if (has_length(response.status) && !response.omit_body) out.append(response.body);
  return out;
}

}  // namespace yimen::api::http
