// The SQL texts of cases: their commits, journals and numbers; see queries.hpp.
#pragma once

#include <string_view>

#include "persistence/mysql/many_rows.hpp"

namespace yimen::persistence::mysql {

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

}  // namespace yimen::persistence::mysql
