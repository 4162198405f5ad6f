#include "api/workers/ladder.hpp"

#include <algorithm>

#include "api/workers/addresses.hpp"
#include "workflow/clockwork.hpp"

namespace yimen::api {

namespace {

using workflow::Case;
using workflow::Clock;
using workflow::Edition;
using workflow::LadderRung;
using workflow::LimitRule;
using workflow::Object;
using workflow::Value;

const Clock* clock_of(const persistence::RungKey& rung, const Case& subject) {
  const auto found = std::ranges::find_if(subject.clocks, [&](const Clock& clock) {
    return clock.name == rung.clock && clock.started_by == rung.started_by;
  });
  return found != subject.clocks.end() && found->is_running() && !found->is_suspended() ? &*found
                                                                                         : nullptr;
}

bool is_expiry(const LadderRung& rung) {
  return !rung.percent && !rung.after && !rung.day_before;
}

// The rule of the limit that binds the clock; nullptr where the edition has it no more.
const LimitRule* binding_rule(const Clock& clock, const Case& subject, const Edition& edition) {
  const auto due_at = workflow::binding_due_at(clock);
  for (const LimitRule* rule : workflow::limits_of(clock, subject.facts, edition)) {
    const auto limit = std::ranges::find(clock.limits, rule->code, &workflow::Limit::code);
    if (limit != clock.limits.end() && limit->extended_to.value_or(limit->due_at) == due_at) {
      return rule;
    }
  }
  return nullptr;
}

bool names_event(const std::string& on_expiry) {
  return on_expiry != "red" && on_expiry != "amber";
}

}  // namespace

std::optional<RungAct> act_of(const persistence::RungKey& key, const Case& subject,
                              const Edition& edition, const Rulebook& rulebook) {
  const Clock* clock = clock_of(key, subject);
  const LadderRung* rung = edition.rung(key.rung, subject.fact("emergency").truth());
  if (clock == nullptr || rung == nullptr) return std::nullopt;
  const auto due_at = workflow::binding_due_at(*clock);
  const LimitRule* rule = binding_rule(*clock, subject, edition);
  const std::string on_expiry = rule != nullptr ? rule->on_expiry : "red";

  RungAct act;
  const Object params{{"clock", clock->name},
                      {"due_at", due_at ? workflow::to_text(*due_at) : ""},
                      {"state", subject.state},
                      {"procedure", subject.procedure}};
  act.instead = {rung->code, params,
                 addresses_of(rung->tells, subject, edition, rulebook.organisation())};
  act.after_event = act.instead;
  if (is_expiry(*rung) && names_event(on_expiry)) {
    const auto* procedure = rulebook.procedure(subject.procedure);
    act.event = on_expiry;
    act.data = procedure != nullptr && procedure->expiry_data != nullptr
                   ? procedure->expiry_data(subject, on_expiry, edition)
                   : Value(Object{});
    act.after_event.code = "expiry_acted";
    act.after_event.params.set("event", on_expiry);
    act.instead.code = "expiry_refused";
    act.instead.params.set("event", on_expiry);
  } else if (!rung->takes.empty() && on_expiry != "amber") {
    act.kind = workflow::EntryKind::annotation;
    act.event = rung->takes;
    act.data = Object{{"text", rulebook.texts().text(http::Language::zh_cn,
                                                     "notification." + rung->code, params)}};
  }
  return act;
}

}  // namespace yimen::api
