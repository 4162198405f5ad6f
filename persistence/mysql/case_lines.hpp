// Lists of cases: reads every range of an index that a query asks for as far as the page needs.
#pragma once

#include <string>

#include "persistence/mysql/connection.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

// Several reads of one state of the database, until it goes. Throws Failure.
class Snapshot final {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) {
    connection.begin_snapshot();
  }
  ~Snapshot() { connection_.roll_back(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& connection_;
};

// Throws Failure.
[[nodiscard]] Result<CasePage, StoreError> search(Connection& connection,
                                                  const std::string& jurisdiction,
                                                  const CaseQuery& query);

}  // namespace yimen::persistence::mysql
