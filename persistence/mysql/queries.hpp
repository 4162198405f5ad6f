// Every SQL text of the store, as it is sent: long because it is a table of texts and nothing else.
// Parameters are bound in order. A text about many rows repeats its middle part.
#pragma once

#include <string_view>

#include "persistence/mysql/many_rows.hpp"

namespace yimen::persistence::mysql {

// ---- connections --------------------------------------------------------------------------------

// What lies in comments of this kind is MariaDB's own. Reads wait for what other nodes of a cluster
// have committed before; without a cluster that is nothing.
constexpr std::string_view session_state = R"sql(
  SET SESSION
    sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    time_zone = '+00:00',
    collation_connection = 'utf8mb4_bin',
    innodb_lock_wait_timeout = 5
    /*M! , tx_isolation = 'READ-COMMITTED', max_statement_time = 30, wsrep_sync_wait = 1 */
    /*!80000 , transaction_isolation = 'READ-COMMITTED', max_execution_time = 30000 */
)sql";

constexpr std::string_view begin_transaction = "START TRANSACTION";
constexpr std::string_view repeatable_reads =
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
constexpr std::string_view begin_snapshot =
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

// Whether this node takes writes, and how much it keeps of ours.
constexpr std::string_view select_health = R"sql(
  SELECT (SELECT max(version) FROM schema_migrations), @@global.read_only
)sql";

constexpr std::string_view select_size = R"sql(
  SELECT CAST(coalesce(sum(data_length + index_length), 0) AS SIGNED)
  FROM information_schema.tables
  WHERE table_schema = database()
)sql";

// ---- migrations ---------------------------------------------------------------------------------

constexpr std::string_view create_schema_migrations = R"sql(
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version    INTEGER     NOT NULL PRIMARY KEY,
    name       VARCHAR(64) NOT NULL,
    checksum   CHAR(64)    NOT NULL,
    applied_at BIGINT      NOT NULL
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
)sql";

constexpr std::string_view count_tables = R"sql(
  SELECT count(*), CAST(coalesce(sum(table_name = 'schema_migrations'), 0) AS SIGNED)
  FROM information_schema.tables
  WHERE table_schema = database()
)sql";

constexpr std::string_view select_schema_migrations = R"sql(
  SELECT version, name, checksum
  FROM schema_migrations
  ORDER BY version
)sql";

// Two programs that migrate at once do the same.
constexpr std::string_view insert_schema_migration = R"sql(
  INSERT INTO schema_migrations (version, name, checksum, applied_at)
  VALUES (?, ?, ?, CAST(unix_timestamp(now(3)) * 1000 AS SIGNED))
  ON DUPLICATE KEY UPDATE version = version
)sql";

// ---- settings, vocabulary and definitions -------------------------------------------------------

constexpr std::string_view select_setting = R"sql(
  SELECT value FROM settings WHERE name = ?
)sql";

constexpr std::string_view upsert_setting = R"sql(
  INSERT INTO settings (name, value) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE value = VALUES(value)
)sql";

constexpr std::string_view lock_setting = R"sql(
  SELECT value FROM settings WHERE name = ? FOR UPDATE
)sql";

constexpr std::string_view delete_setting = R"sql(
  DELETE FROM settings WHERE name = ?
)sql";

constexpr std::string_view select_is_unused = R"sql(
  SELECT NOT EXISTS (SELECT 1 FROM cases) AND NOT EXISTS (SELECT 1 FROM persons)
    AND NOT EXISTS (SELECT 1 FROM households) AND NOT EXISTS (SELECT 1 FROM accounts)
)sql";

// The first value stays.
constexpr std::string_view insert_setting = R"sql(
  INSERT INTO settings (name, value) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE name = name
)sql";

constexpr std::string_view select_vocabulary = R"sql(
  SELECT `procedure`, state, is_closed FROM vocabulary
)sql";

constexpr std::string_view upsert_vocabulary = R"sql(
  INSERT INTO vocabulary (`procedure`, state, is_closed) VALUES (?, ?, ?)
  ON DUPLICATE KEY UPDATE is_closed = VALUES(is_closed)
)sql";

constexpr std::string_view insert_edition = R"sql(
  INSERT INTO editions (digest, `procedure`, bytes) VALUES (?, ?, ?)
  ON DUPLICATE KEY UPDATE digest = digest
)sql";

