#include "persistence/mysql/attachment_store.hpp"

#include "persistence/mysql/document_queries.hpp"
#include "persistence/row_readers.hpp"

namespace yimen::persistence::mysql {

Result<void, StoreError> MysqlAttachmentStore::add_chunk(const std::string& attachment,
                                                         int number, const std::string& sealed) {
  const auto add = [&](Connection& connection) -> Result<void, StoreError> {
    const int added = connection.prepared(insert_chunk)
                          .execute({attachment, std::int64_t{number}, Blob(sealed)});
    if (added == 0) {
      return refuse(StoreError{StoreErrorKind::already_exists, "the chunk is there", {}});
    }
    connection.prepared(insert_upload).execute({attachment});
    return {};
  };
  return context_.transactions.run(add, [&](Connection& connection) {
    return connection.prepared(select_chunk_there)
        .query({attachment, std::int64_t{number}})
        .next();
  });
}

Result<void, StoreError> MysqlAttachmentStore::discard(const std::string& attachment) {
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        take_away_upload(connection, attachment);
        return {};
      });
}

Result<AttachmentRow, StoreError> MysqlAttachmentStore::attachment(const std::string& id) {
  return one_row(context_, select_attachment, {id}, attachment_in<Rows>, "attachment");
}

Result<std::vector<AttachmentRow>, StoreError> MysqlAttachmentStore::attachments_of(
    const std::string& case_id) {
  return all_rows(context_, select_attachments_of, {case_id}, attachment_in<Rows>);
}

Result<std::string, StoreError> MysqlAttachmentStore::chunk(const std::string& attachment,
                                                            int number) {
  return one_row(
      context_, select_chunk, {attachment, std::int64_t{number}},
      [](const Rows& rows) { return rows.text(0); }, "chunk");
}

bool has_all_chunks(Connection& connection, const AttachmentRow& row) {
  Rows rows = connection.prepared(count_chunks).query({row.id});
  return rows.next() && rows.integer(0) == row.chunks;
}

void put_on_record(Connection& connection, const CaseWrite& write) {
  const AttachmentRow& row = *write.request->attachment;
  const workflow::Case& subject = write.subject();
  connection.prepared(insert_attachment)
      .execute({row.id, subject.id, subject.sequence, row.document_kind, row.content_type,
                row.size, std::int64_t{row.chunks}, row.digest, Blob(row.sealed_name),
                row.account, parameter(subject.recorded_at)});
  connection.prepared(delete_upload).execute({row.id});
}

void take_away_upload(Connection& connection, const std::string& attachment) {
  connection.prepared(delete_chunks_of_upload).execute({attachment});
  connection.prepared(delete_upload).execute({attachment});
}

}  // namespace yimen::persistence::mysql
