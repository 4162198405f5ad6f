// What a transfer writes of each table: all columns, in the order in which the source reads them.
// Rows that an opened database has anyway are written over.
#pragma once

#include <map>
#include <string_view>

#include "persistence/mysql/many_rows.hpp"

namespace yimen::persistence::mysql {

struct TransferText {
  std::size_t columns;
  ManyRows insert;
  std::string_view count;
};

inline const std::map<std::string_view, TransferText> transfer_texts{
    {"settings",
     {2,
      {R"sql(
  INSERT INTO settings (name, value)
  VALUES )sql",
       "(?, ?)", ", ", " ON DUPLICATE KEY UPDATE value = VALUES(value)"},
      "SELECT count(*) FROM settings"}},
    {"vocabulary",
     {3,
      {R"sql(
  INSERT INTO vocabulary (`procedure`, state, is_closed)
  VALUES )sql",
       "(?, ?, ?)", ", ", " ON DUPLICATE KEY UPDATE is_closed = VALUES(is_closed)"},
      "SELECT count(*) FROM vocabulary"}},
    {"editions",
     {3,
      {R"sql(
  INSERT INTO editions (digest, `procedure`, bytes)
  VALUES )sql",
       "(?, ?, ?)", ", ", " ON DUPLICATE KEY UPDATE digest = VALUES(digest)"},
      "SELECT count(*) FROM editions"}},
    {"calendars",
     {2,
      {R"sql(
  INSERT INTO calendars (digest, bytes)
  VALUES )sql",
       "(?, ?)", ", ", " ON DUPLICATE KEY UPDATE digest = VALUES(digest)"},
      "SELECT count(*) FROM calendars"}},
    {"cases",
     {22,
      {R"sql(
  INSERT INTO cases (id, jurisdiction, `procedure`, edition, sequence, revision, head_hash, state,
    is_closed, number, category, village, department, emergency, holder_unit, holder_person,
    opened_at, state_since, due_at, suspended_at, subject, waits_for)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM cases"}},
    {"case_documents",
     {2,
      {R"sql(
  INSERT INTO case_documents (case_id, document)
  VALUES )sql",
       "(?, ?)", ", ", ""},
      "SELECT count(*) FROM case_documents"}},
    {"journal",
     {6,
      {R"sql(
  INSERT INTO journal (case_id, sequence, recorded_at, previous_hash, hash, bytes)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM journal"}},
    {"personal_values",
     {4,
      {R"sql(
  INSERT INTO personal_values (case_id, sequence, path, sealed)
  VALUES )sql",
       "(?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM personal_values"}},
    {"outbox",
     {10,
      {R"sql(
  INSERT INTO outbox (place, jurisdiction, case_id, sequence, ordinal, kind, details, recorded_at,
    number, done_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM outbox"}},
    {"idempotency",
     {6,
      {R"sql(
  INSERT INTO idempotency (principal, `key`, request_digest, subject_id, sequence, created_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM idempotency"}},
    {"case_units",
     {6,
      {R"sql(
  INSERT INTO case_units (case_id, unit, jurisdiction, is_closed, due_at, opened_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM case_units"}},
    {"case_persons",
     {4,
      {R"sql(
  INSERT INTO case_persons (case_id, person, role, jurisdiction)
  VALUES )sql",
       "(?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM case_persons"}},
    {"number_blocks",
     {3,
      {R"sql(
  INSERT INTO number_blocks (jurisdiction, year, next)
  VALUES )sql",
       "(?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM number_blocks"}},
    {"clock_segments",
     {15,
      {R"sql(
  INSERT INTO clock_segments (case_id, clock, started_by, recorded_by, jurisdiction, state, visit,
    started_at, stopped_at, suspended_at, limit_code, due_at, first_due_at, recorded_at,
    superseded_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM clock_segments"}},
    {"rungs",
     {9,
      {R"sql(
  INSERT INTO rungs (case_id, clock, started_by, rung, visit, jurisdiction, due_at, is_armed,
    done_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM rungs"}},
    {"persons",
     {8,
      {R"sql(
  INSERT INTO persons (id, jurisdiction, household, village, sealed, identity_index, wrapped_key,
    created_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM persons"}},
    {"households",
     {6,
      {R"sql(
  INSERT INTO households (id, jurisdiction, village, sealed, head, created_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM households"}},
    {"accounts",
     {8,
      {R"sql(
  INSERT INTO accounts (id, name, display_name, password_hash, is_active, must_change_password,
    revision, created_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM accounts"}},
    {"person_name_tokens",
     {3,
      {R"sql(
  INSERT INTO person_name_tokens (jurisdiction, token, person)
  VALUES )sql",
       "(?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM person_name_tokens"}},
    {"account_posts",
     {3,
      {R"sql(
  INSERT INTO account_posts (account, post, unit)
  VALUES )sql",
       "(?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM account_posts"}},
    {"sessions",
     {6,
      {R"sql(
  INSERT INTO sessions (token_hash, account, is_bearer, created_at, seen_at, expires_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM sessions"}},
    {"tokens",
     {9,
      {R"sql(
  INSERT INTO tokens (id, token_hash, account, name, posts, reads_only, created_at, expires_at,
    last_used_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM tokens"}},
    {"delegations",
     {9,
      {R"sql(
  INSERT INTO delegations (id, account, delegate, post, unit, begins_at, ends_at, created_by,
    created_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM delegations"}},
    {"attachments",
     {11,
      {R"sql(
  INSERT INTO attachments (id, case_id, sequence, document_kind, content_type, size, chunks,
    digest, sealed_name, account, created_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM attachments"}},
    {"attachment_chunks",
     {3,
      {R"sql(
  INSERT INTO attachment_chunks (attachment, number, sealed)
  VALUES )sql",
       "(?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM attachment_chunks"}},
    {"batches",
     {6,
      {R"sql(
  INSERT INTO batches (id, account, `key`, request_digest, results, created_at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM batches"}},
    {"notifications",
     {9,
      {R"sql(
  INSERT INTO notifications (place, jurisdiction, case_id, mark, address, code, params,
    created_at, by_mail)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM notifications"}},
    {"notifications_seen",
     {3,
      {R"sql(
  INSERT INTO notifications_seen (account, place, seen_at)
  VALUES )sql",
       "(?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM notifications_seen"}},
    {"audit_log",
     {9,
      {R"sql(
  INSERT INTO audit_log (place, jurisdiction, list, action, account, subject, reason, trace_id, at)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM audit_log"}},
    {"audit_clocks",
     {18,
      {R"sql(
  INSERT INTO audit_clocks (jurisdiction, clock, started_at, case_id, started_by, recorded_by,
    recorded_at, superseded_at, due_at, stopped_at, is_late, is_withdrawn, is_reopened, holder_unit,
    department, village, category, state)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM audit_clocks"}},
    {"audit_marks",
     {11,
      {R"sql(
  INSERT INTO audit_marks (case_id, sequence, kind, list, reason, jurisdiction, recorded_at,
    holder_unit, department, village, category)
  VALUES )sql",
       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", ""},
      "SELECT count(*) FROM audit_marks"}}};

}  // namespace yimen::persistence::mysql
