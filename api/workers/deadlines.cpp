#include "api/workers/deadlines.hpp"

#include <algorithm>

#include "api/log.hpp"
#include "api/side_by_side.hpp"
#include "api/workers/system_actor.hpp"

namespace yimen::api {

namespace {

using persistence::DueRung;
using persistence::Lease;
using persistence::RungKey;
using persistence::RungMark;
using persistence::StoreErrorKind;
using workflow::Array;
using workflow::Instant;
using workflow::Object;

constexpr int batch_size = 256;

// Names the rung within its case, for what it tells.
std::string mark_of(const RungKey& rung) {
  return rung.clock + ":" + std::to_string(rung.started_by) + ":" + rung.rung;
}

std::string name_of(const RungKey& rung) { return rung.case_id + ":" + mark_of(rung); }

workflow::Effect effect_of(const Word& word) {
  return {"notify", Object{{"code", word.code},
                           {"params", word.params},
                           {"addresses", Array(word.addresses.begin(), word.addresses.end())}}};
}

}  // namespace

Turn Deadlines::act(const std::vector<Lease>& leases) {
  Turn turn;
  const Instant now = hand_.clock.now();
  const Instant real_now = hand_.real_clock.now();
  const int limit = batch_size + aside_.size();
  auto due = hand_.database.deadlines().due_rungs(leases, now, limit);
  if (!due) {
    log(LogLevel::warning, "rungs_not_read", {{"why", due.error().detail}});
    return turn;
  }
  turn.more = due->size() == static_cast<std::size_t>(limit);
  std::erase_if(*due, [&](const DueRung& rung) {
    return aside_.holds(name_of(rung.key), real_now) || !lease_of(leases, rung.key.case_id);
  });
  if (due->empty()) return turn;
  const auto lag = std::max(now - due->front().due_at, std::chrono::milliseconds(0));
  hand_.counts.lag_milliseconds = static_cast<std::uint64_t>(lag.count());
  std::vector<End> ends(due->size(), End::failed);
  side_by_side(due->size(), [&](std::size_t place) {
    const DueRung& rung = (*due)[place];
    ends[place] = settle(rung, *lease_of(leases, rung.key.case_id), now);
  });
  for (std::size_t place = 0; place < ends.size(); ++place) {
    count(ends[place]);
    turn.lease_lost = turn.lease_lost || ends[place] == End::lease_lost;
    if (ends[place] == End::failed) {
      aside_.put(name_of((*due)[place].key), real_now);
    } else if (ends[place] != End::lease_lost) {
      ++turn.done;
    }
  }
  return turn;
}

Deadlines::End Deadlines::settle(const DueRung& due, const Lease& lease, Instant now) {
  const RungMark mark{due.key, lease};
  const auto loaded = hand_.database.cases().load(due.key.case_id);
  if (!loaded) return End::failed;
  const Rulebook& rulebook = hand_.service.rulebook();
  const auto* edition = rulebook.edition(loaded->subject.edition);
  if (edition == nullptr) {
    log(LogLevel::error, "edition_not_loaded", {{"case", due.key.case_id}});
    return End::failed;
  }
  const auto act = act_of(due.key, loaded->subject, *edition, rulebook);
  if (!act) return finish(mark, {}, End::overtaken, now);
  if (act->event.empty()) return finish(mark, act->instead, End::told, now);
  return take(due, mark, *act, now);
}

Deadlines::End Deadlines::take(const DueRung& due, const RungMark& mark, const RungAct& act,
                               Instant now) {
  Submission submission;
  submission.kind = act.kind;
  submission.case_id = due.key.case_id;
  submission.event = act.event;
  submission.data = act.data;
  submission.rung = mark;
  submission.not_before = due.due_at;
  submission.effects = {effect_of(act.after_event)};
  const auto taken = hand_.service.submit(system_actor(), submission);
  if (taken) return End::taken;
  const ServiceFailure& failure = taken.error();
  if (failure.kind == ServiceFailureKind::refused) {
    return finish(mark, act.instead, End::refused, now);
  }
  if (failure.kind == ServiceFailureKind::store) {
    if (failure.store.kind == StoreErrorKind::repeated) return End::overtaken;
    if (failure.store.kind == StoreErrorKind::lease_lost) return End::lease_lost;
  }
  log(LogLevel::warning, "rung_not_taken",
      {{"case", due.key.case_id}, {"event", act.event}, {"why", failure.store.detail}});
  return End::failed;
}

Deadlines::End Deadlines::finish(const RungMark& mark, const Word& word, End end, Instant now) {
  const auto rows =
      notifications_of(word, mark.rung.case_id, mark_of(mark.rung), now, hand_.mail);
  const auto done = hand_.database.deadlines().finish_rung(mark, now, rows);
  if (done) return end;
  switch (done.error().kind) {
    case StoreErrorKind::repeated: return End::overtaken;
    case StoreErrorKind::lease_lost: return End::lease_lost;
    default:
      log(LogLevel::warning, "rung_not_finished",
          {{"case", mark.rung.case_id}, {"why", done.error().detail}});
      return End::failed;
  }
}

void Deadlines::count(End end) {
  WorkerCounts& counts = hand_.counts;
  switch (end) {
    case End::told: ++counts.rungs_told; break;
    case End::taken: ++counts.rungs_taken; break;
    case End::refused: ++counts.rungs_refused; break;
    case End::overtaken: ++counts.rungs_overtaken; break;
    case End::failed: ++counts.failed; break;
    case End::lease_lost: ++counts.leases_lost; break;
  }
}

}  // namespace yimen::api
