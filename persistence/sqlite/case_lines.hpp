// Lists of cases: every range of an index that a query asks for is read as far as the page needs,
// and the ranges are merged.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/sqlite/connection.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

// How a due date is stored: cases without one sort last.
[[nodiscard]] Parameter order_of(const std::optional<workflow::Instant>& due_at);

// As a JSON array for json_each; nothing where there is no list.
[[nodiscard]] std::optional<std::string> list_of(
    const std::optional<std::vector<std::string>>& names);

// Throws Failure.
[[nodiscard]] Result<CasePage, StoreError> search(Connection& connection,
                                                  const std::string& jurisdiction,
                                                  const CaseQuery& query);

}  // namespace yimen::persistence::sqlite
