// The contract of every store for what its workers do: rungs of ladders that are due, effects of
// entries that are to be performed, and what people are told of either. Each case belongs to a
// shard; who holds the shard's lease has its rungs and effects in one hand, and every effect names
// the lease that it was begun under, so that a hand that was paused comes too late and changes
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/store_error.hpp"
#include "workflow/time.hpp"

namespace yimen::persistence {

constexpr int shard_count = 16;

// By the last hexadecimal digit of the case's identifier, which is random.
[[nodiscard]] constexpr int shard_of(std::string_view case_id) {
  const char digit = case_id.empty() ? '0' : case_id.back();
  return digit <= '9' ? digit - '0' : (digit - 'a' + 10) % shard_count;
}

// `epoch` grows with every change of hands.
struct Lease {
  int shard = 0;
  std::string worker;
  std::int64_t epoch = 0;
  bool operator==(const Lease&) const = default;
};

// A rung of one start of a clock: it acts once, however often the clock is suspended.
struct RungKey {
  std::string case_id;
  std::string clock;
  std::int64_t started_by = 0;
  std::string rung;
  bool operator==(const RungKey&) const = default;
};

struct DueRung {
  RungKey key;
  int visit = 0;
  workflow::Instant due_at;
  bool operator==(const DueRung&) const = default;
};

// That what is written is the effect of a rung. It is refused with `lease_lost` once the lease has
// passed on, and with `repeated` unless the rung is still armed. Then the next rung is armed.
struct RungMark {
  RungKey rung;
  Lease lease;
};

// What became of a rung that was to be finished.
enum class RungEnd { done, repeated, lease_lost };

// What somebody is told, in the application and, where it is configured, by mail. `address` is
// `@UNIT` for everybody there, `POST@UNIT`, or a person's identifier. No personal data.
struct Notification {
  std::int64_t place = 0;  // names it and orders all; given by the store
  std::string case_id;
  std::string mark;  // what it tells of; the same told again to the same address is not kept
  std::string address;
  std::string code;    // of the text
  std::string params;  // of the text, as one JSON object
  workflow::Instant created_at;
  std::optional<workflow::Instant> seen_at{};  // by the account that asked
  bool by_mail = false;                        // too
  bool operator==(const Notification&) const = default;
};

// A rung that has acted by telling, or by nothing at all.
struct FinishedRung {
  RungMark mark;
  std::vector<Notification> notifications;
};

// An effect of an entry, as `decide` named it.
struct OutboxRow {
  std::int64_t place = 0;  // names it; grows in the order of commits
  std::string case_id;
  std::int64_t sequence = 0;
  std::int64_t ordinal = 0;
  std::string kind;
  std::string details;  // one JSON value
  workflow::Instant recorded_at;
  bool operator==(const OutboxRow&) const = default;
};

// A clock that should have one armed rung and has none or several, or that has one and should not.
struct StrayClock {
  std::string case_id;
  std::string clock;
  std::int64_t started_by = 0;
  std::int64_t armed = 0;
  bool is_running = false;  // and has a limit and is not suspended
  std::vector<std::string> acted;  // its rungs that have, in no order
  bool operator==(const StrayClock&) const = default;
};

struct StrayClocks {
  std::vector<StrayClock> found;
  std::string next;  // where to go on; empty when all cases have been looked at
};

// Of the cases that were looked at.
struct CasesDue {
  std::vector<std::string> ids;
  std::string next;  // where to go on; empty when all cases have been looked at
};

class DeadlineStore {
 public:
  virtual ~DeadlineStore() = default;

  // Renews the worker's leases until `until` and answers those that it has now. Shards that nobody
  // holds are taken, so that all workers seen have about the same number; what is too many is let
  // go. `worker` names one run of one process. Instants are the real ones, also on a sample.
  [[nodiscard]] virtual Result<std::vector<Lease>, StoreError> hold_shards(
      const std::string& worker, workflow::Instant now, workflow::Instant until) = 0;

  // Armed rungs of the leases' shards that are due at `now`, by due time. The cost depends on what
  // is due, not on what is open.
  [[nodiscard]] virtual Result<std::vector<DueRung>, StoreError> due_rungs(
      const std::vector<Lease>& leases, workflow::Instant now, int limit) = 0;
  // All in one transaction; what became of each, in their order. One that acts through the door is
  // marked by CommitRequest::rung instead. Give them in the order of their cases.
  [[nodiscard]] virtual Result<std::vector<RungEnd>, StoreError> finish_rungs(
      const std::vector<FinishedRung>& rungs, workflow::Instant done_at) = 0;
  // Looks at `limit` cases after `after`. A clock whose ladder has come to its end is among them.
  [[nodiscard]] virtual Result<StrayClocks, StoreError> stray_clocks(const std::string& after,
                                                                     int limit) = 0;

  // Looks at `limit` cases after `after`: those with a clock that runs, is not suspended and is due
  // at `from` or later.
  [[nodiscard]] virtual Result<CasesDue, StoreError> cases_due(workflow::Instant from,
                                                               const std::string& after,
                                                               int limit) = 0;

  // Effects of the leases' shards that are not done, after `after`, in the order of commits.
  [[nodiscard]] virtual Result<std::vector<OutboxRow>, StoreError> outbox(
      const std::vector<Lease>& leases, std::int64_t after, int limit) = 0;
  // `lease_lost`, or `repeated` for an effect that is done.
  [[nodiscard]] virtual Result<void, StoreError> finish_effect(
      const OutboxRow& row, const Lease& lease, workflow::Instant done_at,
      const std::vector<Notification>& notifications) = 0;
};

struct NotificationQuery {
  std::vector<std::string> addresses;
  std::string account;      // whose `seen_at` counts
  bool unseen_only = false;
  std::int64_t before = 0;  // only places before it; 0 for the newest
  int limit = 50;
};

class NotificationStore {
 public:
  virtual ~NotificationStore() = default;
  // The newest first.
  [[nodiscard]] virtual Result<std::vector<Notification>, StoreError> notifications(
      const NotificationQuery& query) = 0;
  // Those of the addresses only; what was seen before stays as it was.
  [[nodiscard]] virtual Result<void, StoreError> mark_seen(
      const std::string& account, const std::vector<std::string>& addresses,
      const std::vector<std::int64_t>& places, workflow::Instant seen_at) = 0;
  // Not yet handed to the mail server, after `after`, the oldest first.
  [[nodiscard]] virtual Result<std::vector<Notification>, StoreError> to_mail(std::int64_t after,
                                                                              int limit) = 0;
  [[nodiscard]] virtual Result<void, StoreError> mailed(
      const std::vector<std::int64_t>& places) = 0;
};

}  // namespace yimen::persistence