constexpr std::string_view select_edition = R"sql(
  SELECT bytes FROM editions WHERE digest = ?
)sql";

constexpr std::string_view insert_calendar = R"sql(
  INSERT INTO calendars (digest, bytes) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE digest = digest
)sql";

constexpr std::string_view select_calendar = R"sql(
  SELECT bytes FROM calendars WHERE digest = ?
)sql";

// ---- the commit of cases ------------------------------------------------------------------------

constexpr std::string_view select_idempotency = R"sql(
  SELECT request_digest, subject_id, sequence
  FROM idempotency
  WHERE principal = ? AND `key` = ?
)sql";

inline constexpr ManyRows insert_idempotency{
    R"sql(
  INSERT INTO idempotency (principal, `key`, request_digest, subject_id, sequence, created_at)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?)", ", ", ""};

// In the order of their ids, so that two transactions never wait for each other.
inline constexpr ManyRows lock_cases{
    R"sql(
  SELECT id, sequence, head_hash, opened_at, state_since
  FROM cases
  WHERE id IN ()sql",
    "?", ", ", R"sql()
  ORDER BY id
  FOR UPDATE)sql"};

#define YIMEN_INSERT_CASES                                                                \
  "  INSERT INTO cases (\n"                                                               \
  "    id, jurisdiction, `procedure`, edition, sequence, revision, head_hash, state,\n"   \
  "    is_closed, number, category, village, department, emergency, holder_unit,\n"       \
  "    holder_person, opened_at, state_since, due_at, suspended_at, subject, waits_for)\n" \
  "  VALUES "
#define YIMEN_CASE_ROW "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

inline constexpr ManyRows insert_cases{YIMEN_INSERT_CASES, YIMEN_CASE_ROW, ", ", ""};

// Of rows that are locked: one statement moves many cases, and writes only what differs.
inline constexpr ManyRows move_cases{YIMEN_INSERT_CASES, YIMEN_CASE_ROW, ", ", R"sql(
  ON DUPLICATE KEY UPDATE
    edition = VALUES(edition), sequence = VALUES(sequence), revision = VALUES(revision),
    head_hash = VALUES(head_hash), state = VALUES(state), is_closed = VALUES(is_closed),
    number = VALUES(number), category = VALUES(category), village = VALUES(village),
    department = VALUES(department), emergency = VALUES(emergency),
    holder_unit = VALUES(holder_unit), holder_person = VALUES(holder_person),
    state_since = VALUES(state_since), due_at = VALUES(due_at),
    suspended_at = VALUES(suspended_at), subject = VALUES(subject),
    waits_for = VALUES(waits_for)
)sql"};

#undef YIMEN_INSERT_CASES
#undef YIMEN_CASE_ROW

inline constexpr ManyRows write_documents{
    "\n  INSERT INTO case_documents (case_id, document) VALUES ", "(?, ?)", ", ",
    " ON DUPLICATE KEY UPDATE document = VALUES(document)"};

inline constexpr ManyRows insert_journal_entries{
    R"sql(
  INSERT INTO journal (case_id, sequence, recorded_at, previous_hash, hash, bytes)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?)", ", ", ""};

inline constexpr ManyRows insert_personal_values{
    "\n  INSERT INTO personal_values (case_id, sequence, path, sealed) VALUES ", "(?, ?, ?, ?)",
    ", ", ""};

inline constexpr ManyRows insert_outbox{
    R"sql(
  INSERT INTO outbox (jurisdiction, case_id, sequence, ordinal, kind, details, recorded_at)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?, ?)", ", ", ""};

// Driven by the rows that are named, each found by the beginning of its primary key.
inline constexpr ManyRows supersede_clocks{
    "\n  UPDATE (",
    "SELECT ? AS case_id, ? AS clock, ? AS started_by, ? AS superseded_at", " UNION ALL ",
    R"sql() AS named
  STRAIGHT_JOIN clock_segments AS held
    ON held.case_id = named.case_id AND held.clock = named.clock
      AND held.started_by = named.started_by
  SET held.superseded_at = named.superseded_at
  WHERE held.superseded_at IS NULL
)sql"};

inline constexpr ManyRows insert_clocks{
    R"sql(
  INSERT INTO clock_segments (
    case_id, clock, started_by, recorded_by, jurisdiction, state, visit, started_at, stopped_at,
    suspended_at, limit_code, due_at, first_due_at, recorded_at)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""};

