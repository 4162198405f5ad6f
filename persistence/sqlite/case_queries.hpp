// The SQL texts of cases: their commits, journals and numbers; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

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

// ---- case numbers -------------------------------------------------------------------------------

constexpr std::string_view reserve_numbers = R"sql(
  INSERT INTO number_blocks (jurisdiction, year, next) VALUES (?, ?, 1 + ?)
  ON CONFLICT (jurisdiction, year) DO UPDATE SET next = next + excluded.next - 1
  RETURNING next
)sql";

}  // namespace yimen::persistence::sqlite
