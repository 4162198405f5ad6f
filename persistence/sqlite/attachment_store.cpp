#include "persistence/sqlite/attachment_store.hpp"

#include "persistence/row_readers.hpp"
#include "persistence/sqlite/document_queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

StoreError no_such_attachment() { return {StoreErrorKind::not_found, "no such attachment", {}}; }

}  // namespace

Result<void, StoreError> SqliteAttachmentStore::add_chunk(const std::string& attachment,
                                                          int number, const std::string& sealed) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    const int added = connection.prepared(insert_chunk)
                          .execute({attachment, std::int64_t{number}, Blob(sealed)});
    if (added == 0) {
      return refuse(StoreError{StoreErrorKind::already_exists, "the chunk is there", {}});
    }
    connection.prepared(insert_upload).execute({attachment});
    return {};
  });
}

Result<void, StoreError> SqliteAttachmentStore::discard(const std::string& attachment) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    connection.prepared(delete_chunks_of_upload).execute({attachment});
    connection.prepared(delete_upload).execute({attachment});
    return {};
  });
}

Result<AttachmentRow, StoreError> SqliteAttachmentStore::attachment(const std::string& id) {
  std::optional<AttachmentRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_attachment).query({id});
    if (rows.next()) found = attachment_in(rows);
  });
  if (!read) return refuse(read.error());
  if (!found) return refuse(no_such_attachment());
  return std::move(*found);
}

Result<std::vector<AttachmentRow>, StoreError> SqliteAttachmentStore::attachments_of(
    const std::string& case_id) {
  std::vector<AttachmentRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(select_attachments_of).query({case_id});
    while (rows.next()) found.push_back(attachment_in(rows));
  });
  if (!read) return refuse(read.error());
  return found;
}

Result<std::string, StoreError> SqliteAttachmentStore::chunk(const std::string& attachment,
                                                             int number) {
  std::optional<std::string> sealed;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_chunk).query({attachment, std::int64_t{number}});
    if (rows.next()) sealed = rows.text(0);
  });
  if (!read) return refuse(read.error());
  if (!sealed) return refuse(no_such_attachment());
  return std::move(*sealed);
}

bool has_all_chunks(Connection& connection, const AttachmentRow& row) {
  Rows rows = connection.prepared(count_chunks).query({row.id});
  return rows.next() && rows.integer(0) == row.chunks;
}

void insert(Connection& connection, const AttachmentRow& row) {
  connection.prepared(insert_attachment)
      .execute({row.id, row.case_id, row.sequence, row.document_kind, row.content_type, row.size,
                std::int64_t{row.chunks}, row.digest, Blob(row.sealed_name), row.account,
                parameter(row.created_at)});
  connection.prepared(delete_upload).execute({row.id});
}

}  // namespace yimen::persistence::sqlite
