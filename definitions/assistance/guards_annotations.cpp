// Conditions of the annotations.
#include "definitions/assistance/reading.hpp"

#include <algorithm>

#include "workflow/clockwork.hpp"

namespace yimen::definitions::assistance {

namespace {

const workflow::Clock* named_clock(const GuardContext& given) {
  return given.subject.running_clock(given.draft.data["clock"].text());
}

}  // namespace

Unmet approver_is_not_proposer::unmet(const GuardContext& given) {
  const std::string& proposer = given.draft.data["proposer"].text();
  const workflow::Actor& approver = given.command.actor;
  return unless(!proposer.empty() && proposer != approver.person &&
                proposer != approver.for_person);
}

Unmet clock_is_running::unmet(const GuardContext& given) {
  const workflow::Clock* clock = named_clock(given);
  return unless(clock != nullptr && !clock->is_suspended(),
                {{"clock", given.draft.data["clock"]}});
}

Unmet clock_is_suspended::unmet(const GuardContext& given) {
  const workflow::Clock* clock = named_clock(given);
  return unless(clock != nullptr && clock->is_suspended(),
                {{"clock", given.draft.data["clock"]}});
}

Unmet clock_is_not_overdue::unmet(const GuardContext& given) {
  const workflow::Clock* clock = named_clock(given);
  return unless(clock == nullptr || !is_late(*clock, given.now),
                {{"clock", given.draft.data["clock"]}});
}

// Extended at most once, only forward, and only a limit that the clock has.
Unmet not_yet_extended::unmet(const GuardContext& given) {
  const workflow::Clock* clock = named_clock(given);
  if (clock == nullptr) return {};
  const std::string& named = given.draft.data["limit"].text();
  const auto is_meant = [&](const workflow::Limit& limit) {
    return named.empty() || limit.code == named;
  };
  const bool is_known = std::any_of(clock->limits.begin(), clock->limits.end(), is_meant);
  const bool extended =
      std::any_of(clock->limits.begin(), clock->limits.end(),
                  [](const workflow::Limit& limit) { return limit.extended_to.has_value(); });
  const auto until = workflow::civil_date_from(given.draft.data["until"].text());
  const auto due_at = binding_due_at(*clock);
  if (!is_known || !due_at) return unless(false);  // there is no such limit
  const bool forward = until && workflow::end_of(*until) > *due_at;
  return unless(!extended && forward, {{"due_at", workflow::to_text(*due_at)}});
}

// Another calendar leaves an entry only where it moves something; what was asked twice is refused.
Unmet recount_is_needed::unmet(const GuardContext& given) {
  return unless(given.draft.data["ground"].text() != "calendar_loaded" || recount_changes(given));
}

Unmet date_within_a_month::unmet(const GuardContext& given) {
  const auto on = workflow::civil_date_from(given.draft.data["on"].text());
  const Instant latest =
      due({workflow::BudgetUnit::months, 1, false}, given.now, given.calendar, {}, given.now).at;
  return unless(on && workflow::end_of(*on) >= given.now && workflow::start_of(*on) <= latest,
                {{"latest", workflow::to_text(workflow::civil_date_of(latest))}});
}

Unmet proposal_is_open::unmet(const GuardContext& given) {
  const std::int64_t wanted = given.draft.data["proposal"].integer();
  const auto& proposals = given.subject.proposals;
  return unless(std::any_of(proposals.begin(), proposals.end(),
                            [&](const workflow::Proposal& proposal) {
                              return proposal.sequence == wanted && proposal.outcome.empty();
                            }));
}

Unmet objection_is_known::unmet(const GuardContext& given) {
  const std::int64_t wanted = given.draft.data["objection"].integer();
  const auto open = open_objections(given);
  return unless(std::any_of(open.begin(), open.end(), [&](const Record* objection) {
    return objection->sequence == wanted;
  }));
}

// The first objection moves the case; only then do others join it. Anywhere else nobody would
// answer it, and the case would never move again.
Unmet objection_under_review::unmet(const GuardContext& given) {
  return unless(given.subject.state == objection_review::name);
}

// A village records its own meetings and the station those of the station.
Unmet meeting_of_own_level::unmet(const GuardContext& given) {
  const bool is_of_village = given.draft.data["kind"].text() == "village_review";
  return unless(is_of_village == (given.command.actor.level == village::name));
}

Unmet child_is_announced::unmet(const GuardContext& given) {
  const Array& children = given.subject.fact("children").items();
  return unless(std::any_of(children.begin(), children.end(), [&](const Value& child) {
    return child["child"] == given.draft.data["child"] ||
           (!child.has("child") && child["unit"] == given.draft.data["unit"] &&
            child["category"] == given.draft.data["category"]);
  }));
}

}  // namespace yimen::definitions::assistance
