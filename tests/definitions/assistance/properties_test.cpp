// What holds after every step of any casework, whoever takes it and whatever is refused.
#include <algorithm>
#include <iostream>

#include "tests/definitions/assistance/passages.hpp"
#include "tests/definitions/assistance/random_casework.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

using workflow::Clock;
using workflow::EntryKind;
using workflow::Refusals;
using workflow::RefusalKind;

constexpr int cases = 42;
constexpr int steps_each = 150;

bool is_closed(const Story& story) {
  return story.state() == "archived" || story.state() == "withdrawn";
}

std::chrono::milliseconds suspended(const Clock& clock, Instant end) {
  std::chrono::milliseconds sum{0};
  for (const auto& suspension : clock.suspensions) {
    sum += suspension.to.value_or(end) - suspension.from;
  }
  return sum;
}

// One running state clock while open, none when closed; each begins where the former ended.
std::string fault_of_state_clocks(const Story& story) {
  int running = 0;
  const Clock* former = nullptr;
  for (const Clock& clock : story.subject().clocks) {
    if (clock.name != "state") continue;
    if (clock.is_running()) ++running;
    if (clock.is_running() && clock.state != story.state()) return "a clock of another state runs";
    if (former != nullptr && !former->stopped_at) return "two state clocks at once";
    if (former != nullptr && *former->stopped_at > clock.started_at) return "state clocks overlap";
    former = &clock;
  }
  if (running != (is_closed(story) ? 0 : 1)) return "not exactly one running state clock";
  return {};
}

std::optional<Instant> expiry_of(const Clock& clock) {
  const auto rung = std::ranges::find(clock.rungs, "expired", &workflow::Rung::code);
  return rung != clock.rungs.end() ? std::optional(rung->at) : std::nullopt;
}

std::string fault_of_clocks(const Story& story) {
  const Instant now = std::max(story.township().now, story.subject().recorded_at);
  for (const Clock& clock : story.subject().clocks) {
    const Instant end = clock.stopped_at.value_or(now);
    if (end < clock.started_at) return clock.name + " ends before it starts";
    if (elapsed(clock, now) + suspended(clock, end) != end - clock.started_at) {
      return clock.name + " does not add up";
    }
    if (is_closed(story) && clock.is_running()) return clock.name + " runs on a closed case";
    const bool wants_rungs =
        clock.is_running() && !clock.is_suspended() && !clock.limits.empty();
    const auto expiry = expiry_of(clock);
    if (wants_rungs != expiry.has_value()) return clock.name + " has a wrong ladder";
    // Judged once the suspension that may have covered the expiry is over.
    const Instant afterwards = std::max(now, expiry.value_or(now)) + std::chrono::milliseconds(1);
    if (wants_rungs && !is_late(clock, afterwards)) return clock.name + " expires in time";
  }
  return fault_of_state_clocks(story);
}

std::string fault_of_case(const Story& story) {
  const Case& subject = story.subject();
  if (!(workflow::case_from(to_value(subject)) == subject)) return "does not survive JSON";
  const auto& organisation = story.township().organisation;
  if (organisation.unit(story.holder()) == nullptr) return "held by nobody: " + story.holder();
  for (const std::string& unit : story.subject().units) {
    if (organisation.unit(unit) == nullptr) return "shown to nobody: " + unit;
  }
  if (!story.is_seen_by(story.holder()) && !is_closed(story)) {
    return story.holder() + " holds what it does not see";
  }
  return {};
}

// The story itself proves at each step that the entry, read from its bytes, makes the next case;
// here the whole journal is folded and its chain verified once more.
std::string fault_of_journal(const Story& story) {
  const Case& subject = story.subject();
  if (!(workflow::replay(story.entries()) == subject)) return "the journal replays to another case";
  if (workflow::first_broken(story.chain(), digests()) != 0) return "the chain is broken";
  if (subject.sequence != std::ssize(story.chain())) return "entries are lost";
  return {};
}

// Which row is meant is only said in the form.
bool is_chosen_in_the_form(const Story& story, const RandomCasework::Attempt& attempt) {
  const auto& procedure = story.township().rules().procedure;
  return std::ranges::any_of(procedure.rows, [&](const workflow::RuleRow& row) {
    return procedure.events[static_cast<std::size_t>(row.event)] == attempt.command.event &&
           std::ranges::any_of(row.selectors, [&](int guard) {
             return procedure.guards[static_cast<std::size_t>(guard)].reads_form;
           });
  });
}

