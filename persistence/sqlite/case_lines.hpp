// Lists of cases: reads every range of an index that a query asks for as far as the page needs.
#pragma once

#include <string>

#include "persistence/sqlite/connection.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

// Throws Failure.
[[nodiscard]] Result<CasePage, StoreError> search(Connection& connection,
                                                  const std::string& jurisdiction,
                                                  const CaseQuery& query);

}  // namespace yimen::persistence::sqlite
