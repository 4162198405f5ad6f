// The counts of the board: all open cases in one walk of one index.
#pragma once

#include <string>
#include <vector>

#include "persistence/mysql/connection.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

// Throws Failure.
[[nodiscard]] std::vector<BoardCell> count_cells(Connection& connection,
                                                 const std::string& jurisdiction,
                                                 const BoardQuery& query);

}  // namespace yimen::persistence::mysql
