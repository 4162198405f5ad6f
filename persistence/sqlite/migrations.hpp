// Numbered, forward-only migrations, embedded at build. What was applied is recorded with its
// checksum; a database that does not match this program's list is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "persistence/sqlite/connection.hpp"
#include "workflow/result.hpp"

namespace yimen::persistence::sqlite {

struct Migration {
  int version = 0;
  std::string name;
  std::string checksum;  // SHA-256 of the text, hexadecimal
  std::string text;
};

// In order of their versions, which are 1, 2, 3 …
[[nodiscard]] const std::vector<Migration>& embedded_migrations();
[[nodiscard]] int newest_version();

// Applies what is missing, each migration in its own transaction, and answers the names of those.
// The refusal is a sentence. Throws Failure.
[[nodiscard]] Result<std::vector<std::string>, std::string> apply_migrations(
    Connection& connection);

}  // namespace yimen::persistence::sqlite
