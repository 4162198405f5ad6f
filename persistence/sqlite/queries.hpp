// Every SQL text of the store, as it is sent: long because it is a table of texts and nothing else.
// Named parameters are bound in the order in which they first occur; texts with `?` belong to
// Poco::Data, which binds in order.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

// ---- connections --------------------------------------------------------------------------------

// Nobody but the writer checkpoints, and it does so by its own hand (the WAL-reset bug of 3.40).
constexpr std::string_view writer_pragmas = R"sql(
  PRAGMA busy_timeout = 100;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA foreign_keys = ON;
  PRAGMA recursive_triggers = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -65536;
)sql";

constexpr std::string_view reader_pragmas = R"sql(
  PRAGMA busy_timeout = 5000;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA query_only = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16384;
)sql";

constexpr std::string_view begin_snapshot = "BEGIN DEFERRED";
constexpr std::string_view begin_immediate = "BEGIN IMMEDIATE";
constexpr std::string_view commit_transaction = "COMMIT";

// What settles a commit whose outcome is in doubt, and tells whether the disk takes writes again:
// a row that needs room, then its removal.
constexpr std::string_view write_probe = R"sql(
  BEGIN IMMEDIATE;
  INSERT OR REPLACE INTO settings (name, value) VALUES ('probe', hex(zeroblob(32768)));
  COMMIT;
  DELETE FROM settings WHERE name = 'probe';
)sql";

// ---- migrations ---------------------------------------------------------------------------------

constexpr std::string_view create_schema_migrations = R"sql(
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version    INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    checksum   TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
  ) STRICT
)sql";

constexpr std::string_view count_tables = R"sql(
  SELECT count(*), count(*) FILTER (WHERE name = 'schema_migrations')
  FROM sqlite_schema
  WHERE type = 'table'
)sql";

constexpr std::string_view select_schema_migrations = R"sql(
  SELECT version, name, checksum
  FROM schema_migrations
  ORDER BY version
)sql";

constexpr std::string_view insert_schema_migration = R"sql(
  INSERT INTO schema_migrations (version, name, checksum, applied_at)
  VALUES (?, ?, ?, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))
)sql";

constexpr std::string_view select_schema_version = R"sql(
  SELECT max(version) FROM schema_migrations
)sql";

constexpr std::string_view check_integrity = R"sql(
  SELECT integrity_check FROM pragma_integrity_check
)sql";

constexpr std::string_view check_references = R"sql(
  SELECT printf('a row of %s has no %s', "table", parent) FROM pragma_foreign_key_check
)sql";

// ---- settings and vocabulary --------------------------------------------------------------------

constexpr std::string_view select_setting = R"sql(
  SELECT value FROM settings WHERE name = ?
)sql";

constexpr std::string_view upsert_setting = R"sql(
  INSERT INTO settings (name, value) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value
)sql";

constexpr std::string_view upsert_vocabulary = R"sql(
  INSERT INTO vocabulary (procedure, state, is_closed) VALUES (?, ?, ?)
  ON CONFLICT (procedure, state) DO UPDATE SET is_closed = excluded.is_closed
  WHERE is_closed <> excluded.is_closed
)sql";

constexpr std::string_view insert_edition = R"sql(
  INSERT INTO editions (digest, procedure, bytes) VALUES (?, ?, ?)
  ON CONFLICT (digest) DO NOTHING
)sql";

constexpr std::string_view select_edition = R"sql(
  SELECT bytes FROM editions WHERE digest = ?
)sql";

constexpr std::string_view insert_calendar = R"sql(
  INSERT INTO calendars (digest, bytes) VALUES (?, ?)
  ON CONFLICT (digest) DO NOTHING
)sql";

constexpr std::string_view select_calendar = R"sql(
  SELECT bytes FROM calendars WHERE digest = ?
)sql";

// ---- the commit of a case -----------------------------------------------------------------------

constexpr std::string_view select_idempotency = R"sql(
  SELECT request_digest, subject_id, sequence
  FROM idempotency
  WHERE principal = :principal AND key = :key
)sql";

constexpr std::string_view insert_idempotency = R"sql(
  INSERT INTO idempotency (principal, key, request_digest, subject_id, sequence, created_at)
  VALUES (:principal, :key, :request_digest, :subject_id, :sequence, :created_at)
)sql";

