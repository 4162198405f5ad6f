// Several cases' commits in one transaction: what each leaves in a table goes there with what the
// others leave, in statements about many rows.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "persistence/case_write.hpp"
#include "persistence/mysql/connection.hpp"

namespace yimen::persistence::mysql {

using Writes = std::span<const CaseWrite* const>;

// What became of a write; nothing where it meets another one of its batch, in its case or its key,
// and has to be tried after it.
using Verdict = std::optional<Result<void, StoreError>>;

// Within a transaction. Locks the cases in the order of their ids, compares their sequences and
// heads, and writes those that still stand where their decision found them. Refuses a write before
// its first change (repeated, key_reused, conflict, invalid). A key that was used before, by a
// write that does not fail for another reason, makes a batch of several fail as a duplicate.
// Throws Failure.
[[nodiscard]] std::vector<Verdict> write_together(Connection& connection, Writes writes);

// Whether the entry that stands in the journal is the write's own.
[[nodiscard]] bool is_written(Connection& connection, const CaseWrite& write);

}  // namespace yimen::persistence::mysql
