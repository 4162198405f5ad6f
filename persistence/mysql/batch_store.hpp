// Batches of commands in MariaDB.
#pragma once

#include "persistence/mysql/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

class MysqlBatchStore final : public BatchStore {
 public:
  explicit MysqlBatchStore(const Context& context) : context_(context) {}

  Result<void, StoreError> begin_batch(const BatchRow& row) override;
  Result<BatchRow, StoreError> batch(const std::string& id) override;
  Result<void, StoreError> finish_batch(const std::string& id,
                                        const std::string& results) override;

 private:
  const Context& context_;
};

}  // namespace yimen::persistence::mysql