constexpr std::string_view insert_case = R"sql(
  INSERT INTO cases (
    id, jurisdiction, procedure, edition, sequence, revision, head_hash, state, is_closed, number,
    category, village, department, emergency, holder_unit, holder_person, opened_at, state_since,
    due_at, suspended_at, subject, waits_for)
  VALUES (
    :id, :jurisdiction, :procedure, :edition, :sequence, :revision, :head_hash, :state, :is_closed,
    :number, :category, :village, :department, :emergency, :holder_unit, :holder_person,
    :opened_at, :state_since, :due_at, :suspended_at, :subject, :waits_for)
  ON CONFLICT (id) DO NOTHING
)sql";

// For an entry that leaves everything that lists show as it was. An UPDATE writes each index that
// holds a column which it names, changed or not: so indexed columns have statements of their own.
constexpr std::string_view advance_case = R"sql(
  UPDATE cases
  SET sequence = :sequence, revision = :revision, head_hash = :head_hash
  WHERE id = :id AND sequence = :sequence_before AND head_hash = :previous_hash
)sql";

#define YIMEN_MOVE_CASE                                                              \
  "  UPDATE cases\n"                                                                 \
  "  SET sequence = :sequence, revision = :revision, head_hash = :head_hash,\n"      \
  "      edition = :edition, state = :state, category = :category, village = :village,\n" \
  "      department = :department, emergency = :emergency, holder_unit = :holder_unit,\n" \
  "      holder_person = :holder_person, suspended_at = :suspended_at,\n"            \
  "      subject = :subject, waits_for = :waits_for,\n"                              \
  "      state_since = iif(:stays, state_since, :state_since)"
#define YIMEN_FROM_WHERE_IT_STOOD \
  "  WHERE id = :id AND sequence = :sequence_before AND head_hash = :previous_hash\n"

constexpr std::string_view move_case = YIMEN_MOVE_CASE "\n" YIMEN_FROM_WHERE_IT_STOOD;

// Most steps move the due date too.
constexpr std::string_view move_case_and_due =
    YIMEN_MOVE_CASE ", due_at = :due_at\n" YIMEN_FROM_WHERE_IT_STOOD;

#undef YIMEN_FROM_WHERE_IT_STOOD
#undef YIMEN_MOVE_CASE

constexpr std::string_view update_case_closed = R"sql(
  UPDATE cases SET is_closed = :is_closed WHERE id = :id
)sql";

constexpr std::string_view update_case_number = R"sql(
  UPDATE cases SET number = :number WHERE id = :id
)sql";

constexpr std::string_view select_case_sequence = R"sql(
  SELECT sequence FROM cases WHERE id = :id
)sql";

constexpr std::string_view insert_document = R"sql(
  INSERT INTO case_documents (case_id, document) VALUES (:case_id, :document)
)sql";

constexpr std::string_view update_document = R"sql(
  UPDATE case_documents SET document = :document WHERE case_id = :case_id
)sql";

constexpr std::string_view insert_journal_entry = R"sql(
  INSERT INTO journal (case_id, sequence, recorded_at, previous_hash, hash, bytes)
  VALUES (:case_id, :sequence, :recorded_at, :previous_hash, :hash, :bytes)
)sql";

constexpr std::string_view insert_personal_value = R"sql(
  INSERT INTO personal_values (case_id, sequence, path, sealed)
  VALUES (:case_id, :sequence, :path, :sealed)
)sql";

constexpr std::string_view insert_outbox = R"sql(
  INSERT INTO outbox (jurisdiction, case_id, sequence, ordinal, kind, details, recorded_at)
  VALUES (:jurisdiction, :case_id, :sequence, :ordinal, :kind, :details, :recorded_at)
)sql";

constexpr std::string_view supersede_clock = R"sql(
  UPDATE clock_segments
  SET superseded_at = :superseded_at
  WHERE case_id = :case_id AND clock = :clock AND started_by = :started_by
    AND superseded_at IS NULL
)sql";

constexpr std::string_view insert_clock = R"sql(
  INSERT INTO clock_segments (
    case_id, clock, started_by, recorded_by, jurisdiction, state, visit, started_at, stopped_at,
    suspended_at, limit_code, due_at, first_due_at, recorded_at)
  VALUES (
    :case_id, :clock, :started_by, :recorded_by, :jurisdiction, :state, :visit, :started_at,
    :stopped_at, :suspended_at, :limit_code, :due_at, :first_due_at, :recorded_at)
)sql";

