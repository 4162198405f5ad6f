// Everything that a database holds, table by table, for moving it into another store as it is. What
// lives only as long as its process is left behind: workers, leases, documents half brought.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "persistence/store_error.hpp"

namespace yimen::persistence {

// Texts and bytes alike are strings.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using TableRow = std::vector<Cell>;

// Each refers to earlier ones only.
[[nodiscard]] const std::vector<std::string>& transferred_tables();

class TableSource {
 public:
  virtual ~TableSource() = default;
  // All rows of a table, until one is refused.
  [[nodiscard]] virtual Result<void, StoreError> read_table(
      const std::string& table,
      const std::function<Result<void, StoreError>(TableRow)>& each) = 0;
};

class TableTarget {
 public:
  virtual ~TableTarget() = default;
  // Whether nobody has worked with the database yet.
  [[nodiscard]] virtual Result<bool, StoreError> is_unused() = 0;
  // Until the end of the transfer the database refuses to be opened.
  [[nodiscard]] virtual Result<void, StoreError> begin_transfer() = 0;
  [[nodiscard]] virtual Result<void, StoreError> end_transfer() = 0;
  [[nodiscard]] virtual Result<void, StoreError> write_rows(const std::string& table,
                                                            const std::vector<TableRow>& rows) = 0;
  [[nodiscard]] virtual Result<std::int64_t, StoreError> count_rows(const std::string& table) = 0;
};

}  // namespace yimen::persistence
