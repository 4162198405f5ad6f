// The statements of a case's commit, as the writer's thread runs them.
#pragma once

#include "persistence/case_write.hpp"
#include "persistence/sqlite/connection.hpp"

namespace yimen::persistence::sqlite {

// Within a transaction. Refuses before its first change (repeated, key_reused, conflict, invalid);
// throws Failure.
[[nodiscard]] Result<void, StoreError> write(Connection& connection, const CaseWrite& write);

}  // namespace yimen::persistence::sqlite