constexpr std::string_view delete_rungs_to_come = R"sql(
  DELETE FROM rungs
  WHERE case_id = :case_id AND clock = :clock AND started_by = :started_by AND done_at IS NULL
)sql";

constexpr std::string_view insert_rung = R"sql(
  INSERT INTO rungs (case_id, clock, started_by, rung, visit, jurisdiction, due_at, is_armed)
  VALUES (:case_id, :clock, :started_by, :rung, :visit, :jurisdiction, :due_at, :is_armed)
  ON CONFLICT (case_id, clock, started_by, rung) DO NOTHING
)sql";

constexpr std::string_view insert_case_unit = R"sql(
  INSERT INTO case_units_by_due (jurisdiction, unit, is_closed, due_at, case_id)
  SELECT jurisdiction, :unit, is_closed, due_at, id
  FROM cases
  WHERE id = :case_id
  ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view insert_case_unit_opened = R"sql(
  INSERT INTO case_units_by_opened (jurisdiction, unit, is_closed, opened_at, case_id)
  SELECT jurisdiction, :unit, is_closed, opened_at, id
  FROM cases
  WHERE id = :case_id
  ON CONFLICT DO NOTHING
)sql";

// What the lists hold of a case, before its row is changed: they are found by it.
constexpr std::string_view select_case_places = R"sql(
  SELECT is_closed, due_at, opened_at FROM cases WHERE id = :id
)sql";

constexpr std::string_view update_case_unit = R"sql(
  UPDATE case_units_by_due
  SET is_closed = :is_closed, due_at = :due_at
  WHERE jurisdiction = :jurisdiction AND unit = :unit AND is_closed = :was_closed
    AND due_at = :was_due_at AND case_id = :case_id
)sql";

constexpr std::string_view update_case_unit_opened = R"sql(
  UPDATE case_units_by_opened
  SET is_closed = :is_closed
  WHERE jurisdiction = :jurisdiction AND unit = :unit AND is_closed = :was_closed
    AND opened_at = :opened_at AND case_id = :case_id
)sql";

constexpr std::string_view delete_case_person = R"sql(
  DELETE FROM case_persons
  WHERE jurisdiction = :jurisdiction AND person = :person AND case_id = :case_id AND role = :role
)sql";

constexpr std::string_view insert_case_person = R"sql(
  INSERT INTO case_persons (jurisdiction, person, case_id, role)
  VALUES (:jurisdiction, :person, :case_id, :role)
)sql";

// ---- rebuilding the projections -----------------------------------------------------------------

constexpr std::string_view begin_rebuild = R"sql(
  INSERT INTO settings (name, value) VALUES ('rebuild', 'begun')
  ON CONFLICT (name) DO NOTHING;
  DELETE FROM case_units_by_due;
  DELETE FROM case_units_by_opened;
  DELETE FROM case_persons;
  DELETE FROM audit_clocks;
  DELETE FROM audit_marks;
)sql";

constexpr std::string_view end_rebuild = R"sql(
  DELETE FROM settings WHERE name IN ('rebuild', 'audit_unfilled')
)sql";

constexpr std::string_view select_case_ids_of_journal = R"sql(
  SELECT DISTINCT case_id FROM journal WHERE case_id > :after ORDER BY case_id LIMIT :limit
)sql";

constexpr std::string_view select_whole_journal = R"sql(
  SELECT sequence, bytes, previous_hash, hash FROM journal WHERE case_id = :case_id
  ORDER BY sequence
)sql";

constexpr std::string_view delete_clocks_of_case = R"sql(
  DELETE FROM clock_segments WHERE case_id = :case_id
)sql";

constexpr std::string_view rewrite_case = R"sql(
  UPDATE cases
  SET procedure = :procedure, edition = :edition, sequence = :sequence, revision = :revision,
      head_hash = :head_hash, state = :state, is_closed = :is_closed, number = :number,
      category = :category, village = :village, department = :department, emergency = :emergency,
      holder_unit = :holder_unit, holder_person = :holder_person, opened_at = :opened_at,
      state_since = :state_since, due_at = :due_at, suspended_at = :suspended_at,
      subject = :subject, waits_for = :waits_for
  WHERE id = :id
)sql";

