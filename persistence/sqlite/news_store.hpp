// What those who listen are told, in SQLite.
#pragma once

#include "persistence/sqlite/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

class SqliteNewsStore final : public NewsStore {
 public:
  explicit SqliteNewsStore(const Context& context) : context_(context) {}

  Result<std::int64_t, StoreError> latest_entry() override;
  Result<std::vector<CaseNews>, StoreError> entries_after(std::int64_t place, int limit) override;
  Result<std::int64_t, StoreError> latest_told() override;
  Result<std::vector<Told>, StoreError> told_after(std::int64_t place, int limit) override;

 private:
  const Context& context_;
};

}  // namespace yimen::persistence::sqlite
