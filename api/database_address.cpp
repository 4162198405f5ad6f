#include "api/database_address.hpp"

#include <algorithm>
#include <charconv>

namespace yimen::api {

namespace {

constexpr std::string_view file_scheme = "sqlite:";
constexpr std::string_view server_scheme = "mysql://";
constexpr std::string_view forms = "takes sqlite:PATH or mysql://USER@HOST[:PORT]/NAME";

bool is_plain(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char letter) {
    const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    const bool is_digit = letter >= '0' && letter <= '9';
    return is_letter || is_digit || letter == '_' || letter == '-' || letter == '.';
  });
}

bool is_host(std::string_view host) {
  const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (!is_bracketed) return is_plain(host);
  return host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
}

bool read_port(std::string_view text, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

}  // namespace

std::string DatabaseAddress::text() const {
  if (is_file()) return std::string(file_scheme) + path;
  return std::string(server_scheme) + user + "@" + host + ":" + std::to_string(port) + "/" +
         schema;
}

std::string DatabaseAddress::beside() const { return is_file() ? path : "var/" + schema; }

Result<DatabaseAddress, std::string> database_address_from(const std::string& text) {
  DatabaseAddress address;
  if (text.starts_with(file_scheme) && text.size() > file_scheme.size()) {
    address.path = text.substr(file_scheme.size());
    return address;
  }
  if (!text.starts_with(server_scheme)) return refuse(std::string(forms));
  const std::string_view rest = std::string_view(text).substr(server_scheme.size());
  const std::size_t at = rest.rfind('@');
  const std::size_t slash = rest.find('/', at == std::string_view::npos ? 0 : at);
  if (at == std::string_view::npos || slash == std::string_view::npos) {
    return refuse(std::string(forms));
  }
  address.user = rest.substr(0, at);
  address.schema = rest.substr(slash + 1);
  std::string_view host = rest.substr(at + 1, slash - at - 1);
  const std::size_t colon = host.rfind(':');
  const bool has_port = colon != std::string_view::npos && host.back() != ']';
  if (address.user.find(':') != std::string::npos) {
    return refuse(std::string("takes no password: put it into a file, "
                              "--database-password-file"));
  }
  if (has_port && !read_port(host.substr(colon + 1), address.port)) {
    return refuse(std::string(forms));
  }
  if (has_port) host = host.substr(0, colon);
  address.host = host;
  if (!is_plain(address.user) || !is_plain(address.schema) || !is_host(address.host)) {
    return refuse(std::string(forms));
  }
  return address;
}

}  // namespace yimen::api