constexpr std::string_view upsert_document = R"sql(
  INSERT INTO case_documents (case_id, document) VALUES (:case_id, :document)
  ON CONFLICT (case_id) DO UPDATE SET document = excluded.document
)sql";

// ---- reading cases ------------------------------------------------------------------------------

constexpr std::string_view select_case = R"sql(
  SELECT d.document, c.head_hash
  FROM cases AS c
  JOIN case_documents AS d ON d.case_id = c.id
  WHERE c.id = :id
)sql";

constexpr std::string_view select_journal = R"sql(
  SELECT sequence, bytes, previous_hash, hash
  FROM journal
  WHERE case_id = :case_id AND sequence > :after
  ORDER BY sequence
  LIMIT :limit
)sql";

constexpr std::string_view select_personal_values = R"sql(
  SELECT sequence, path, sealed
  FROM personal_values
  WHERE case_id = :case_id
  ORDER BY sequence, path
)sql";

constexpr std::string_view select_case_ids = R"sql(
  SELECT id FROM cases WHERE id > :after ORDER BY id LIMIT :limit
)sql";

// ---- lists of cases -----------------------------------------------------------------------------
// Each is one range of one index; what remains of a query is a filter on its rows. The optional
// filters come first, so that the parameters of all six begin alike.

#define YIMEN_FILTERS                                                       \
  "    (:procedure   IS NULL OR c.procedure   = :procedure)\n"              \
  "    AND (:state       IS NULL OR c.state       = :state)\n"              \
  "    AND (:department  IS NULL OR c.department  = :department)\n"         \
  "    AND (:village     IS NULL OR c.village     = :village)\n"            \
  "    AND (:category    IS NULL OR c.category    = :category)\n"           \
  "    AND (:holder_unit IS NULL OR c.holder_unit = :holder_unit)\n"       \
  "    AND (:due_from        IS NULL OR c.due_at >= :due_from)\n"           \
  "    AND (:in_state_from   IS NULL OR c.state_since >= :in_state_from)\n" \
  "    AND (:in_state_before IS NULL OR c.state_since < :in_state_before)\n" \
  "    AND (:is_suspended    IS NULL OR (c.suspended_at IS NOT NULL) = :is_suspended)\n" \
  "    AND (:waits_for       IS NULL OR EXISTS (\n"                         \
  "      SELECT 1 FROM clock_segments AS w\n"                              \
  "      WHERE w.case_id = c.id AND w.clock = :waits_for\n"                \
  "        AND w.stopped_at IS NULL AND w.superseded_at IS NULL))\n"

// Whether one of the units may see the case; each is one look into their list.
#define YIMEN_SEEN                                                          \
  "    (:units IS NULL OR EXISTS (\n"                                       \
  "      SELECT 1 FROM case_units_by_due AS u\n"                            \
  "      WHERE u.jurisdiction = c.jurisdiction\n"                           \
  "        AND u.unit IN (SELECT value FROM json_each(:units))\n"           \
  "        AND u.is_closed = c.is_closed AND u.due_at = c.due_at AND u.case_id = c.id))\n"

#define YIMEN_COLUMNS                                                       \
  "  SELECT c.id, c.procedure, c.number, c.state, c.category, c.village, c.department,\n" \
  "         c.holder_unit, c.holder_person, c.emergency, c.is_closed, c.revision,\n"      \
  "         c.opened_at, c.state_since, c.due_at, c.suspended_at, c.subject, c.waits_for\n"

constexpr std::string_view select_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND c.is_closed = :is_closed
    AND c.due_at < :due_before AND c.opened_at >= :opened_from
    AND (c.due_at, c.id) > (:after_key, :after_id)
  ORDER BY c.due_at, c.id
  LIMIT :limit
)sql";

constexpr std::string_view select_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND c.is_closed = :is_closed
    AND c.due_at < :due_before AND c.opened_at >= :opened_from
    AND (c.opened_at, c.id) < (:after_key, :after_id)
  ORDER BY c.opened_at DESC, c.id DESC
  LIMIT :limit
)sql";

