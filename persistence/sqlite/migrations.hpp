// The migrations in SQLite's dialect.
#pragma once

#include <string>
#include <vector>

#include "persistence/migration.hpp"
#include "persistence/sqlite/connection.hpp"
#include "workflow/result.hpp"

namespace yimen::persistence::sqlite {

// In order of their versions, which are 1, 2, 3 …
[[nodiscard]] const std::vector<Migration>& embedded_migrations();
[[nodiscard]] int newest_version();

// Why the database is not for this program; empty for one that it opens. Throws Failure.
[[nodiscard]] std::string mismatch_of(Connection& connection);

// Applies what is missing, each migration in its own transaction, and answers the names of those.
// The refusal is a sentence. Throws Failure.
[[nodiscard]] Result<std::vector<std::string>, std::string> apply_migrations(
    Connection& connection);

}  // namespace yimen::persistence::sqlite
