// The SQL texts of the workers and of what they tell people; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

// ---- leases -------------------------------------------------------------------------------------

// A file has one process: whoever held leases before it was opened holds none now.
constexpr std::string_view end_leases = R"sql(
  DELETE FROM workers;
  UPDATE shard_leases SET expires_at = 0;
)sql";

constexpr std::string_view upsert_worker = R"sql(
  INSERT INTO workers (id, seen_until) VALUES (:id, :seen_until)
  ON CONFLICT (id) DO UPDATE SET seen_until = excluded.seen_until
)sql";

// Also those whose instant lies farther ahead than anybody asks for: a clock has been put back.
constexpr std::string_view delete_workers_gone = R"sql(
  DELETE FROM workers WHERE seen_until <= :now OR seen_until > :farthest
)sql";

constexpr std::string_view count_workers = "SELECT count(*) FROM workers";

constexpr std::string_view select_leases = R"sql(
  SELECT shard, worker, epoch, expires_at FROM shard_leases ORDER BY shard
)sql";

constexpr std::string_view upsert_lease = R"sql(
  INSERT INTO shard_leases (shard, worker, epoch, expires_at)
  VALUES (:shard, :worker, :epoch, :expires_at)
  ON CONFLICT (shard) DO UPDATE
  SET worker = excluded.worker, epoch = excluded.epoch, expires_at = excluded.expires_at
)sql";

constexpr std::string_view select_lease = R"sql(
  SELECT 1 FROM shard_leases WHERE shard = :shard AND worker = :worker AND epoch = :epoch
)sql";

// ---- rungs --------------------------------------------------------------------------------------

constexpr std::string_view select_due_rungs = R"sql(
  SELECT case_id, clock, started_by, rung, visit, due_at
  FROM rungs
  WHERE jurisdiction = :jurisdiction AND is_armed = 1 AND due_at <= :now
    AND instr(:shards, substr(case_id, -1)) > 0
  ORDER BY due_at
  LIMIT :limit
)sql";

constexpr std::string_view select_armed_rung = R"sql(
  SELECT 1 FROM rungs
  WHERE case_id = :case_id AND clock = :clock AND started_by = :started_by AND rung = :rung
    AND is_armed = 1
)sql";

constexpr std::string_view update_rung_done = R"sql(
  UPDATE rungs SET done_at = :done_at, is_armed = 0
  WHERE case_id = :case_id AND clock = :clock AND started_by = :started_by AND rung = :rung
)sql";

constexpr std::string_view arm_next_rung = R"sql(
  UPDATE rungs SET is_armed = 1
  WHERE case_id = :case_id AND clock = :clock AND started_by = :started_by
    AND rung = (
      SELECT rung FROM rungs
      WHERE case_id = :case_id AND clock = :clock AND started_by = :started_by
        AND done_at IS NULL
      ORDER BY due_at
      LIMIT 1)
)sql";

constexpr std::string_view delete_rungs_of_case = R"sql(
  DELETE FROM rungs WHERE case_id = :case_id AND done_at IS NULL
)sql";

// The last of the cases that the next look takes in.
constexpr std::string_view select_end_of_look = R"sql(
  SELECT max(id), count(*) FROM (
    SELECT id FROM cases WHERE id > :after ORDER BY id LIMIT :limit)
)sql";

// Running clocks without exactly one armed rung, then armed rungs of clocks that do not run.
constexpr std::string_view select_stray_clocks = R"sql(
  WITH running AS (
    SELECT case_id, clock, started_by
    FROM clock_segments
    WHERE case_id > :after AND case_id <= :last AND superseded_at IS NULL
      AND stopped_at IS NULL AND suspended_at IS NULL AND due_at IS NOT NULL),
  armed AS (
    SELECT case_id, clock, started_by, count(*) AS count
    FROM rungs
    WHERE case_id > :after AND case_id <= :last AND is_armed = 1
    GROUP BY case_id, clock, started_by)
  SELECT r.case_id, r.clock, r.started_by, coalesce(a.count, 0), 1, (
    SELECT json_group_array(d.rung)
    FROM rungs AS d
    WHERE d.case_id = r.case_id AND d.clock = r.clock AND d.started_by = r.started_by
      AND d.done_at IS NOT NULL)
  FROM running AS r LEFT JOIN armed AS a USING (case_id, clock, started_by)
  WHERE coalesce(a.count, 0) <> 1
  UNION ALL
  SELECT a.case_id, a.clock, a.started_by, a.count, 0, ''
  FROM armed AS a LEFT JOIN running AS r USING (case_id, clock, started_by)
  WHERE r.case_id IS NULL
  ORDER BY 1, 2, 3
)sql";

