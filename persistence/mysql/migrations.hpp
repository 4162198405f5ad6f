// The migrations in MariaDB's dialect, which commits each statement as it goes: all statements may
// be run again, so that one that was interrupted, or that two programs begin at once, ends well.
#pragma once

#include <string>
#include <vector>

#include "persistence/migration.hpp"
#include "persistence/mysql/connection.hpp"
#include "workflow/result.hpp"

namespace yimen::persistence::mysql {

// In order of their versions, which are 1, 2, 3 …
[[nodiscard]] const std::vector<Migration>& embedded_migrations();
[[nodiscard]] int newest_version();

// Also one that is there in part, or whole. Throws Failure.
void apply(Connection& connection, const Migration& migration);

// Applies what is missing and answers the names of that. The refusal is a sentence. Throws Failure.
[[nodiscard]] Result<std::vector<std::string>, std::string> apply_migrations(
    Connection& connection);

}  // namespace yimen::persistence::mysql