inline constexpr ManyRows delete_rungs_to_come{
    "\n  DELETE FROM rungs WHERE done_at IS NULL AND (",
    "(case_id = ? AND clock = ? AND started_by = ?)", " OR ", ")"};

inline constexpr ManyRows select_rungs_done{
    "\n  SELECT case_id, clock, started_by, rung FROM rungs WHERE done_at IS NOT NULL AND (",
    "(case_id = ? AND clock = ? AND started_by = ?)", " OR ", ")"};

inline constexpr ManyRows insert_rungs{
    R"sql(
  INSERT INTO rungs (case_id, clock, started_by, rung, visit, jurisdiction, due_at, is_armed)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""};

inline constexpr ManyRows write_case_units{
    R"sql(
  INSERT INTO case_units (case_id, unit, jurisdiction, is_closed, due_at, opened_at)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?)", ", ",
    " ON DUPLICATE KEY UPDATE is_closed = VALUES(is_closed), due_at = VALUES(due_at)"};

inline constexpr ManyRows delete_case_persons{
    "\n  DELETE FROM case_persons WHERE ", "(case_id = ? AND person = ? AND role = ?)", " OR ",
    ""};

inline constexpr ManyRows insert_case_persons{
    "\n  INSERT INTO case_persons (case_id, person, role, jurisdiction) VALUES ", "(?, ?, ?, ?)",
    ", ", ""};

// Whose entry it is that stands at a place of the journal.
constexpr std::string_view select_entry_hash = R"sql(
  SELECT hash FROM journal WHERE case_id = ? AND sequence = ?
)sql";

// ---- reading cases ------------------------------------------------------------------------------

constexpr std::string_view select_case = R"sql(
  SELECT d.document, c.head_hash
  FROM cases AS c
  JOIN case_documents AS d ON d.case_id = c.id
  WHERE c.id = ?
)sql";

constexpr std::string_view select_journal = R"sql(
  SELECT sequence, bytes, previous_hash, hash
  FROM journal
  WHERE case_id = ? AND sequence > ?
  ORDER BY sequence
  LIMIT ?
)sql";

constexpr std::string_view select_personal_values = R"sql(
  SELECT sequence, path, sealed
  FROM personal_values
  WHERE case_id = ?
  ORDER BY sequence, path
)sql";

constexpr std::string_view select_case_ids = R"sql(
  SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?
)sql";

// ---- rebuilding the projections -----------------------------------------------------------------

constexpr std::string_view select_case_ids_of_journal = R"sql(
  SELECT DISTINCT case_id FROM journal WHERE case_id > ? ORDER BY case_id LIMIT ?
)sql";

constexpr std::string_view select_whole_journal = R"sql(
  SELECT sequence, bytes, previous_hash, hash FROM journal WHERE case_id = ? ORDER BY sequence
)sql";

constexpr std::string_view delete_case = "\n  DELETE FROM cases WHERE id = ?\n";
constexpr std::string_view delete_clocks_of_case =
    "\n  DELETE FROM clock_segments WHERE case_id = ?\n";
constexpr std::string_view delete_units_of_case =
    "\n  DELETE FROM case_units WHERE case_id = ?\n";
constexpr std::string_view delete_persons_of_case =
    "\n  DELETE FROM case_persons WHERE case_id = ?\n";

// ---- lists of cases -----------------------------------------------------------------------------
// Each is one range of one index; what remains of a query is a filter on its rows. The filters come
// first and are bound twice each: whether there is one, and what it is.

#define YIMEN_FILTERS                                                     \
  "    (? IS NULL OR c.`procedure` = ?)\n"                                \
  "    AND (? IS NULL OR c.state = ?)\n"                                  \
  "    AND (? IS NULL OR c.department = ?)\n"                             \
  "    AND (? IS NULL OR c.village = ?)\n"                                \
  "    AND (? IS NULL OR c.category = ?)\n"                               \
  "    AND (? IS NULL OR c.holder_unit = ?)\n"                            \
  "    AND (? IS NULL OR c.due_at >= ?)\n"                                \
  "    AND (? IS NULL OR c.state_since >= ?)\n"                           \
  "    AND (? IS NULL OR c.state_since < ?)\n"                            \
  "    AND (? IS NULL OR (c.suspended_at IS NOT NULL) = ?)\n"             \
  "    AND (? IS NULL OR EXISTS (\n"                                      \
  "      SELECT 1 FROM clock_segments AS w\n"                             \
  "      WHERE w.case_id = c.id AND w.clock = ?\n"                        \
  "        AND w.stopped_at IS NULL AND w.superseded_at IS NULL))\n"

