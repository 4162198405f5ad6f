#include "api/workers/reconciler.hpp"

#include <algorithm>

#include "api/log.hpp"
#include "api/workers/system_actor.hpp"

namespace yimen::api {

namespace {

using persistence::StrayClock;
using workflow::Object;

constexpr int cases_in_look = 1'000;

}  // namespace

bool Reconciler::look(const std::vector<persistence::Lease>& leases) {
  const auto strays = hand_.database.deadlines().stray_clocks(after_, cases_in_look);
  if (!strays) {
    log(LogLevel::warning, "clocks_not_read", {{"why", strays.error().detail}});
    return true;
  }
  std::string repaired;
  for (const StrayClock& stray : strays->found) {
    // One entry repairs all clocks of a case.
    if (stray.case_id == repaired || lease_of(leases, stray.case_id) == nullptr) continue;
    if (is_in_order(stray)) continue;
    repair(stray);
    repaired = stray.case_id;
  }
  after_ = strays->next;
  return after_.empty();
}

// The case may have moved since, and a ladder may have come to its end.
bool Reconciler::is_in_order(const StrayClock& stray) const {
  const auto loaded = hand_.database.cases().load(stray.case_id);
  if (!loaded) return true;
  const auto& clocks = loaded->subject.clocks;
  const auto clock = std::ranges::find_if(clocks, [&](const workflow::Clock& one) {
    return one.name == stray.clock && one.started_by == stray.started_by;
  });
  const bool runs = clock != clocks.end() && clock->is_running() && !clock->is_suspended();
  if (runs != stray.is_running) return false;
  if (!runs || stray.armed != 0) return false;
  return std::ranges::all_of(clock->rungs, [&](const workflow::Rung& rung) {
    return std::ranges::find(stray.acted, rung.code) != stray.acted.end();
  });
}

void Reconciler::repair(const StrayClock& stray) {
  Submission submission;
  submission.kind = workflow::EntryKind::annotation;
  submission.case_id = stray.case_id;
  submission.event = "recount_deadlines";
  submission.data = Object{{"ground", "ladder_repaired"}};
  submission.rearms = true;
  const auto repaired = hand_.service.submit(system_actor(), submission);
  if (repaired) ++hand_.counts.clocks_repaired;
  log(LogLevel::warning, repaired ? "clock_repaired" : "clock_not_repaired",
      {{"case", stray.case_id}, {"clock", stray.clock}, {"armed", stray.armed}});
}

}  // namespace yimen::api
