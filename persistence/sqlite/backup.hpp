// SQLite's online backup, and the way back.
#pragma once

#include <string>

#include "workflow/result.hpp"

namespace yimen::persistence::sqlite {

// Copies one snapshot of a database into a new file, complete and durable or not at all. The
// refusal is a sentence.
[[nodiscard]] Result<void, std::string> back_up(const std::string& from, const std::string& to);

// Makes the database `to` of a backup, complete and durable or not at all. Refused, with a
// sentence, where there is one already, and for a file that is damaged or of another program.
[[nodiscard]] Result<void, std::string> restore(const std::string& from, const std::string& to);

}  // namespace yimen::persistence::sqlite
