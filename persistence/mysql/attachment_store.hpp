// Documents in MariaDB.
#pragma once

#include "persistence/mysql/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

class MysqlAttachmentStore final : public AttachmentStore {
 public:
  explicit MysqlAttachmentStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_chunk(const std::string& attachment, int number,
                                     const std::string& sealed) override;
  Result<void, StoreError> discard(const std::string& attachment) override;
  Result<AttachmentRow, StoreError> attachment(const std::string& id) override;
  Result<std::vector<AttachmentRow>, StoreError> attachments_of(
      const std::string& case_id) override;
  Result<std::string, StoreError> chunk(const std::string& attachment, int number) override;

 private:
  const Context& context_;
};

// All throw Failure.
[[nodiscard]] bool has_all_chunks(Connection& connection, const AttachmentRow& row);
// The document of a write that has one, as part of its transaction.
void put_on_record(Connection& connection, const CaseWrite& write);
void take_away_upload(Connection& connection, const std::string& attachment);

}  // namespace yimen::persistence::mysql