bool is_said_in_the_form(const Story& story, const std::string& code) {
  const auto& procedure = story.township().rules().procedure;
  const int guard = procedure.guard_index(code);
  return guard >= 0 ? procedure.guards[static_cast<std::size_t>(guard)].reads_form
                    : code == "lateness_reason_required";
}

// The door takes nothing that was not offered, and refuses what was offered only for its form.
std::string fault_of_foresight(const Story& story, const RandomCasework::Attempt& attempt) {
  if (attempt.foreseen.name.empty()) return {};
  if (!attempt.refusals) return attempt.foreseen.allowed ? "" : "taken, but not offered";
  const Refusals& refusals = *attempt.refusals;
  if (!attempt.foreseen.allowed) {
    const bool same_kind = attempt.foreseen.refusals.kind == refusals.kind;
    return same_kind || refusals.kind == RefusalKind::invalid_data ? "" : "refused otherwise";
  }
  if (refusals.kind == RefusalKind::invalid_data) return {};
  if (refusals.kind != RefusalKind::conditions_not_met) return "offered, but not allowed";
  if (is_chosen_in_the_form(story, attempt)) return {};
  for (const auto& refusal : refusals.all) {
    if (!is_said_in_the_form(story, refusal.code)) return "not foreseen: " + refusal.code;
  }
  return {};
}

// The dice begin at different places, so that they come to know every state.
void begin(Story& story, int number) {
  const Township& township = story.township();
  switch (number % 6) {
    case 1:
      is_found(story);
      story.when(township.village_worker()).takes("submit_for_review");
      the_village_meets(story, {{"decision", "decline"}});
      story.when(township.village_commander()).takes("decline");
      return;
    case 2: return comes_to_be_handled(story, "subsistence_allowance");
    case 3:
      comes_to_be_handled(story, "temporary_relief");
      return is_published(story);
    case 4:
      is_reported(story, {{"place", Object{{"village", "shili_1"}, {"registered_outside", true}}}});
      story.when(township.station_clerk()).takes("refer_out");
      return;
    case 5:
      comes_to_be_handled(story, "subsistence_allowance");
      the_county_approves(story);
      if (number % 12 == 5) return;
      is_delivered(story);
      story.when(township.station_clerk()).takes("archive");
      return;
    default: return;
  }
}

}  // namespace

TEST_CASE("random casework keeps every promise of the journal, the clocks and the offers") {
  const std::uint64_t seed = 20260302 + std::uint64_t{Catch::rngSeed()};
  std::cout << "random casework, seed " << seed << "\n";
  int taken = 0;
  int refused = 0;
  std::map<std::string, int> visits;
  for (int number = 0; number < cases; ++number) {
    Township township;
    Story story(township);
    begin(story, number);
    for (const auto& entry : story.entries()) {
      if (entry.changes.state) ++visits[*entry.changes.state];
    }
    RandomCasework casework(township, story, seed * 1'000 + static_cast<std::uint64_t>(number));
    for (int count = 0; count < steps_each; ++count) {
      const Case before = story.subject();
      const bool was_taken = casework.step();
      const auto& attempt = casework.last();
      INFO("seed " << seed << ", case " << number << ", step " << count << ": "
                   << attempt.command.event << " by " << attempt.actor.post << " from "
                   << before.state
                   << (attempt.refusals ? " refused: " + codes_of(*attempt.refusals) : ""));
      ++(was_taken ? taken : refused);
      CHECK(fault_of_foresight(story, attempt) == "");
      if (!was_taken) {
        REQUIRE(story.subject() == before);
        continue;
      }
      if (before.state != story.state()) ++visits[story.state()];
      REQUIRE(story.subject().revision - before.revision <= 1);
      if (count % 10 == 0) REQUIRE(fault_of_journal(story) == "");
      REQUIRE(fault_of_clocks(story) == "");
      REQUIRE(fault_of_case(story) == "");
    }
    REQUIRE(fault_of_journal(story) == "");
  }
  std::cout << taken << " commands taken, " << refused << " refused, states entered:";
  for (const auto& [state, count] : visits) std::cout << " " << state << " " << count;
  std::cout << "\n";
  CHECK(taken > 3'000);
  CHECK(visits.size() == 14);
}

}  // namespace yimen::tests
