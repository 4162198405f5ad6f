// Moves a whole township from one database into another, and proves that it has arrived.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "persistence/store.hpp"
#include "persistence/transfer.hpp"
#include "workflow/result.hpp"

namespace yimen::api {

struct CopySource {
  persistence::TableSource& tables;
  persistence::Database& database;
};

struct CopyTarget {
  persistence::TableTarget& tables;
  persistence::Database& database;
};

struct CopyReport {
  std::int64_t rows = 0;
  std::int64_t cases = 0;
  std::int64_t entries = 0;
  std::vector<std::string> findings;  // sentences; empty when all has arrived
};

// Told of the table that is being copied, or of what is being compared, and of how far it is.
using CopyProgress = std::function<void(const std::string& what, std::int64_t done)>;

// Copies every table as it is, then compares: the number of rows of each table, every case with its
// journal, every chain, every case with its replay. The refusal is a sentence: the target has been
// used, or a database failed; then the target is not fit for use, and says so when it is opened.
[[nodiscard]] Result<CopyReport, std::string> copy_database(const CopySource& from,
                                                            const CopyTarget& to,
                                                            const CopyProgress& progress);

}  // namespace yimen::api
