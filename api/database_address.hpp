// Where the cases are kept: in a file of this machine, or in a schema on a server.
#pragma once

#include <cstdint>
#include <string>

#include "workflow/result.hpp"

namespace yimen::api {

struct DatabaseAddress {
  std::string path{};  // of the file; empty where it is a server's schema

  std::string host{};
  std::uint16_t port = 3306;
  std::string user{};
  std::string schema{};
  std::string password{};  // never part of the address as it is written

  [[nodiscard]] bool is_file() const { return !path.empty(); }
  // As it was written.
  [[nodiscard]] std::string text() const;
  // What key file and audit log are named after where nobody named them.
  [[nodiscard]] std::string beside() const;
  bool operator==(const DatabaseAddress&) const = default;
};

// `sqlite:PATH` or `mysql://USER@HOST[:PORT]/NAME`, the host a name, an IPv4 address or an IPv6
// address in brackets. The refusal is a sentence without what was given: that may hold a password.
[[nodiscard]] Result<DatabaseAddress, std::string> database_address_from(const std::string& text);

}  // namespace yimen::api