constexpr std::string_view select_cases_due = R"sql(
  SELECT DISTINCT case_id
  FROM clock_segments
  WHERE case_id > :after AND case_id <= :last AND superseded_at IS NULL
    AND stopped_at IS NULL AND suspended_at IS NULL AND due_at >= :from
  ORDER BY case_id
)sql";

// ---- effects ------------------------------------------------------------------------------------

constexpr std::string_view select_outbox = R"sql(
  SELECT place, case_id, sequence, ordinal, kind, details, recorded_at
  FROM outbox INDEXED BY outbox_to_perform
  WHERE done_at IS NULL AND ordinal > 0 AND place > :after AND jurisdiction = :jurisdiction
    AND instr(:shards, substr(case_id, -1)) > 0
  ORDER BY place
  LIMIT :limit
)sql";

constexpr std::string_view select_effect_to_do = R"sql(
  SELECT 1 FROM outbox WHERE place = :place AND done_at IS NULL
)sql";

constexpr std::string_view update_effect_done = R"sql(
  UPDATE outbox SET done_at = :done_at WHERE place = :place
)sql";

// ---- notifications ------------------------------------------------------------------------------

constexpr std::string_view insert_notification = R"sql(
  INSERT INTO notifications (
    jurisdiction, case_id, mark, address, code, params, created_at, by_mail)
  VALUES (
    :jurisdiction, :case_id, :mark, :address, :code, :params, :created_at, :by_mail)
  ON CONFLICT (case_id, mark, address) DO NOTHING
)sql";

#define YIMEN_NOTIFICATION \
  "  SELECT n.place, n.case_id, n.mark, n.address, n.code, n.params, n.created_at, n.by_mail"

constexpr std::string_view select_notifications = YIMEN_NOTIFICATION R"sql(, s.seen_at
  FROM notifications AS n
  LEFT JOIN notifications_seen AS s ON s.account = :account AND s.place = n.place
  WHERE n.jurisdiction = :jurisdiction AND n.address = :address AND n.place < :before
    AND (:unseen_only = 0 OR s.seen_at IS NULL)
  ORDER BY n.place DESC
  LIMIT :limit
)sql";

constexpr std::string_view insert_notification_seen = R"sql(
  INSERT INTO notifications_seen (account, place, seen_at)
  SELECT :account, place, :seen_at
  FROM notifications
  WHERE place = :place AND jurisdiction = :jurisdiction
    AND address IN (SELECT value FROM json_each(:addresses))
  ON CONFLICT (account, place) DO NOTHING
)sql";

constexpr std::string_view select_notifications_to_mail = YIMEN_NOTIFICATION R"sql(, NULL
  FROM notifications AS n INDEXED BY notifications_to_mail
  WHERE n.by_mail = 1 AND n.place > :after AND n.jurisdiction = :jurisdiction
  ORDER BY n.place
  LIMIT :limit
)sql";

#undef YIMEN_NOTIFICATION

constexpr std::string_view update_notification_mailed = R"sql(
  UPDATE notifications SET by_mail = 0 WHERE place = :place
)sql";

// ---- news ---------------------------------------------------------------------------------------

constexpr std::string_view select_latest_entry = R"sql(
  SELECT place FROM outbox
  WHERE ordinal = 0 AND jurisdiction = :jurisdiction
  ORDER BY place DESC
  LIMIT 1
)sql";

constexpr std::string_view select_entries_after = R"sql(
  SELECT o.place, o.case_id, o.sequence, c.revision, json_extract(d.document, '$.units')
  FROM outbox AS o
  JOIN cases AS c ON c.id = o.case_id
  JOIN case_documents AS d ON d.case_id = o.case_id
  WHERE o.place > :after AND o.ordinal = 0 AND o.jurisdiction = :jurisdiction
  ORDER BY o.place
  LIMIT :limit
)sql";

constexpr std::string_view select_latest_told = R"sql(
  SELECT coalesce(max(place), 0) FROM notifications
)sql";

constexpr std::string_view select_told_after = R"sql(
  SELECT place, address
  FROM notifications
  WHERE place > :after AND jurisdiction = :jurisdiction
  ORDER BY place
  LIMIT :limit
)sql";

}  // namespace yimen::persistence::sqlite