constexpr std::string_view select_unit_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM case_units_by_due AS u
  CROSS JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = :jurisdiction AND u.is_closed = :is_closed
    AND u.due_at < :due_before AND c.opened_at >= :opened_from
    AND (u.due_at, u.case_id) > (:after_key, :after_id)
    AND u.unit = :unit
  ORDER BY u.due_at, u.case_id
  LIMIT :limit
)sql";

constexpr std::string_view select_unit_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM case_units_by_opened AS u
  CROSS JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = :jurisdiction AND u.is_closed = :is_closed
    AND c.due_at < :due_before AND u.opened_at >= :opened_from
    AND (u.opened_at, u.case_id) < (:after_key, :after_id)
    AND u.unit = :unit
  ORDER BY u.opened_at DESC, u.case_id DESC
  LIMIT :limit
)sql";

// What lies on a desk. A holder's unit sees the case, but the reader may be of another.
constexpr std::string_view select_desk_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND c.is_closed = :is_closed
    AND c.due_at < :due_before AND c.opened_at >= :opened_from
    AND (c.due_at, c.id) > (:after_key, :after_id)
    AND c.holder_unit = :unit
    AND (:persons IS NULL OR c.holder_person = ''
         OR c.holder_person IN (SELECT value FROM json_each(:persons)))
    AND (:states IS NULL
         OR (c.procedure || '/' || c.state IN (SELECT value FROM json_each(:states)))
            <> :in_other_states)
    AND
)sql" YIMEN_SEEN R"sql(
  ORDER BY c.due_at, c.id
  LIMIT :limit
)sql";

// A number or a person names few cases: they are all read, and put in order afterwards.
// The plus signs keep SQLite from choosing an index of the other lists.
constexpr std::string_view select_cases_by_number = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND +c.is_closed = :is_closed
    AND +c.due_at < :due_before AND +c.opened_at >= :opened_from
    AND c.number = :number AND c.number <> ''
    AND (:person IS NULL OR EXISTS (
      SELECT 1 FROM case_persons AS p
      WHERE p.jurisdiction = c.jurisdiction AND p.person = :person AND p.case_id = c.id
        AND (:person_role IS NULL OR p.role = :person_role)))
    AND
)sql" YIMEN_SEEN;

constexpr std::string_view select_cases_of_person = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND +c.jurisdiction = :jurisdiction AND +c.is_closed = :is_closed
    AND +c.due_at < :due_before AND +c.opened_at >= :opened_from
    AND c.id IN (SELECT case_id FROM case_persons
                 WHERE jurisdiction = :jurisdiction AND person = :person
                   AND (:person_role IS NULL OR role = :person_role))
    AND
)sql" YIMEN_SEEN;

#undef YIMEN_FILTERS
#undef YIMEN_COLUMNS

// ---- the board ----------------------------------------------------------------------------------

#define YIMEN_BOARD                                                                             \
  "  SELECT c.holder_unit, c.procedure, c.state,\n"                                            \
  "         sum(c.due_at < :now),\n"                                                           \
  "         sum(c.due_at >= :now AND c.suspended_at IS NULL AND c.due_at < :amber_before),\n"  \
  "         sum(c.due_at >= :now AND c.suspended_at IS NOT NULL),\n"                           \
  "         count(*),\n"                                                                       \
  "         sum(c.state_since >= :age_0), sum(c.state_since >= :age_1),\n"                     \
  "         sum(c.state_since >= :age_2), sum(c.state_since >= :age_3),\n"                     \
  "         sum(c.state_since >= :age_4)\n"

constexpr std::string_view count_board = YIMEN_BOARD R"sql(
  FROM cases AS c
  WHERE c.jurisdiction = :jurisdiction AND c.is_closed = 0
  GROUP BY c.holder_unit, c.procedure, c.state
)sql";

constexpr std::string_view count_board_of_units = YIMEN_BOARD R"sql(
  FROM cases AS c
  WHERE c.id IN (
      SELECT case_id FROM case_units_by_due
      WHERE jurisdiction = :jurisdiction AND is_closed = 0
        AND unit IN (SELECT value FROM json_each(:units)))
    AND c.is_closed = 0
  GROUP BY c.holder_unit, c.procedure, c.state
)sql";

#undef YIMEN_BOARD

