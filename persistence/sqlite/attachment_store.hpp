// Documents in SQLite, in sealed chunks.
#pragma once

#include "persistence/sqlite/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

class SqliteAttachmentStore final : public AttachmentStore {
 public:
  explicit SqliteAttachmentStore(const Context& context) : context_(context) {}

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

// Both within the transaction of the entry. Throw Failure.
[[nodiscard]] bool has_all_chunks(Connection& connection, const AttachmentRow& row);
void insert(Connection& connection, const AttachmentRow& row);

}  // namespace yimen::persistence::sqlite
