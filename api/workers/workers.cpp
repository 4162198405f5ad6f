#include "api/workers/workers.hpp"

#include "api/log.hpp"

namespace yimen::api {

namespace {

using workflow::Instant;

constexpr std::chrono::milliseconds pause{500};  // between looks at what is due
constexpr std::chrono::seconds lease_time{30};
constexpr std::chrono::seconds renewed_after{10};
constexpr std::chrono::hours between_reconciliations{1};

}  // namespace

Workers::Workers(persistence::Database& database, CaseService& service, const Clock& clock,
                 const Clock& real_clock, IdSource& ids, const Mail* mail)
    : hand_{database, service, clock, real_clock, mail, counts_},
      name_(ids.uuid(real_clock.now())),
      deadlines_(hand_),
      effects_(hand_),
      reconciler_(hand_),
      reprojection_(hand_) {
  service.when_effects([this] { wake(); });
}

void Workers::start() {
  pacer_.start(pause, [this] { return work(); });
}

bool Workers::holds(const std::string& case_id) {
  const std::lock_guard turn_lock(turns_);
  return lease_of(leases_, case_id) != nullptr;
}

void Workers::sweep() {
  const std::lock_guard turn_lock(turns_);
  while (turn().done > 0) {
  }
}

void Workers::reconcile() {
  const std::lock_guard turn_lock(turns_);
  if (!has_leases()) return;
  while (!reconciler_.look(leases_)) {
  }
}

bool Workers::work() {
  try {
    const std::lock_guard turn_lock(turns_);
    if (turn().more) return true;
    const Instant now = hand_.real_clock.now();
    reconciles_ = reconciles_ || now - reconciled_at_ >= between_reconciliations ||
                  now < reconciled_at_;
    if (!reconciles_ || leases_.empty()) return false;
    reconciles_ = !reconciler_.look(leases_);
    reconciled_at_ = now;
    return reconciles_;
  } catch (const std::exception& error) {
    log(LogLevel::error, "worker_failed", {{"what", error.what()}});
    return false;
  }
}

Turn Workers::turn() {
  ++counts_.turns;
  // What fails here is tried again by the next turn.
  (void)take_up_calendar(hand_.database, hand_.service.rulebook().calendar_in_force());
  if (!has_leases()) return {};
  const Turn rungs = deadlines_.act(leases_);
  const Turn effects = effects_.perform(leases_);
  const Turn dates = reprojection_.look(leases_);
  if (rungs.lease_lost || effects.lease_lost) renew_at_ = {};
  const std::size_t done = rungs.done + effects.done + dates.done;
  return {done, rungs.more || effects.more || dates.more || done > 0, false};
}

// Renews them in good time; also once the clock has been put back or forward.
bool Workers::has_leases() {
  const Instant now = hand_.real_clock.now();
  const bool are_fresh = now < renew_at_ && renew_at_ <= now + renewed_after;
  if (are_fresh) return !leases_.empty();
  auto held = hand_.database.deadlines().hold_shards(name_, now, now + lease_time);
  if (!held) {
    log(LogLevel::warning, "no_leases", {{"why", held.error().detail}});
    leases_.clear();
  } else {
    leases_ = std::move(*held);
    renew_at_ = now + renewed_after;
  }
  counts_.shards = leases_.size();
  return !leases_.empty();
}

}  // namespace yimen::api