// The name of the clock is that of its index: nobody knows better how few these are.
constexpr std::string_view count_awaiting_sign_for = R"sql(
  SELECT c.holder_unit, c.procedure, c.state, count(DISTINCT c.id)
  FROM clock_segments AS w INDEXED BY clock_segments_awaiting_sign_for
  CROSS JOIN cases AS c ON c.id = w.case_id
  WHERE w.jurisdiction = :jurisdiction
    AND w.clock = 'sign_for' AND w.stopped_at IS NULL AND w.superseded_at IS NULL
    AND c.is_closed = 0
    AND
)sql" YIMEN_SEEN R"sql(
  GROUP BY c.holder_unit, c.procedure, c.state
)sql";

#undef YIMEN_SEEN

// ---- documents and batches ----------------------------------------------------------------------

constexpr std::string_view insert_chunk = R"sql(
  INSERT INTO attachment_chunks (attachment, number, sealed) VALUES (:attachment, :number, :sealed)
  ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view insert_upload = R"sql(
  INSERT INTO attachment_uploads (attachment) VALUES (:attachment)
  ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view delete_upload = R"sql(
  DELETE FROM attachment_uploads WHERE attachment = :attachment
)sql";

constexpr std::string_view delete_chunks_of_upload = R"sql(
  DELETE FROM attachment_chunks
  WHERE attachment IN (SELECT attachment FROM attachment_uploads WHERE attachment = :attachment)
)sql";

// Of everything that was being brought when the program ended.
constexpr std::string_view sweep_uploads = R"sql(
  DELETE FROM attachment_chunks WHERE attachment IN (SELECT attachment FROM attachment_uploads);
  DELETE FROM attachment_uploads;
)sql";

constexpr std::string_view count_chunks = R"sql(
  SELECT count(*) FROM attachment_chunks WHERE attachment = :attachment
)sql";

constexpr std::string_view insert_attachment = R"sql(
  INSERT INTO attachments (
    id, case_id, sequence, document_kind, content_type, size, chunks, digest, sealed_name, account,
    created_at)
  VALUES (
    :id, :case_id, :sequence, :document_kind, :content_type, :size, :chunks, :digest, :sealed_name,
    :account, :created_at)
)sql";

#define YIMEN_ATTACHMENT                                                                       \
  "  SELECT id, case_id, sequence, document_kind, content_type, size, chunks, digest,\n"      \
  "         sealed_name, account, created_at\n"                                               \
  "  FROM attachments\n"

constexpr std::string_view select_attachment = YIMEN_ATTACHMENT R"sql(
  WHERE id = :id
)sql";

constexpr std::string_view select_attachments_of = YIMEN_ATTACHMENT R"sql(
  WHERE case_id = :case_id
  ORDER BY sequence
)sql";

#undef YIMEN_ATTACHMENT

constexpr std::string_view select_chunk = R"sql(
  SELECT c.sealed
  FROM attachments AS a
  JOIN attachment_chunks AS c ON c.attachment = a.id
  WHERE a.id = :attachment AND c.number = :number
)sql";

constexpr std::string_view insert_batch = R"sql(
  INSERT INTO batches (id, account, key, request_digest, created_at)
  VALUES (:id, :account, :key, :request_digest, :created_at)
)sql";

#define YIMEN_BATCH                                                                            \
  "  SELECT id, account, key, request_digest, results, created_at\n"                           \
  "  FROM batches\n"

constexpr std::string_view select_batch = YIMEN_BATCH R"sql(
  WHERE id = :id
)sql";

constexpr std::string_view select_batch_of_key = YIMEN_BATCH R"sql(
  WHERE account = :account AND key = :key
)sql";

#undef YIMEN_BATCH

constexpr std::string_view update_batch_results = R"sql(
  UPDATE batches SET results = :results WHERE id = :id AND results IS NULL
)sql";

// ---- case numbers -------------------------------------------------------------------------------

constexpr std::string_view reserve_numbers = R"sql(
  INSERT INTO number_blocks (jurisdiction, year, next) VALUES (?, ?, 1 + ?)
  ON CONFLICT (jurisdiction, year) DO UPDATE SET next = next + excluded.next - 1
  RETURNING next
)sql";

// ---- persons and households ---------------------------------------------------------------------

