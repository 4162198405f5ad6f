#include "persistence/mysql/deadline_store.hpp"

#include <algorithm>
#include <limits>

#include "persistence/leases.hpp"
#include "persistence/mysql/deadline_queries.hpp"
#include "persistence/row_readers.hpp"
#include "persistence/row_texts.hpp"

namespace yimen::persistence::mysql {

namespace {

using workflow::Instant;

std::vector<ShardRow> locked_shards(Connection& connection) {
  std::vector<ShardRow> shards;
  Rows rows = connection.prepared(lock_leases).query({});
  while (rows.next()) {
    shards.push_back({{static_cast<int>(rows.integer(0)), rows.text(1), rows.integer(2)},
                      rows.instant(3)});
  }
  return shards;
}

std::int64_t workers_seen(Connection& connection) {
  Rows rows = connection.prepared(count_workers).query({});
  return rows.next() ? rows.integer(0) : 0;
}

OutboxRow outbox_row_in(const Rows& rows) {
  return {rows.integer(0), rows.text(1), rows.integer(2), rows.integer(3),
          rows.text(4),    rows.text(5), rows.instant(6)};
}

// Why an effect that names the lease may not be written; nothing while the lease holds.
std::optional<StoreError> why_fenced(Connection& connection, const Lease& lease) {
  Rows rows = connection.prepared(share_lease)
                  .query({std::int64_t{lease.shard}, lease.worker, lease.epoch});
  if (rows.next()) return std::nullopt;
  return StoreError{StoreErrorKind::lease_lost, "the shard is in other hands", {}};
}

// The last of the cases that a look takes in, empty where there are no more; `next` is it too,
// where the look has to go on.
std::string end_of_look(Connection& connection, const std::string& after, int limit,
                        std::string& next) {
  Rows rows = connection.prepared(select_end_of_look).query({after, std::int64_t{limit}});
  if (!rows.next() || rows.integer(1) == 0) return {};
  if (rows.integer(1) == limit) next = rows.text(0);
  return rows.text(0);
}

}  // namespace

std::optional<StoreError> why_not_marked(Connection& connection, const RungMark& mark) {
  if (auto fenced = why_fenced(connection, mark.lease)) return fenced;
  const RungKey& rung = mark.rung;
  Rows rows = connection.prepared(lock_armed_rung)
                  .query({rung.case_id, rung.clock, rung.started_by, rung.rung});
  if (rows.next()) return std::nullopt;
  return StoreError{StoreErrorKind::repeated, "the rung is not armed", {}};
}

void mark_done(Connection& connection, const RungKey& rung, Instant done_at) {
  connection.prepared(update_rung_done)
      .execute({parameter(done_at), rung.case_id, rung.clock, rung.started_by, rung.rung});
  connection.prepared(arm_next_rung).execute({rung.case_id, rung.clock, rung.started_by});
}

void tell(Connection& connection, const std::string& jurisdiction,
          const std::vector<Notification>& notifications) {
  RowValues rows(8);
  for (const Notification& row : notifications) {
    rows.add({jurisdiction, row.case_id, row.mark, row.address, row.code, row.params,
              parameter(row.created_at), parameter(row.by_mail)});
  }
  connection.write(insert_notifications, rows);
}

// ---- deadlines ----------------------------------------------------------------------------------

Result<std::vector<Lease>, StoreError> MysqlDeadlineStore::hold_shards(const std::string& worker,
                                                                       Instant now,
                                                                       Instant until) {
  std::vector<Lease> held;
  const auto hold = [&](Connection& connection) -> Result<void, StoreError> {
    const std::vector<ShardRow> shards = locked_shards(connection);
    connection.prepared(upsert_worker).execute({worker, parameter(until)});
    connection.prepared(delete_workers_gone)
        .execute({parameter(now), parameter(farthest(now, until))});
    Sharing sharing = share_out(shards, worker, workers_seen(connection), now, until);
    for (const ShardRow& row : sharing.changes) {
      connection.prepared(update_lease)
          .execute({row.lease.worker, row.lease.epoch, parameter(row.expires_at),
                    std::int64_t{row.lease.shard}});
    }
    held = std::move(sharing.held);
    return {};
  };
  const auto done = context_.transactions.run_repeatable(hold);
  if (!done) return refuse(done.error());
  return held;
}

Result<std::vector<DueRung>, StoreError> MysqlDeadlineStore::due_rungs(
    const std::vector<Lease>& leases, Instant now, int limit) {
  const std::string digits = digits_of(leases);
  return all_rows(context_, select_due_rungs,
                  {context_.jurisdiction, parameter(now), digits, std::int64_t{limit}},
                  due_rung_in<Rows>);
}

// Whether a commit in doubt took place is not asked: the rungs that are still armed, or are not,
// will tell the next sweep.
Result<std::vector<RungEnd>, StoreError> MysqlDeadlineStore::finish_rungs(
    const std::vector<FinishedRung>& rungs, Instant done_at) {
  std::vector<RungEnd> ends;
  const auto finish = [&](Connection& connection) -> Result<void, StoreError> {
    ends.clear();
    std::vector<Notification> told;
    for (const FinishedRung& rung : rungs) {
      const auto why = why_not_marked(connection, rung.mark);
      ends.push_back(rung_end_of(why));
      if (why) continue;
      mark_done(connection, rung.mark.rung, done_at);
      told.insert(told.end(), rung.notifications.begin(), rung.notifications.end());
    }
    tell(connection, context_.jurisdiction, told);
    return {};
  };
  const auto done = context_.transactions.run(finish);
  if (!done) return refuse(done.error());
  return ends;
}

Result<StrayClocks, StoreError> MysqlDeadlineStore::stray_clocks(const std::string& after,
                                                                 int limit) {
  StrayClocks strays;
  const auto read = context_.transactions.read([&](Connection& connection) {
    strays = {};
    const std::string last = end_of_look(connection, after, limit, strays.next);
    if (last.empty()) return;
    Rows rows = connection.prepared(select_stray_clocks).query({after, last, after, last});
    while (rows.next()) {
      strays.found.push_back({rows.text(0), rows.text(1), rows.integer(2), rows.integer(3),
                              rows.integer(4) != 0, names_in(rows.text(5))});
    }
  });
  if (!read) return refuse(read.error());
  return strays;
}

Result<CasesDue, StoreError> MysqlDeadlineStore::cases_due(Instant from, const std::string& after,
                                                           int limit) {
  CasesDue found;
  const auto read = context_.transactions.read([&](Connection& connection) {
    found = {};
    const std::string last = end_of_look(connection, after, limit, found.next);
    if (last.empty()) return;
    Rows rows = connection.prepared(select_cases_due).query({after, last, parameter(from)});
    while (rows.next()) found.ids.push_back(rows.text(0));
  });
  if (!read) return refuse(read.error());
  return found;
}

Result<std::vector<OutboxRow>, StoreError> MysqlDeadlineStore::outbox(
    const std::vector<Lease>& leases, std::int64_t after, int limit) {
  const std::string digits = digits_of(leases);
  return all_rows(context_, select_outbox,
                  {after, context_.jurisdiction, digits, std::int64_t{limit}}, outbox_row_in);
}

Result<void, StoreError> MysqlDeadlineStore::finish_effect(
    const OutboxRow& row, const Lease& lease, Instant done_at,
    const std::vector<Notification>& notifications) {
  return context_.transactions.run([&](Connection& connection) -> Result<void, StoreError> {
    if (auto fenced = why_fenced(connection, lease)) return refuse(std::move(*fenced));
    if (connection.prepared(update_effect_done).execute({parameter(done_at), row.place}) == 0) {
      return refuse(StoreError{StoreErrorKind::repeated, "the effect is done", {}});
    }
    tell(connection, context_.jurisdiction, notifications);
    return {};
  });
}

// ---- notifications ------------------------------------------------------------------------------

Result<std::vector<Notification>, StoreError> MysqlNotificationStore::notifications(
    const NotificationQuery& query) {
  std::vector<Notification> found;
  const std::int64_t before =
      query.before > 0 ? query.before : std::numeric_limits<std::int64_t>::max();
  const auto read = context_.transactions.read([&](Connection& connection) {
    found.clear();
    for (const std::string& address : query.addresses) {
      Rows rows = connection.prepared(select_notifications)
                      .query({query.account, context_.jurisdiction, address, before,
                              parameter(query.unseen_only), std::int64_t{query.limit}});
      while (rows.next()) found.push_back(notification_in(rows));
    }
  });
  if (!read) return refuse(read.error());
  std::ranges::sort(found, std::ranges::greater{}, &Notification::place);
  if (found.size() > static_cast<std::size_t>(query.limit)) {
    found.resize(static_cast<std::size_t>(query.limit));
  }
  return found;
}

Result<void, StoreError> MysqlNotificationStore::mark_seen(
    const std::string& account, const std::vector<std::string>& addresses,
    const std::vector<std::int64_t>& places, Instant seen_at) {
  const std::string known = *list_of(addresses);
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        for (const std::int64_t place : places) {
          connection.prepared(insert_notification_seen)
              .execute({account, parameter(seen_at), place, context_.jurisdiction, known});
        }
        return {};
      });
}

Result<std::vector<Notification>, StoreError> MysqlNotificationStore::to_mail(std::int64_t after,
                                                                              int limit) {
  return all_rows(context_, select_notifications_to_mail,
                  {after, context_.jurisdiction, std::int64_t{limit}}, notification_in<Rows>);
}

Result<void, StoreError> MysqlNotificationStore::mailed(const std::vector<std::int64_t>& places) {
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        for (const std::int64_t place : places) {
          connection.prepared(update_notification_mailed).execute({place});
        }
        return {};
      });
}

}  // namespace yimen::persistence::mysql
