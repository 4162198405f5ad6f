// SQLite's online backup.
#pragma once

#include <string>

#include "workflow/result.hpp"

namespace yimen::persistence::sqlite {

// Copies one snapshot of a database into a new file, complete and durable or not at all. The
// refusal is a sentence.
[[nodiscard]] Result<void, std::string> back_up(const std::string& from, const std::string& to);

}  // namespace yimen::persistence::sqlite
