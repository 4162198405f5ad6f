#include "persistence/sqlite/batch_store.hpp"

#include "persistence/row_readers.hpp"
#include "persistence/sqlite/document_queries.hpp"

namespace yimen::persistence::sqlite {

Result<void, StoreError> SqliteBatchStore::begin_batch(const BatchRow& row) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    {
      Rows rows =
          connection.prepared(select_batch_of_key).query({row.key.principal, row.key.key});
      if (rows.next()) {
        const BatchRow earlier = batch_row_in(rows);
        const bool is_same = earlier.key.request_digest == row.key.request_digest;
        return refuse(StoreError{is_same ? StoreErrorKind::repeated : StoreErrorKind::key_reused,
                                 "there is a batch under this key",
                                 EarlierAnswer{earlier.key.request_digest, earlier.id, 0}});
      }
    }
    connection.prepared(insert_batch)
        .execute({row.id, row.key.principal, row.key.key, row.key.request_digest,
                  parameter(row.created_at)});
    return {};
  });
}

Result<BatchRow, StoreError> SqliteBatchStore::batch(const std::string& id) {
  std::optional<BatchRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_batch).query({id});
    if (rows.next()) found = batch_row_in(rows);
  });
  if (!read) return refuse(read.error());
  if (!found) return refuse(StoreError{StoreErrorKind::not_found, "no such batch", {}});
  return std::move(*found);
}

Result<void, StoreError> SqliteBatchStore::finish_batch(const std::string& id,
                                                        const std::string& results) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    const int changed = connection.prepared(update_batch_results).execute({results, id});
    if (changed == 1) return {};
    return refuse(StoreError{StoreErrorKind::conflict, "the batch has its results", {}});
  });
}

}  // namespace yimen::persistence::sqlite
