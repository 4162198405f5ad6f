// The contract of every store for documents of cases and for batches of commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/store_error.hpp"
#include "workflow/time.hpp"

namespace yimen::persistence {

// A document of a case, on record by the entry `sequence`. Its content lies in sealed chunks.
struct AttachmentRow {
  std::string id;
  std::string case_id;
  std::int64_t sequence = 0;
  std::string document_kind;
  std::string content_type;
  std::int64_t size = 0;  // of the content, in bytes
  int chunks = 0;
  std::string digest;       // SHA-256 of the content, hexadecimal
  std::string sealed_name;  // the file's name, under the key of the case's person
  std::string account;      // who brought it
  workflow::Instant created_at;
  bool operator==(const AttachmentRow&) const = default;
};

// Chunks come first, in transactions of their own; the row that makes them a document is part of
// the commit of the entry that puts it on record.
class AttachmentStore {
 public:
  virtual ~AttachmentStore() = default;
  // already_exists for a chunk of the same number.
  [[nodiscard]] virtual Result<void, StoreError> add_chunk(const std::string& attachment,
                                                           int number,
                                                           const std::string& sealed) = 0;
  // Takes away the chunks of what never became an attachment; an attachment's stay.
  [[nodiscard]] virtual Result<void, StoreError> discard(const std::string& attachment) = 0;
  [[nodiscard]] virtual Result<AttachmentRow, StoreError> attachment(const std::string& id) = 0;
  // In the order of their entries.
  [[nodiscard]] virtual Result<std::vector<AttachmentRow>, StoreError> attachments_of(
      const std::string& case_id) = 0;
  // Only of an attachment; not_found for any other.
  [[nodiscard]] virtual Result<std::string, StoreError> chunk(const std::string& attachment,
                                                              int number) = 0;
};

struct BatchRow {
  std::string id;
  IdempotencyKey key;
  std::optional<std::string> results;  // absent until every item has its answer
  workflow::Instant created_at;
};

class BatchStore {
 public:
  virtual ~BatchStore() = default;
  // Under one key there is one batch: `repeated` or `key_reused`, with `earlier` naming it.
  [[nodiscard]] virtual Result<void, StoreError> begin_batch(const BatchRow& row) = 0;
  [[nodiscard]] virtual Result<BatchRow, StoreError> batch(const std::string& id) = 0;
  // The first results stay: `conflict` where there are some already.
  [[nodiscard]] virtual Result<void, StoreError> finish_batch(const std::string& id,
                                                              const std::string& results) = 0;
};

}  // namespace yimen::persistence