#define YIMEN_COLUMNS                                                                       \
  "  SELECT c.id, c.`procedure`, c.number, c.state, c.category, c.village, c.department,\n" \
  "         c.holder_unit, c.holder_person, c.emergency, c.is_closed, c.revision,\n"        \
  "         c.opened_at, c.state_since, c.due_at, c.suspended_at, c.subject, c.waits_for\n"

constexpr std::string_view select_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_due)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.due_at >= ? AND (c.due_at > ? OR c.id > ?)
  ORDER BY c.due_at, c.id
  LIMIT ?
)sql";

constexpr std::string_view select_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_opened)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.opened_at <= ? AND (c.opened_at < ? OR c.id < ?)
  ORDER BY c.opened_at DESC, c.id DESC
  LIMIT ?
)sql";

constexpr std::string_view select_unit_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM case_units AS u FORCE INDEX (case_units_by_due)
  STRAIGHT_JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = ? AND u.is_closed = ? AND u.due_at < ? AND u.opened_at >= ?
    AND u.due_at >= ? AND (u.due_at > ? OR u.case_id > ?)
    AND u.unit = ?
  ORDER BY u.due_at, u.case_id
  LIMIT ?
)sql";

constexpr std::string_view select_unit_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM case_units AS u FORCE INDEX (case_units_by_opened)
  STRAIGHT_JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = ? AND u.is_closed = ? AND u.due_at < ? AND u.opened_at >= ?
    AND u.opened_at <= ? AND (u.opened_at < ? OR u.case_id < ?)
    AND u.unit = ?
  ORDER BY u.opened_at DESC, u.case_id DESC
  LIMIT ?
)sql";

#define YIMEN_SEEN_BY                                                     \
  "    AND (? IS NULL OR EXISTS (\n"                                      \
  "      SELECT 1 FROM case_units AS u\n"                                 \
  "      WHERE u.case_id = c.id AND json_contains(?, json_quote(u.unit))))\n"

// What lies on a desk. A holder's unit sees the case, but the reader may be of another.
constexpr std::string_view select_desk_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_holder)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.due_at >= ? AND (c.due_at > ? OR c.id > ?)
    AND c.holder_unit = ?
    AND (? IS NULL OR c.holder_person = '' OR json_contains(?, json_quote(c.holder_person)))
    AND (? IS NULL OR json_contains(?, json_quote(concat(c.`procedure`, '/', c.state))) <> ?)
)sql" YIMEN_SEEN_BY R"sql(
  ORDER BY c.due_at, c.id
  LIMIT ?
)sql";

// A number or a person names few cases: they are all read, and put in order afterwards.
constexpr std::string_view select_cases_by_number = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_number)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.number = ? AND c.number <> ''
    AND (? IS NULL OR EXISTS (
      SELECT 1 FROM case_persons AS p
      WHERE p.case_id = c.id AND p.person = ? AND (? IS NULL OR p.role = ?)))
)sql" YIMEN_SEEN_BY;

constexpr std::string_view select_cases_of_person = YIMEN_COLUMNS R"sql(
  FROM (SELECT DISTINCT case_id FROM case_persons FORCE INDEX (case_persons_by_person)
        WHERE jurisdiction = ? AND person = ? AND (? IS NULL OR role = ?)) AS p
  STRAIGHT_JOIN cases AS c ON c.id = p.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
)sql" YIMEN_SEEN_BY;

#undef YIMEN_SEEN_BY
#undef YIMEN_FILTERS
#undef YIMEN_COLUMNS

// ---- the board ----------------------------------------------------------------------------------

#define YIMEN_BOARD                                                                          \
  "  SELECT c.holder_unit, c.`procedure`, c.state,\n"                                        \
  "         CAST(sum(c.due_at < ?) AS SIGNED),\n"                                            \
  "         CAST(sum(c.due_at >= ? AND c.suspended_at IS NULL AND c.due_at < ?) AS SIGNED),\n" \
  "         CAST(sum(c.due_at >= ? AND c.suspended_at IS NOT NULL) AS SIGNED),\n"            \
  "         count(*),\n"                                                                     \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED)\n"

