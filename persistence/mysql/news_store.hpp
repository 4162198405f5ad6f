// What those who listen are told, in MariaDB.
#pragma once

#include "persistence/mysql/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

class MysqlNewsStore final : public NewsStore {
 public:
  explicit MysqlNewsStore(const Context& context) : context_(context) {}

  Result<std::int64_t, StoreError> latest_entry() override;
  Result<std::vector<CaseNews>, StoreError> entries_after(std::int64_t place, int limit) override;
  Result<std::int64_t, StoreError> latest_told() override;
  Result<std::vector<Told>, StoreError> told_after(std::int64_t place, int limit) override;
  // Numbers what has been committed since, in one order for everybody.
  [[nodiscard]] Result<void, StoreError> number_entries();

 private:
  const Context& context_;
};

}  // namespace yimen::persistence::mysql
