// The SQL texts of the workers and of what they tell people; see queries.hpp.
#pragma once

#include <string_view>

#include "persistence/mysql/many_rows.hpp"

namespace yimen::persistence::mysql {

// ---- leases -------------------------------------------------------------------------------------

constexpr std::string_view upsert_worker = R"sql(
  INSERT INTO workers (id, seen_until) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE seen_until = VALUES(seen_until)
)sql";

// Also those whose instant lies farther ahead than anybody asks for: a clock has been put back.
constexpr std::string_view delete_workers_gone = R"sql(
  DELETE FROM workers WHERE seen_until <= ? OR seen_until > ?
)sql";

constexpr std::string_view count_workers = "SELECT count(*) FROM workers";

// Whoever asks for leases waits here for those who ask at the same time.
constexpr std::string_view lock_leases = R"sql(
  SELECT shard, worker, epoch, expires_at FROM shard_leases ORDER BY shard FOR UPDATE
)sql";

constexpr std::string_view update_lease = R"sql(
  UPDATE shard_leases SET worker = ?, epoch = ?, expires_at = ? WHERE shard = ?
)sql";

// Nobody takes the shard until the effect is committed.
constexpr std::string_view share_lease = R"sql(
  SELECT 1 FROM shard_leases
  WHERE shard = ? AND worker = ? AND epoch = ?
  LOCK IN SHARE MODE
)sql";

// ---- rungs --------------------------------------------------------------------------------------

constexpr std::string_view select_due_rungs = R"sql(
  SELECT case_id, clock, started_by, rung, visit, due_at
  FROM rungs FORCE INDEX (rungs_armed)
  WHERE jurisdiction = ? AND is_armed = 1 AND due_at <= ?
    AND instr(?, right(case_id, 1)) > 0
  ORDER BY due_at
  LIMIT ?
)sql";

constexpr std::string_view lock_armed_rung = R"sql(
  SELECT 1 FROM rungs
  WHERE case_id = ? AND clock = ? AND started_by = ? AND rung = ? AND is_armed = 1
  FOR UPDATE
)sql";

constexpr std::string_view update_rung_done = R"sql(
  UPDATE rungs SET done_at = ?, is_armed = 0
  WHERE case_id = ? AND clock = ? AND started_by = ? AND rung = ?
)sql";

constexpr std::string_view arm_next_rung = R"sql(
  UPDATE rungs SET is_armed = 1
  WHERE case_id = ? AND clock = ? AND started_by = ? AND done_at IS NULL
  ORDER BY due_at
  LIMIT 1
)sql";

constexpr std::string_view delete_rungs_of_case = R"sql(
  DELETE FROM rungs WHERE case_id = ? AND done_at IS NULL
)sql";

// The last of the cases that the next look takes in.
constexpr std::string_view select_end_of_look = R"sql(
  SELECT max(id), count(*) FROM (
    SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?) AS looked_at
)sql";

// Running clocks without exactly one armed rung, then armed rungs of clocks that do not run.
constexpr std::string_view select_stray_clocks = R"sql(
  WITH running AS (
    SELECT case_id, clock, started_by
    FROM clock_segments
    WHERE case_id > ? AND case_id <= ? AND superseded_at IS NULL
      AND stopped_at IS NULL AND suspended_at IS NULL AND due_at IS NOT NULL),
  armed AS (
    SELECT case_id, clock, started_by, count(*) AS rungs
    FROM rungs
    WHERE case_id > ? AND case_id <= ? AND is_armed = 1
    GROUP BY case_id, clock, started_by)
  SELECT r.case_id, r.clock, r.started_by, coalesce(a.rungs, 0), 1, (
    SELECT json_arrayagg(d.rung)
    FROM rungs AS d
    WHERE d.case_id = r.case_id AND d.clock = r.clock AND d.started_by = r.started_by
      AND d.done_at IS NOT NULL)
  FROM running AS r LEFT JOIN armed AS a USING (case_id, clock, started_by)
  WHERE coalesce(a.rungs, 0) <> 1
  UNION ALL
  SELECT a.case_id, a.clock, a.started_by, a.rungs, 0, ''
  FROM armed AS a LEFT JOIN running AS r USING (case_id, clock, started_by)
  WHERE r.case_id IS NULL
  ORDER BY 1, 2, 3
)sql";

constexpr std::string_view select_cases_due = R"sql(
  SELECT DISTINCT case_id
  FROM clock_segments
  WHERE case_id > ? AND case_id <= ? AND superseded_at IS NULL
    AND stopped_at IS NULL AND suspended_at IS NULL AND due_at >= ?
  ORDER BY case_id
)sql";

// ---- effects ------------------------------------------------------------------------------------