constexpr std::string_view count_board = YIMEN_BOARD R"sql(
  FROM cases AS c FORCE INDEX (cases_by_holder)
  WHERE c.jurisdiction = ? AND c.is_closed = 0
  GROUP BY c.holder_unit, c.`procedure`, c.state
)sql";

constexpr std::string_view count_board_of_units = YIMEN_BOARD R"sql(
  FROM (SELECT DISTINCT u.case_id
        FROM JSON_TABLE(?, '$[*]' COLUMNS (
          unit VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS wanted
        STRAIGHT_JOIN case_units AS u FORCE INDEX (case_units_by_due)
          ON u.unit = wanted.unit AND u.jurisdiction = ? AND u.is_closed = 0) AS seen
  STRAIGHT_JOIN cases AS c ON c.id = seen.case_id
  WHERE c.is_closed = 0
  GROUP BY c.holder_unit, c.`procedure`, c.state
  ORDER BY c.holder_unit, c.`procedure`, c.state
)sql";

#undef YIMEN_BOARD

constexpr std::string_view count_awaiting_sign_for = R"sql(
  SELECT c.holder_unit, c.`procedure`, c.state, count(DISTINCT c.id)
  FROM clock_segments AS w FORCE INDEX (clock_segments_running)
  STRAIGHT_JOIN cases AS c ON c.id = w.case_id
  WHERE w.jurisdiction = ?
    AND w.clock = 'sign_for' AND w.superseded_at IS NULL AND w.stopped_at IS NULL
    AND c.is_closed = 0
    AND (? IS NULL OR EXISTS (
      SELECT 1 FROM case_units AS u
      WHERE u.case_id = c.id AND json_contains(?, json_quote(u.unit))))
  GROUP BY c.holder_unit, c.`procedure`, c.state
)sql";

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

// ---- case numbers -------------------------------------------------------------------------------

constexpr std::string_view insert_number_block = R"sql(
  INSERT INTO number_blocks (jurisdiction, year, next) VALUES (?, ?, 1)
  ON DUPLICATE KEY UPDATE year = year
)sql";

constexpr std::string_view lock_number_block = R"sql(
  SELECT next FROM number_blocks WHERE jurisdiction = ? AND year = ? FOR UPDATE
)sql";

constexpr std::string_view update_number_block = R"sql(
  UPDATE number_blocks SET next = ? WHERE jurisdiction = ? AND year = ?
)sql";

// ---- persons and households ---------------------------------------------------------------------

constexpr std::string_view select_person_of_identity = R"sql(
  SELECT id FROM persons WHERE jurisdiction = ? AND identity_index = ?
)sql";

constexpr std::string_view select_person_there = R"sql(
  SELECT id FROM persons WHERE id = ?
)sql";

constexpr std::string_view insert_person = R"sql(
  INSERT INTO persons (
    jurisdiction, id, household, village, sealed, identity_index, wrapped_key, created_at)
  VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?)
)sql";

inline constexpr ManyRows insert_name_tokens{
    "\n  INSERT INTO person_name_tokens (jurisdiction, token, person) VALUES ", "(?, ?, ?)", ", ",
    " ON DUPLICATE KEY UPDATE token = VALUES(token)"};

#define YIMEN_PERSON                                                                        \
  "  SELECT p.id, p.household, p.village, p.sealed, coalesce(p.identity_index, ''),\n"      \
  "         p.wrapped_key, p.created_at,\n"                                                 \
  "         (SELECT json_arrayagg(token ORDER BY token)\n"                                  \
  "          FROM person_name_tokens WHERE person = p.id)\n"                                \
  "  FROM persons AS p\n"

constexpr std::string_view select_person = YIMEN_PERSON R"sql(
  WHERE p.id = ?
)sql";

constexpr std::string_view select_household_members = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.household = ?
  ORDER BY p.id
)sql";

constexpr std::string_view select_persons_by_identity = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.identity_index = ?
)sql";