constexpr std::string_view select_person_of_identity = R"sql(
  SELECT id FROM persons
  WHERE jurisdiction = ? AND identity_index = ? AND identity_index <> ''
)sql";

constexpr std::string_view insert_person = R"sql(
  INSERT INTO persons (
    jurisdiction, id, household, village, sealed, identity_index, wrapped_key, created_at)
  VALUES (?, ?, ?, ?, coalesce(?, x''), ?, coalesce(?, x''), ?)
  ON CONFLICT (id) DO NOTHING
)sql";

constexpr std::string_view insert_name_token = R"sql(
  INSERT INTO person_name_tokens (jurisdiction, token, person) VALUES (?, ?, ?)
  ON CONFLICT DO NOTHING
)sql";

#define YIMEN_PERSON                                                                  \
  "  SELECT p.id, p.household, p.village, p.sealed, p.identity_index, p.wrapped_key,\n" \
  "         p.created_at,\n"                                                          \
  "         (SELECT json_group_array(token) FROM\n"                                   \
  "           (SELECT token FROM person_name_tokens WHERE person = p.id ORDER BY token))\n" \
  "  FROM persons AS p\n"

constexpr std::string_view select_person = YIMEN_PERSON R"sql(
  WHERE p.id = :id
)sql";

constexpr std::string_view select_household_members = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.household = ?
  ORDER BY p.id
)sql";

constexpr std::string_view select_persons_by_identity = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.identity_index = ? AND p.identity_index <> ''
)sql";

constexpr std::string_view select_persons_by_tokens = YIMEN_PERSON R"sql(
  WHERE p.id IN (
    SELECT person
    FROM person_name_tokens
    WHERE jurisdiction = ?1 AND token IN (SELECT value FROM json_each(?2))
    GROUP BY person
    HAVING count(*) = (SELECT count(DISTINCT value) FROM json_each(?2)))
  ORDER BY p.id
  LIMIT ?3
)sql";

// Without what they are found by: for the names on a page.
constexpr std::string_view select_persons = R"sql(
  SELECT id, household, village, sealed, identity_index, wrapped_key, created_at, '[]'
  FROM persons
  WHERE id IN (SELECT value FROM json_each(:ids))
  ORDER BY id
)sql";

#undef YIMEN_PERSON

constexpr std::string_view insert_household = R"sql(
  INSERT INTO households (jurisdiction, id, village, sealed, head, created_at)
  VALUES (?, ?, ?, coalesce(?, x''), ?, ?)
  ON CONFLICT (id) DO NOTHING
)sql";

constexpr std::string_view select_household = R"sql(
  SELECT id, village, sealed, head, created_at FROM households WHERE id = ?
)sql";

// ---- accounts and sessions ----------------------------------------------------------------------

constexpr std::string_view insert_account = R"sql(
  INSERT INTO accounts (
    id, name, display_name, password_hash, is_active, must_change_password, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)
)sql";

constexpr std::string_view select_account_like = R"sql(
  SELECT 1 FROM accounts WHERE id = :id OR name = :name
)sql";

constexpr std::string_view select_account_revision = R"sql(
  SELECT revision FROM accounts WHERE id = :id
)sql";

constexpr std::string_view select_holds = R"sql(
  SELECT 1
  FROM accounts AS a JOIN account_posts AS p ON p.account = a.id
  WHERE a.id = :id AND a.is_active = 1 AND p.post = :post
)sql";

constexpr std::string_view select_another_holds = R"sql(
  SELECT 1
  FROM account_posts AS p JOIN accounts AS a ON a.id = p.account
  WHERE p.post = :post AND a.is_active = 1 AND a.id <> :id
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

constexpr std::string_view select_login_tally = R"sql(
  SELECT value, at FROM login_tallies WHERE slot = :slot
)sql";

constexpr std::string_view upsert_login_tally = R"sql(
  INSERT INTO login_tallies (slot, value, at) VALUES (:slot, :value, :at)
  ON CONFLICT (slot) DO UPDATE SET value = excluded.value, at = excluded.at
)sql";

constexpr std::string_view delete_account_posts = R"sql(
  DELETE FROM account_posts WHERE account = ?
)sql";

constexpr std::string_view insert_account_post = R"sql(
  INSERT INTO account_posts (account, post, unit) VALUES (?, ?, ?)
  ON CONFLICT DO NOTHING
)sql";

