// What a transfer reads of each table: all columns, in the order in which the target writes them.
// Who sees a case is kept twice here, in the order of either list, and moves as `case_units`.
#pragma once

#include <map>
#include <string_view>

namespace yimen::persistence::sqlite {

inline const std::map<std::string_view, std::string_view> select_all_of{
    {"settings", R"sql(
  SELECT name, value
  FROM settings
  WHERE name <> 'probe'
)sql"},
    {"vocabulary", R"sql(
  SELECT procedure, state, is_closed
  FROM vocabulary
)sql"},
    {"editions", R"sql(
  SELECT digest, procedure, bytes
  FROM editions
)sql"},
    {"calendars", R"sql(
  SELECT digest, bytes
  FROM calendars
)sql"},
    {"cases", R"sql(
  SELECT id, jurisdiction, procedure, edition, sequence, revision, head_hash, state, is_closed,
    number, category, village, department, emergency, holder_unit, holder_person, opened_at,
    state_since, due_at, suspended_at, subject, waits_for
  FROM cases
)sql"},
    {"case_documents", R"sql(
  SELECT case_id, document
  FROM case_documents
)sql"},
    {"journal", R"sql(
  SELECT case_id, sequence, recorded_at, previous_hash, hash, bytes
  FROM journal
)sql"},
    {"personal_values", R"sql(
  SELECT case_id, sequence, path, sealed
  FROM personal_values
)sql"},
    {"outbox", R"sql(
  SELECT place, jurisdiction, case_id, sequence, ordinal, kind, details, recorded_at, number,
    done_at
  FROM outbox
)sql"},
    {"idempotency", R"sql(
  SELECT principal, "key", request_digest, subject_id, sequence, created_at
  FROM idempotency
)sql"},
    {"case_units", R"sql(
  SELECT u.case_id, u.unit, u.jurisdiction, u.is_closed, u.due_at, c.opened_at
  FROM case_units_by_due AS u
  JOIN cases AS c ON c.id = u.case_id
)sql"},
    {"case_persons", R"sql(
  SELECT case_id, person, role, jurisdiction
  FROM case_persons
)sql"},
    {"number_blocks", R"sql(
  SELECT jurisdiction, year, next
  FROM number_blocks
)sql"},
    {"clock_segments", R"sql(
  SELECT case_id, clock, started_by, recorded_by, jurisdiction, state, visit, started_at,
    stopped_at, suspended_at, limit_code, due_at, first_due_at, recorded_at, superseded_at
  FROM clock_segments
)sql"},
    {"rungs", R"sql(
  SELECT case_id, clock, started_by, rung, visit, jurisdiction, due_at, is_armed, done_at
  FROM rungs
)sql"},
    {"persons", R"sql(
  SELECT id, jurisdiction, household, village, sealed, nullif(identity_index, ''), wrapped_key,
    created_at
  FROM persons
)sql"},
    {"households", R"sql(
  SELECT id, jurisdiction, village, sealed, head, created_at
  FROM households
)sql"},
    {"accounts", R"sql(
  SELECT id, name, display_name, password_hash, is_active, must_change_password, revision,
    created_at
  FROM accounts
)sql"},
    {"person_name_tokens", R"sql(
  SELECT jurisdiction, token, person
  FROM person_name_tokens
)sql"},
    {"account_posts", R"sql(
  SELECT account, post, unit
  FROM account_posts
)sql"},
    {"sessions", R"sql(
  SELECT token_hash, account, is_bearer, created_at, seen_at, expires_at
  FROM sessions
)sql"},
    {"tokens", R"sql(
  SELECT id, token_hash, account, name, posts, reads_only, created_at, expires_at, last_used_at
  FROM tokens
)sql"},
    {"delegations", R"sql(
  SELECT id, account, delegate, post, unit, begins_at, ends_at, created_by, created_at
  FROM delegations
)sql"},
    {"attachments", R"sql(
  SELECT id, case_id, sequence, document_kind, content_type, size, chunks, digest, sealed_name,
    account, created_at
  FROM attachments
)sql"},
    {"attachment_chunks", R"sql(
  SELECT attachment, number, sealed
  FROM attachment_chunks
  WHERE attachment IN (SELECT id FROM attachments)
)sql"},
    {"batches", R"sql(
  SELECT id, account, "key", request_digest, results, created_at
  FROM batches
)sql"},
    {"notifications", R"sql(
  SELECT place, jurisdiction, case_id, mark, address, code, params, created_at, by_mail
  FROM notifications
)sql"},
    {"notifications_seen", R"sql(
  SELECT account, place, seen_at
  FROM notifications_seen
)sql"},
    {"audit_log", R"sql(
  SELECT place, jurisdiction, list, action, account, subject, reason, trace_id, at
  FROM audit_log
)sql"},
    {"audit_clocks", R"sql(
  SELECT jurisdiction, clock, started_at, case_id, started_by, recorded_by, recorded_at,
    superseded_at, due_at, stopped_at, is_late, is_withdrawn, is_reopened, holder_unit, department,
    village, category, state
  FROM audit_clocks
)sql"},
    {"audit_marks", R"sql(
  SELECT case_id, sequence, kind, list, reason, jurisdiction, recorded_at, holder_unit, department,
    village, category
  FROM audit_marks
)sql"}};

}  // namespace yimen::persistence::sqlite