constexpr std::string_view select_persons_by_tokens = YIMEN_PERSON R"sql(
  WHERE p.id IN (
    SELECT t.person
    FROM JSON_TABLE(?, '$[*]' COLUMNS (
      token VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS wanted
    STRAIGHT_JOIN person_name_tokens AS t ON t.jurisdiction = ? AND t.token = wanted.token
    GROUP BY t.person
    HAVING count(DISTINCT t.token) = ?)
  ORDER BY p.id
  LIMIT ?
)sql";

// Without what they are found by: for the names on a page.
constexpr std::string_view select_persons = R"sql(
  SELECT p.id, p.household, p.village, p.sealed, coalesce(p.identity_index, ''), p.wrapped_key,
         p.created_at, '[]'
  FROM (
    SELECT DISTINCT id
    FROM JSON_TABLE(?, '$[*]' COLUMNS (
      id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS listed) AS wanted
  STRAIGHT_JOIN persons AS p ON p.id = wanted.id
  ORDER BY p.id
)sql";

#undef YIMEN_PERSON

constexpr std::string_view select_household_there = R"sql(
  SELECT id FROM households WHERE id = ?
)sql";

constexpr std::string_view insert_household = R"sql(
  INSERT INTO households (jurisdiction, id, village, sealed, head, created_at)
  VALUES (?, ?, ?, ?, ?, ?)
)sql";

constexpr std::string_view select_household = R"sql(
  SELECT id, village, sealed, head, created_at FROM households WHERE id = ?
)sql";

// ---- accounts and sessions ----------------------------------------------------------------------

constexpr std::string_view select_account_like = R"sql(
  SELECT id FROM accounts WHERE id = ? OR name = ?
)sql";

constexpr std::string_view insert_account = R"sql(
  INSERT INTO accounts (
    id, name, display_name, password_hash, is_active, must_change_password, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)
)sql";

constexpr std::string_view lock_account = R"sql(
  SELECT revision FROM accounts WHERE id = ? FOR UPDATE
)sql";

constexpr std::string_view select_holds = R"sql(
  SELECT 1
  FROM accounts AS a JOIN account_posts AS p ON p.account = a.id
  WHERE a.id = ? AND a.is_active = 1 AND p.post = ?
)sql";

constexpr std::string_view select_another_holds = R"sql(
  SELECT 1
  FROM account_posts AS p JOIN accounts AS a ON a.id = p.account
  WHERE p.post = ? AND a.is_active = 1 AND a.id <> ?
)sql";

constexpr std::string_view update_account = R"sql(
  UPDATE accounts
  SET display_name = ?, password_hash = ?, is_active = ?, must_change_password = ?,
      revision = revision + 1
  WHERE id = ?
)sql";

constexpr std::string_view select_access_number = R"sql(
  SELECT value FROM counters WHERE name = 'access'
)sql";

constexpr std::string_view raise_access_number = R"sql(
  UPDATE counters SET value = value + 1 WHERE name = 'access'
)sql";

// Makes and locks it, so that two who begin one wait for each other.
constexpr std::string_view lock_login_tally = R"sql(
  INSERT INTO login_tallies (slot, value, at) VALUES (?, 0, 0)
  ON DUPLICATE KEY UPDATE slot = VALUES(slot)
)sql";

constexpr std::string_view select_login_tally = R"sql(
  SELECT value, at FROM login_tallies WHERE slot = ?
)sql";

constexpr std::string_view update_login_tally = R"sql(
  UPDATE login_tallies SET value = ?, at = ? WHERE slot = ?
)sql";

constexpr std::string_view delete_account_posts = R"sql(
  DELETE FROM account_posts WHERE account = ?
)sql";

inline constexpr ManyRows insert_account_posts{
    "\n  INSERT INTO account_posts (account, post, unit) VALUES ", "(?, ?, ?)", ", ",
    " ON DUPLICATE KEY UPDATE unit = VALUES(unit)"};

#define YIMEN_ACCOUNT                                                            \
  "  SELECT a.id, a.name, a.display_name, a.password_hash, a.is_active,\n"      \
  "         a.must_change_password, a.revision, a.created_at,\n"               \
  "         (SELECT json_arrayagg(json_array(post, unit) ORDER BY post, unit)\n" \
  "          FROM account_posts WHERE account = a.id)\n"                       \
  "  FROM accounts AS a\n"

constexpr std::string_view select_account = YIMEN_ACCOUNT R"sql(
  WHERE a.id = ?
)sql";

constexpr std::string_view select_account_named = YIMEN_ACCOUNT R"sql(
  WHERE a.name = ?
)sql";

