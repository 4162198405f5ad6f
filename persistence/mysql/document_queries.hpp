// The SQL texts of documents and batches; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::mysql {

// ---- documents and batches ----------------------------------------------------------------------

constexpr std::string_view insert_chunk = R"sql(
  INSERT INTO attachment_chunks (attachment, number, sealed) VALUES (?, ?, ?)
  ON DUPLICATE KEY UPDATE number = number
)sql";

constexpr std::string_view insert_upload = R"sql(
  INSERT INTO attachment_uploads (attachment, begun_at)
  VALUES (?, CAST(unix_timestamp(now(3)) * 1000 AS SIGNED))
  ON DUPLICATE KEY UPDATE attachment = attachment
)sql";

constexpr std::string_view delete_upload = R"sql(
  DELETE FROM attachment_uploads WHERE attachment = ?
)sql";

constexpr std::string_view delete_chunks_of_upload = R"sql(
  DELETE c FROM attachment_uploads AS u
  JOIN attachment_chunks AS c ON c.attachment = u.attachment
  WHERE u.attachment = ?
)sql";

// What was begun so many milliseconds ago: other nodes may be bringing the younger ones.
constexpr std::string_view select_old_uploads = R"sql(
  SELECT attachment
  FROM attachment_uploads
  WHERE begun_at <= CAST(unix_timestamp(now(3)) * 1000 AS SIGNED) - ?
)sql";

constexpr std::string_view count_chunks = R"sql(
  SELECT count(*) FROM attachment_chunks WHERE attachment = ?
)sql";

constexpr std::string_view select_chunk_there = R"sql(
  SELECT number FROM attachment_chunks WHERE attachment = ? AND number = ?
)sql";

constexpr std::string_view insert_attachment = R"sql(
  INSERT INTO attachments (
    id, case_id, sequence, document_kind, content_type, size, chunks, digest, sealed_name, account,
    created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql";

#define YIMEN_ATTACHMENT                                                                       \
  "  SELECT id, case_id, sequence, document_kind, content_type, size, chunks, digest,\n"      \
  "         sealed_name, account, created_at\n"                                               \
  "  FROM attachments\n"

constexpr std::string_view select_attachment = YIMEN_ATTACHMENT R"sql(
  WHERE id = ?
)sql";

constexpr std::string_view select_attachments_of = YIMEN_ATTACHMENT R"sql(
  WHERE case_id = ?
  ORDER BY sequence
)sql";

#undef YIMEN_ATTACHMENT

constexpr std::string_view select_chunk = R"sql(
  SELECT c.sealed
  FROM attachments AS a
  JOIN attachment_chunks AS c ON c.attachment = a.id
  WHERE a.id = ? AND c.number = ?
)sql";

constexpr std::string_view insert_batch = R"sql(
  INSERT INTO batches (id, account, `key`, request_digest, created_at)
  VALUES (?, ?, ?, ?, ?)
)sql";

#define YIMEN_BATCH                                                                            \
  "  SELECT id, account, `key`, request_digest, results, created_at\n"                         \
  "  FROM batches\n"

constexpr std::string_view select_batch = YIMEN_BATCH R"sql(
  WHERE id = ?
)sql";

constexpr std::string_view select_batch_of_key = YIMEN_BATCH R"sql(
  WHERE account = ? AND `key` = ?
)sql";

#undef YIMEN_BATCH

constexpr std::string_view update_batch_results = R"sql(
  UPDATE batches SET results = ? WHERE id = ? AND results IS NULL
)sql";

}  // namespace yimen::persistence::mysql
