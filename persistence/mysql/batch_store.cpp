#include "persistence/mysql/batch_store.hpp"

#include "persistence/mysql/document_queries.hpp"
#include "persistence/row_readers.hpp"

namespace yimen::persistence::mysql {

namespace {

std::optional<BatchRow> batch_in(Connection& connection, std::string_view text,
                                 std::initializer_list<Parameter> parameters) {
  Rows rows = connection.prepared(text).query(parameters);
  if (!rows.next()) return {};
  return batch_row_in(rows);
}

}  // namespace

Result<void, StoreError> MysqlBatchStore::begin_batch(const BatchRow& row) {
  const auto begin = [&](Connection& connection) -> Result<void, StoreError> {
    const std::optional<BatchRow> earlier =
        batch_in(connection, select_batch_of_key, {row.key.principal, row.key.key});
    if (earlier) {
      const bool is_same = earlier->key.request_digest == row.key.request_digest;
      return refuse(StoreError{is_same ? StoreErrorKind::repeated : StoreErrorKind::key_reused,
                               "there is a batch under this key",
                               EarlierAnswer{earlier->key.request_digest, earlier->id, 0}});
    }
    connection.prepared(insert_batch)
        .execute({row.id, row.key.principal, row.key.key, row.key.request_digest,
                  parameter(row.created_at)});
    return {};
  };
  return context_.transactions.run(begin, [&](Connection& connection) {
    return batch_in(connection, select_batch, {row.id}).has_value();
  });
}

Result<BatchRow, StoreError> MysqlBatchStore::batch(const std::string& id) {
  return one_row(context_, select_batch, {id}, batch_row_in<Rows>, "batch");
}

Result<void, StoreError> MysqlBatchStore::finish_batch(const std::string& id,
                                                       const std::string& results) {
  const auto finish = [&](Connection& connection) -> Result<void, StoreError> {
    if (connection.prepared(update_batch_results).execute({results, id}) == 1) return {};
    return refuse(StoreError{StoreErrorKind::conflict, "the batch has its results", {}});
  };
  return context_.transactions.run(finish, [&](Connection& connection) {
    const std::optional<BatchRow> kept = batch_in(connection, select_batch, {id});
    return kept && kept->results == results;
  });
}

}  // namespace yimen::persistence::mysql