#define YIMEN_ACCOUNT                                                        \
  "  SELECT a.id, a.name, a.display_name, a.password_hash, a.is_active,\n"    \
  "         a.must_change_password, a.revision, a.created_at,\n"             \
  "         (SELECT json_group_array(json_array(post, unit)) FROM\n"         \
  "           (SELECT post, unit FROM account_posts WHERE account = a.id\n"  \
  "            ORDER BY post, unit))\n"                                      \
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

constexpr std::string_view select_session = R"sql(
  SELECT token_hash, account, is_bearer, created_at, seen_at, expires_at
  FROM sessions
  WHERE token_hash = ?
)sql";

constexpr std::string_view update_session_seen = R"sql(
  UPDATE sessions SET seen_at = max(seen_at, ?) WHERE token_hash = ?
)sql";

constexpr std::string_view delete_session = R"sql(
  DELETE FROM sessions WHERE token_hash = ?
)sql";

constexpr std::string_view delete_account_sessions = R"sql(
  DELETE FROM sessions WHERE account = :account AND token_hash <> :kept
)sql";

constexpr std::string_view select_sessions_of = R"sql(
  SELECT token_hash, account, is_bearer, created_at, seen_at, expires_at
  FROM sessions
  WHERE account = ? AND expires_at > ?
  ORDER BY created_at DESC, token_hash
)sql";

// ---- tokens and delegations ---------------------------------------------------------------------

constexpr std::string_view insert_token = R"sql(
  INSERT INTO tokens (
    id, token_hash, account, name, posts, reads_only, created_at, expires_at, last_used_at)
  VALUES (
    :id, :token_hash, :account, :name, :posts, :reads_only, :created_at, :expires_at,
    :last_used_at)
)sql";

#define YIMEN_TOKEN                                                                            \
  "  SELECT id, token_hash, account, name, posts, reads_only, created_at, expires_at,\n"      \
  "         last_used_at\n"                                                                   \
  "  FROM tokens\n"

constexpr std::string_view select_token_with = YIMEN_TOKEN R"sql(
  WHERE token_hash = :token_hash
)sql";

constexpr std::string_view select_token = YIMEN_TOKEN R"sql(
  WHERE id = :id
)sql";

constexpr std::string_view select_tokens_of = YIMEN_TOKEN R"sql(
  WHERE account = :account
  ORDER BY id
)sql";

#undef YIMEN_TOKEN

constexpr std::string_view update_token_used = R"sql(
  UPDATE tokens
  SET last_used_at = max(coalesce(last_used_at, 0), :used_at)
  WHERE token_hash = :token_hash
)sql";

constexpr std::string_view delete_token = R"sql(
  DELETE FROM tokens WHERE id = :id
)sql";

constexpr std::string_view delete_account_tokens = R"sql(
  DELETE FROM tokens WHERE account = ?
)sql";

constexpr std::string_view insert_delegation = R"sql(
  INSERT INTO delegations (
    id, account, delegate, post, unit, begins_at, ends_at, created_by, created_at)
  VALUES (
    :id, :account, :delegate, :post, :unit, :begins_at, :ends_at, :created_by, :created_at)
)sql";

#define YIMEN_DELEGATION                                                                       \
  "  SELECT id, account, delegate, post, unit, begins_at, ends_at, created_by, created_at\n"  \
  "  FROM delegations\n"

constexpr std::string_view select_delegation = YIMEN_DELEGATION R"sql(
  WHERE id = :id
)sql";

constexpr std::string_view select_delegations = YIMEN_DELEGATION R"sql(
  WHERE ends_at > :now
  ORDER BY begins_at, id
)sql";

constexpr std::string_view select_delegations_of = YIMEN_DELEGATION R"sql(
  WHERE (account = :account OR delegate = :account) AND ends_at > :now
  ORDER BY begins_at, id
)sql";

constexpr std::string_view select_covers_of = YIMEN_DELEGATION R"sql(
  WHERE delegate = :delegate AND ends_at > :now AND begins_at <= :now
  ORDER BY begins_at, id
)sql";

#undef YIMEN_DELEGATION

constexpr std::string_view delete_delegation = R"sql(
  DELETE FROM delegations WHERE id = :id
)sql";

}  // namespace yimen::persistence::sqlite