constexpr std::string_view select_accounts = YIMEN_ACCOUNT R"sql(
  WHERE a.id > ?
  ORDER BY a.id
  LIMIT ?
)sql";

#undef YIMEN_ACCOUNT

constexpr std::string_view insert_session = R"sql(
  INSERT INTO sessions (token_hash, account, is_bearer, created_at, seen_at, expires_at)
  VALUES (?, ?, ?, ?, ?, ?)
)sql";

constexpr std::string_view delete_expired_sessions = R"sql(
  DELETE FROM sessions WHERE expires_at < ?
)sql";

#define YIMEN_SESSION                                                                     \
  "  SELECT token_hash, account, is_bearer, created_at, seen_at, expires_at\n"            \
  "  FROM sessions\n"

constexpr std::string_view select_session = YIMEN_SESSION R"sql(
  WHERE token_hash = ?
)sql";

constexpr std::string_view select_sessions_of = YIMEN_SESSION R"sql(
  WHERE account = ? AND expires_at > ?
  ORDER BY created_at DESC, token_hash
)sql";

#undef YIMEN_SESSION

constexpr std::string_view lock_session = R"sql(
  SELECT seen_at FROM sessions WHERE token_hash = ? FOR UPDATE
)sql";

constexpr std::string_view update_session_seen = R"sql(
  UPDATE sessions SET seen_at = greatest(seen_at, ?) WHERE token_hash = ?
)sql";

constexpr std::string_view delete_session = R"sql(
  DELETE FROM sessions WHERE token_hash = ?
)sql";

constexpr std::string_view delete_account_sessions = R"sql(
  DELETE FROM sessions WHERE account = ? AND token_hash <> ?
)sql";

// ---- tokens and delegations ---------------------------------------------------------------------

constexpr std::string_view insert_token = R"sql(
  INSERT INTO tokens (
    id, token_hash, account, name, posts, reads_only, created_at, expires_at, last_used_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql";

#define YIMEN_TOKEN                                                                            \
  "  SELECT id, token_hash, account, name, posts, reads_only, created_at, expires_at,\n"      \
  "         last_used_at\n"                                                                   \
  "  FROM tokens\n"

constexpr std::string_view select_token_with = YIMEN_TOKEN R"sql(
  WHERE token_hash = ?
)sql";

constexpr std::string_view select_token = YIMEN_TOKEN R"sql(
  WHERE id = ?
)sql";

constexpr std::string_view select_tokens_of = YIMEN_TOKEN R"sql(
  WHERE account = ?
  ORDER BY id
)sql";

#undef YIMEN_TOKEN

constexpr std::string_view lock_token = R"sql(
  SELECT id FROM tokens WHERE token_hash = ? FOR UPDATE
)sql";

constexpr std::string_view update_token_used = R"sql(
  UPDATE tokens SET last_used_at = greatest(coalesce(last_used_at, 0), ?) WHERE token_hash = ?
)sql";

constexpr std::string_view delete_token = R"sql(
  DELETE FROM tokens WHERE id = ?
)sql";

constexpr std::string_view delete_account_tokens = R"sql(
  DELETE FROM tokens WHERE account = ?
)sql";

constexpr std::string_view insert_delegation = R"sql(
  INSERT INTO delegations (
    id, account, delegate, post, unit, begins_at, ends_at, created_by, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql";

#define YIMEN_DELEGATION                                                                       \
  "  SELECT id, account, delegate, post, unit, begins_at, ends_at, created_by, created_at\n"  \
  "  FROM delegations\n"

constexpr std::string_view select_delegation = YIMEN_DELEGATION R"sql(
  WHERE id = ?
)sql";

constexpr std::string_view select_delegations = YIMEN_DELEGATION R"sql(
  WHERE ends_at > ?
  ORDER BY begins_at, id
)sql";

constexpr std::string_view select_delegations_of = YIMEN_DELEGATION R"sql(
  WHERE (account = ? OR delegate = ?) AND ends_at > ?
  ORDER BY begins_at, id
)sql";

constexpr std::string_view select_covers_of = YIMEN_DELEGATION R"sql(
  WHERE delegate = ? AND ends_at > ? AND begins_at <= ?
  ORDER BY begins_at, id
)sql";

#undef YIMEN_DELEGATION

constexpr std::string_view delete_delegation = R"sql(
  DELETE FROM delegations WHERE id = ?
)sql";

}  // namespace yimen::persistence::mysql