constexpr std::string_view select_outbox = R"sql(
  SELECT place, case_id, sequence, ordinal, kind, details, recorded_at
  FROM outbox FORCE INDEX (outbox_to_perform)
  WHERE to_perform = 1 AND place > ? AND jurisdiction = ?
    AND instr(?, right(case_id, 1)) > 0
  ORDER BY place
  LIMIT ?
)sql";

// Whether it is still to be done is judged by the statement that does it.
constexpr std::string_view update_effect_done = R"sql(
  UPDATE outbox SET done_at = ? WHERE place = ? AND done_at IS NULL
)sql";

// ---- notifications ------------------------------------------------------------------------------

inline constexpr ManyRows insert_notifications{
    R"sql(
  INSERT INTO notifications (
    jurisdiction, case_id, mark, address, code, params, created_at, by_mail)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?, ?, ?)", ", ", " ON DUPLICATE KEY UPDATE code = VALUES(code)"};

#define YIMEN_NOTIFICATION \
  "  SELECT n.place, n.case_id, n.mark, n.address, n.code, n.params, n.created_at, n.by_mail"

constexpr std::string_view select_notifications = YIMEN_NOTIFICATION R"sql(, s.seen_at
  FROM notifications AS n FORCE INDEX (notifications_by_address)
  LEFT JOIN notifications_seen AS s ON s.account = ? AND s.place = n.place
  WHERE n.jurisdiction = ? AND n.address = ? AND n.place < ?
    AND (? = 0 OR s.seen_at IS NULL)
  ORDER BY n.place DESC
  LIMIT ?
)sql";

constexpr std::string_view insert_notification_seen = R"sql(
  INSERT INTO notifications_seen (account, place, seen_at)
  SELECT ?, n.place, ?
  FROM notifications AS n
  WHERE n.place = ? AND n.jurisdiction = ? AND json_contains(?, json_quote(n.address))
  ON DUPLICATE KEY UPDATE account = VALUES(account)
)sql";

constexpr std::string_view select_notifications_to_mail = YIMEN_NOTIFICATION R"sql(, NULL
  FROM notifications AS n FORCE INDEX (notifications_to_mail)
  WHERE n.by_mail = 1 AND n.place > ? AND n.jurisdiction = ?
  ORDER BY n.place
  LIMIT ?
)sql";

#undef YIMEN_NOTIFICATION

constexpr std::string_view update_notification_mailed = R"sql(
  UPDATE notifications SET by_mail = 0 WHERE place = ?
)sql";

// ---- news ---------------------------------------------------------------------------------------

constexpr std::string_view select_unnumbered = R"sql(
  SELECT place FROM outbox FORCE INDEX (outbox_by_number) WHERE number IS NULL LIMIT 1
)sql";

constexpr std::string_view lock_outbox_counter = R"sql(
  SELECT value FROM counters WHERE name = 'outbox' FOR UPDATE
)sql";

// Of a great backlog a part at a time.
constexpr std::string_view number_outbox = R"sql(
  UPDATE outbox AS o
  JOIN (
    SELECT place, row_number() OVER (ORDER BY place) AS nth
    FROM (
      SELECT place FROM outbox FORCE INDEX (outbox_by_number)
      WHERE number IS NULL
      ORDER BY place
      LIMIT 10000) AS waiting) AS numbered ON numbered.place = o.place
  SET o.number = ? + numbered.nth
)sql";

constexpr std::string_view update_outbox_counter = R"sql(
  UPDATE counters SET value = ? WHERE name = 'outbox'
)sql";

constexpr std::string_view select_latest_entry = R"sql(
  SELECT number FROM outbox FORCE INDEX (outbox_by_number)
  WHERE number IS NOT NULL AND ordinal = 0 AND jurisdiction = ?
  ORDER BY number DESC
  LIMIT 1
)sql";

constexpr std::string_view select_entries_after = R"sql(
  SELECT o.number, o.case_id, o.sequence, c.revision,
    (SELECT json_arrayagg(u.unit) FROM case_units AS u WHERE u.case_id = o.case_id)
  FROM outbox AS o FORCE INDEX (outbox_by_number)
  JOIN cases AS c ON c.id = o.case_id
  WHERE o.number > ? AND o.ordinal = 0 AND o.jurisdiction = ?
  ORDER BY o.number
  LIMIT ?
)sql";

constexpr std::string_view select_latest_told = R"sql(
  SELECT coalesce(max(place), 0) FROM notifications
)sql";

constexpr std::string_view select_told_after = R"sql(
  SELECT place, address
  FROM notifications
  WHERE place > ? AND jurisdiction = ?
  ORDER BY place
  LIMIT ?
)sql";

}  // namespace yimen::persistence::mysql
