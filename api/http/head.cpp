#include "api/http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace yimen::api::http {

namespace {

using enum ProblemCode;

// Headers that say one thing: a second one is an attempt to say two.
constexpr std::array<std::string_view, 10> singular = {
    "authorization",   "content-length", "content-type", "expect",            "host",
    "idempotency-key", "origin",         "traceparent",  "transfer-encoding", "x-yimen-csrf"};

bool is_token_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return out;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<ProblemCode> read_version(std::string_view version, Head& head) {
  if (version.size() != 8 || !version.starts_with("HTTP/")) return malformed_request;
  if (version == "HTTP/1.1") return std::nullopt;
  if (version != "HTTP/1.0") return version_not_supported;
  head.minor_version = 0;
  head.keep_alive = false;
  return std::nullopt;
}

std::optional<ProblemCode> read_request_line(std::string_view line, Head& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return malformed_request;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!is_token(method) || method.size() > 16) return malformed_request;
  if (target.size() > target_bytes_max) return target_too_long;
  if (target.empty() || !std::all_of(target.begin(), target.end(), [](char c) {
        return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\';
      })) {
    return malformed_target;
  }
  head.method = method;
  head.target = target;
  return read_version(line.substr(last + 1), head);
}

// Joins what may be repeated; false for a second one of its kind that may not.
bool add_header(Fields& headers, std::string name, std::string_view value) {
  const std::string* before = headers.find(name);
  if (before == nullptr) {
    headers.add(std::move(name), std::string(value));
    return true;
  }
  if (std::find(singular.begin(), singular.end(), name) != singular.end()) return false;
  std::string joined = *before;
  joined.append(name == "cookie" ? "; " : ", ").append(value);
  headers.set(name, std::move(joined));
  return true;
}

std::optional<ProblemCode> read_header(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return malformed_header;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 1));
  if (!is_token(name) || std::any_of(value.begin(), value.end(), is_control) ||
      value.find("=?") != std::string_view::npos) {
    return malformed_header;
  }
  if (name.size() > header_name_bytes_max || value.size() > header_value_bytes_max ||
      head.headers.size() == headers_max) {
    return headers_too_large;
  }
  if (!add_header(head.headers, lower(name), value)) return malformed_header;
  return std::nullopt;
}

std::optional<ProblemCode> read_lines(std::string_view bytes, Head& head) {
  bool request_line = true;
  while (true) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos || end == 0 || bytes[end - 1] != '\r') {
      return malformed_request;
    }
    const std::string_view line = bytes.substr(0, end - 1);
    bytes.remove_prefix(end + 1);
    if (line.empty()) return request_line ? std::optional(malformed_request) : std::nullopt;
    const auto refused =
        request_line ? read_request_line(line, head) : read_header(line, head);
    if (refused) return refused;
    request_line = false;
  }
}

bool takes_body(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

std::optional<ProblemCode> read_framing(Head& head) {
  const std::string* length = head.headers.find("content-length");
  const std::string* coding = head.headers.find("transfer-encoding");
  if (coding != nullptr) {
    if (length != nullptr || lower(*coding) != "chunked") return malformed_request;
    return length_required;
  }
  if (length == nullptr) {
    if (takes_body(head.method)) return length_required;
    return std::nullopt;
  }
  if (!is_digits(*length)) return malformed_request;
  const char* end = length->data() + length->size();
  if (std::from_chars(length->data(), end, head.content_length).ec != std::errc{} ||
      head.content_length > (std::uint64_t{1} << 53)) {
    return body_too_large;
  }
  if (head.content_length > 0 && !takes_body(head.method) && head.method != "DELETE") {
    return body_not_allowed;
  }
  return std::nullopt;
}

std::optional<ProblemCode> read_host(Head& head) {
  const std::string* host = head.headers.find("host");
  if (host == nullptr || host->empty()) return malformed_request;
  head.host = lower(*host);
  if (head.target == "*") {
    if (head.method != "OPTIONS") return malformed_target;
    return std::nullopt;
  }
  if (head.target[0] == '/') return std::nullopt;
  // The absolute form, which a proxy may send: its authority must be the Host.
  const std::string start = lower(head.target.substr(0, 8));
  const std::size_t scheme = start.starts_with("http://") ? 7 : start == "https://" ? 8 : 0;
  if (scheme == 0) return malformed_target;
  const auto path = std::min(head.target.find_first_of("/?", scheme), head.target.size());
  if (lower(head.target.substr(scheme, path - scheme)) != head.host) return malformed_target;
  head.target.erase(0, path);
  if (!head.target.starts_with('/')) head.target.insert(0, "/");
  return std::nullopt;
}

std::optional<ProblemCode> read_connection(Head& head) {
  std::string_view options = head.headers.get("connection");
  bool closes = false;
  while (!options.empty()) {
    const auto comma = std::min(options.find(','), options.size());
    const std::string option = lower(trim(options.substr(0, comma)));
    if (option == "close") closes = true;
    if (option == "keep-alive") head.keep_alive = true;
    options.remove_prefix(std::min(comma + 1, options.size()));
  }
  if (closes) head.keep_alive = false;
  const std::string_view expected = head.headers.get("expect");
  if (expected.empty()) return std::nullopt;
  if (lower(expected) != "100-continue") return expectation_failed;
  head.expects_continue = head.minor_version == 1;
  return std::nullopt;
}

}  // namespace

std::size_t head_end(std::string_view bytes, std::size_t from) {
  for (auto at = bytes.find('\n', from); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    const std::string_view rest = bytes.substr(at + 1);
    if (rest.starts_with('\n')) return at + 2;
    if (rest.starts_with("\r\n")) return at + 3;
  }
  return std::string_view::npos;
}

Result<Head, ProblemCode> read_head(std::string_view bytes) {
  Head head;
  auto refused = read_lines(bytes, head);
  if (!refused) refused = read_framing(head);
  if (!refused) refused = read_host(head);
  if (!refused) refused = read_connection(head);
  if (refused) return refuse(*refused);
  return head;
}

}  // namespace yimen::api::http
