#include "api/workers/deadlines.hpp"

#include <algorithm>

#include "api/log.hpp"
#include "api/side_by_side.hpp"
#include "api/workers/system_actor.hpp"

namespace yimen::api {

namespace {

using persistence::DueRung;
using persistence::FinishedRung;
using persistence::Lease;
using persistence::RungEnd;
using persistence::RungKey;
using persistence::RungMark;
using persistence::StoreErrorKind;
using workflow::Instant;

constexpr int batch_size = 1'024;
constexpr std::size_t hands = 64;                // as many as share a commit
constexpr std::size_t finished_together = 256;   // a transaction holds up the others' for a moment

// Names the rung within its case, for what it tells.
std::string mark_of(const RungKey& rung) {
  return rung.clock + ":" + std::to_string(rung.started_by) + ":" + rung.rung;
}

std::string name_of(const RungKey& rung) { return rung.case_id + ":" + mark_of(rung); }

}  // namespace

Turn Deadlines::act(const std::vector<Lease>& leases) {
  Turn turn;
  const Instant now = hand_.clock.now();
  const Instant real_now = hand_.real_clock.now();
  const int limit = batch_size + aside_.size();
  const auto due = hand_.database.deadlines().due_rungs(leases, now, limit);
  if (!due) {
    log(LogLevel::warning, "rungs_not_read", {{"why", due.error().detail}});
    return turn;
  }
  turn.more = due->size() == static_cast<std::size_t>(limit);
  std::vector<Work> batch;
  for (const DueRung& rung : *due) {
    const Lease* lease = lease_of(leases, rung.key.case_id);
    if (lease == nullptr || aside_.holds(name_of(rung.key), real_now)) continue;
    batch.push_back({rung, *lease});
  }
  if (batch.empty()) return turn;
  const auto lag = std::max(now - batch.front().due.due_at, std::chrono::milliseconds(0));
  hand_.counts.lag_milliseconds = static_cast<std::uint64_t>(lag.count());
  side_by_side(batch.size(), [&](std::size_t place) { settle(batch[place], now); }, hands);
  finish(batch, now);
  for (const Work& work : batch) {
    count(work.end);
    turn.lease_lost = turn.lease_lost || work.end == End::lease_lost;
    if (work.end == End::failed) {
      aside_.put(name_of(work.due.key), real_now);
    } else if (work.end != End::lease_lost) {
      ++turn.done;
    }
  }
  return turn;
}

void Deadlines::settle(Work& work, Instant now) {
  const auto loaded = hand_.database.cases().load(work.due.key.case_id);
  if (!loaded) return;
  const Rulebook& rulebook = hand_.service.rulebook();
  const auto* edition = rulebook.edition(loaded->subject.edition);
  if (edition == nullptr) {
    log(LogLevel::error, "edition_not_loaded", {{"case", work.due.key.case_id}});
    return;
  }
  const auto act = act_of(work.due.key, loaded->subject, *edition, rulebook);
  if (!act) {
    work.end = End::overtaken;
  } else {
    work.end = act->event.empty() ? End::told : take(work, *loaded, *act, now);
  }
  const bool is_left = work.end == End::overtaken || work.end == End::told ||
                       work.end == End::refused;
  if (!is_left) return;
  work.left = FinishedRung{{work.due.key, work.lease}, {}};
  if (act) work.left->notifications = told_of(work, act->instead, now);
}

Deadlines::End Deadlines::take(const Work& work, const persistence::LoadedCase& loaded,
                               const RungAct& act, Instant now) {
  Submission submission;
  submission.kind = act.kind;
  submission.case_id = work.due.key.case_id;
  submission.event = act.event;
  submission.data = act.data;
  submission.known = &loaded;
  submission.rung = RungMark{work.due.key, work.lease};
  submission.not_before = work.due.due_at;
  submission.notifications = told_of(work, act.after_event, now);
  const auto taken = hand_.service.submit(system_actor(), submission);
  if (taken) return End::taken;
  const ServiceFailure& failure = taken.error();
  if (failure.kind == ServiceFailureKind::refused) return End::refused;
  if (failure.kind == ServiceFailureKind::store) {
    if (failure.store.kind == StoreErrorKind::repeated) return End::repeated;
    if (failure.store.kind == StoreErrorKind::lease_lost) return End::lease_lost;
  }
  log(LogLevel::warning, "rung_not_taken",
      {{"case", work.due.key.case_id}, {"event", act.event}, {"why", failure.store.detail}});
  return End::failed;
}

// In the order of cases, which is the order of locks.
void Deadlines::finish(std::vector<Work>& batch, Instant now) {
  std::vector<Work*> left;
  for (Work& work : batch) {
    if (work.left) left.push_back(&work);
  }
  std::ranges::sort(left, {}, [](const Work* work) { return work->due.key.case_id; });
  for (std::size_t first = 0; first < left.size(); first += finished_together) {
    const auto begin = left.begin() + static_cast<std::ptrdiff_t>(first);
    const std::size_t count = std::min(finished_together, left.size() - first);
    finish_together({begin, begin + static_cast<std::ptrdiff_t>(count)}, now);
  }
}

void Deadlines::finish_together(const std::vector<Work*>& batch, Instant now) {
  std::vector<FinishedRung> rungs;
  for (Work* work : batch) rungs.push_back(std::move(*work->left));
  const auto ends = hand_.database.deadlines().finish_rungs(rungs, now);
  if (!ends) {
    log(LogLevel::warning, "rungs_not_finished", {{"why", ends.error().detail}});
    for (Work* work : batch) work->end = End::failed;
    return;
  }
  for (std::size_t place = 0; place < batch.size(); ++place) {
    switch ((*ends)[place]) {
      case RungEnd::done: break;
      case RungEnd::repeated: batch[place]->end = End::repeated; break;
      case RungEnd::lease_lost: batch[place]->end = End::lease_lost; break;
    }
  }
}

std::vector<persistence::Notification> Deadlines::told_of(const Work& work, const Word& word,
                                                          Instant now) const {
  return notifications_of(word, work.due.key.case_id, mark_of(work.due.key), now, hand_.mail);
}

void Deadlines::count(End end) {
  WorkerCounts& counts = hand_.counts;
  switch (end) {
    case End::told: ++counts.rungs_told; break;
    case End::taken: ++counts.rungs_taken; break;
    case End::refused: ++counts.rungs_refused; break;
    case End::overtaken:
    case End::repeated: ++counts.rungs_overtaken; break;
    case End::failed: ++counts.failed; break;
    case End::lease_lost: ++counts.leases_lost; break;
  }
}

}  // namespace yimen::api
