#include <algorithm>
#include <set>

#include "definitions/edition_check_parts.hpp"
#include "workflow/time.hpp"

namespace yimen::definitions {

namespace {

using workflow::BudgetUnit;
using workflow::ClockRule;
using workflow::LadderRung;
using workflow::LimitRule;
using workflow::Object;
using workflow::Value;

using Facts = std::map<std::string, std::vector<Value>>;

constexpr std::string_view state_clock = "state";

bool counts(BudgetUnit unit) {
  return unit != BudgetUnit::same_day && unit != BudgetUnit::end_of_month;
}

bool names_a_day(BudgetUnit unit) {
  return unit == BudgetUnit::day_of_month || unit == BudgetUnit::day_of_next_month;
}

void check_date(const EditionCheck& check, const std::string& date, const std::string& pointer) {
  if (!date.empty() && !workflow::civil_date_from(date)) check.add(pointer, "civil_date");
}

// Whether the timers may take the event from this state (from any state where it is empty).
bool expiry_can_act(const EditionCheck& check, const std::string& event, const std::string& state) {
  const int index = check.procedure.event_index(event);
  const std::vector<std::string_view> system{"system"};
  return std::ranges::any_of(check.procedure.rows, [&](const workflow::RuleRow& row) {
    const std::string from(check.procedure.states[static_cast<std::size_t>(row.from)]);
    if (row.event != index || (!state.empty() && from != state)) return false;
    const bool allowed = std::ranges::find(row.levels, system[0]) != row.levels.end();
    const workflow::StepPolicy* policy = check.edition.step(event, from);
    return allowed && policy != nullptr &&
           std::ranges::any_of(policy->posts, [&](const std::string& post) {
             return check.may_act(post, system);
           });
  });
}

void check_expiry(const EditionCheck& check, const ClockRule& clock, const LimitRule& limit,
                  const std::string& pointer) {
  if (limit.on_expiry == "red" || limit.on_expiry == "amber") return;
  if (check.procedure.event_index(limit.on_expiry) < 0) {
    check.add(pointer, "unknown_event", {{"event", limit.on_expiry}});
  } else if (!expiry_can_act(check, limit.on_expiry, clock.state)) {
    check.add(pointer, "expiry_cannot_act", {{"event", limit.on_expiry}});
  }
}

void check_limit(const EditionCheck& check, const ClockRule& clock, const LimitRule& limit,
                 const std::string& pointer) {
  if (limit.basis.empty()) check.add(pointer + "/basis", "missing_text");
  check_date(check, limit.valid_from, pointer + "/valid_from");
  check_date(check, limit.valid_to, pointer + "/valid_to");
  if (!limit.valid_from.empty() && !limit.valid_to.empty() && limit.valid_from > limit.valid_to) {
    check.add(pointer + "/valid_to", "limits_crossed");
  }
  if (counts(limit.budget.unit) && limit.budget.amount == 0) {
    check.add(pointer + "/budget", "budget_empty");
  }
  if (names_a_day(limit.budget.unit) && limit.budget.amount > 31) {
    check.add(pointer + "/budget/amount", "too_large", {{"max", 31}});
  }
  check_expiry(check, clock, limit, pointer + "/on_expiry");
  const auto categories = limit.when.find("category");
  if (categories == limit.when.end()) return;
  for (const Value& category : categories->second) {
    if (category.is_string() && check.edition.category(category.text()) == nullptr) {
      check.add(pointer + "/when/category", "unknown_category", {{"category", category}});
    }
  }
}

void check_events(const EditionCheck& check, const std::vector<std::string>& events,
                  const std::string& pointer) {
  for (std::size_t at = 0; at < events.size(); ++at) {
    if (!check.is_event_or_annotation(events[at])) {
      check.add(pointer + "/" + std::to_string(at), "unknown_event", {{"event", events[at]}});
    }
  }
}

void check_states(const EditionCheck& check, const std::vector<std::string>& states,
                  const std::string& pointer) {
  for (std::size_t at = 0; at < states.size(); ++at) {
    if (check.procedure.state_index(states[at]) < 0) {
      check.add(pointer + "/" + std::to_string(at), "unknown_state", {{"state", states[at]}});
    }
  }
}

void check_clock(const EditionCheck& check, const ClockRule& clock, const std::string& pointer) {
  check_events(check, clock.starts_on, pointer + "/starts_on");
  check_events(check, clock.stops_on, pointer + "/stops_on");
  check_states(check, clock.starts_entering, pointer + "/starts_entering");
  check_states(check, clock.stops_entering, pointer + "/stops_entering");
  check_states(check, clock.stops_leaving, pointer + "/stops_leaving");
  if (clock.limits.empty()) check.add(pointer + "/limits", "too_few", {{"min", 1}});
  if (clock.name == state_clock) {
    const int state = check.procedure.state_index(clock.state);
    if (state < 0) {
      check.add(pointer + "/state", "unknown_state", {{"state", clock.state}});
    } else if (check.procedure.is_closed[static_cast<std::size_t>(state)]) {
      check.add(pointer + "/state", "closed_state", {{"state", clock.state}});
    }
    return;
  }
  if (clock.starts_on.empty() && clock.starts_entering.empty()) {
    check.add(pointer, "clock_never_starts", {{"clock", clock.name}});
  }
  if (clock.stops_on.empty() && clock.stops_entering.empty() && clock.stops_leaving.empty()) {
    check.add(pointer, "clock_never_stops", {{"clock", clock.name}});
  }
}

bool applies(const LimitRule& limit, const Object& facts) {
  return std::ranges::all_of(limit.when, [&](const auto& condition) {
    const Value* fact = facts.find(condition.first);
    return fact != nullptr &&
           std::ranges::find(condition.second, *fact) != condition.second.end();
  });
}

// The values that the facts named in a rule can take; false stands for an absent fact.
Facts values_of_facts(const EditionCheck& check, const ClockRule& rule) {
  Facts facts;
  for (const LimitRule& limit : rule.limits) {
    for (const auto& [name, values] : limit.when) {
      std::vector<Value>& known = facts[name];
      if (known.empty()) known.emplace_back(false);
      const bool is_flag = std::ranges::all_of(values, &Value::is_bool);
      if (is_flag && std::ranges::find(known, Value(true)) == known.end()) {
        known.emplace_back(true);
      }
      for (const Value& value : values) {
        if (std::ranges::find(known, value) == known.end()) known.push_back(value);
      }
    }
  }
  const auto categories = facts.find("category");
  if (categories == facts.end()) return facts;
  categories->second = {Value(false)};
  for (const auto& [code, category] : check.edition.categories) {
    categories->second.emplace_back(code);
  }
  return facts;
}

// Tries every combination of the facts from `next` on; the first without a limit is the answer.
bool is_covered(const std::vector<const LimitRule*>& limits, Facts::const_iterator next,
                Facts::const_iterator end, Object& facts) {
  if (next == end) {
    return std::ranges::any_of(limits,
                               [&](const LimitRule* limit) { return applies(*limit, facts); });
  }
  return std::ranges::all_of(next->second, [&](const Value& value) {
    facts.set(next->first, value);
    return is_covered(limits, std::next(next), end, facts);
  });
}

void check_coverage(const EditionCheck& check, const std::string& state) {
  Object facts;
  for (const ClockRule& rule : check.edition.clocks) {
    if (rule.name != state_clock || rule.state != state) continue;
    std::vector<const LimitRule*> lasting;
    for (const LimitRule& limit : rule.limits) {
      if (limit.valid_to.empty() && limit.valid_from <= check.edition.valid_from) {
        lasting.push_back(&limit);
      }
    }
    const Facts values = values_of_facts(check, rule);
    if (is_covered(lasting, values.begin(), values.end(), facts)) return;
    break;
  }
  check.add("/clocks", "state_without_deadline", {{"state", state}, {"facts", Value(facts)}});
}

// Whom a rung tells must be a word of the ladder or a post; what it takes, the system may take.
void check_rung(const EditionCheck& check, const LadderRung& rung, const std::string& pointer) {
  for (std::size_t at = 0; at < rung.tells.size(); ++at) {
    const std::string& told = rung.tells[at];
    if (told == "holder" || told == "superior" || check.edition.post_level.contains(told)) continue;
    check.add(pointer + "/tells/" + std::to_string(at), "unknown_post", {{"post", told}});
  }
  if (rung.takes.empty()) return;
  const workflow::AnnotationRow* row = check.procedure.annotation(rung.takes);
  const workflow::StepPolicy* policy = check.edition.annotation(rung.takes);
  const bool can_act = row != nullptr && policy != nullptr &&
                       std::ranges::find(policy->posts, "system") != policy->posts.end() &&
                       check.may_act("system", row->levels);
  if (!can_act) check.add(pointer + "/takes", "expiry_cannot_act", {{"event", rung.takes}});
}

void check_superiors(const EditionCheck& check) {
  for (const auto& [level, post] : check.edition.superiors) {
    if (!check.edition.post_level.contains(post)) {
      check.add("/superiors/" + level, "unknown_post", {{"post", post}});
    }
  }
}

void check_ladder(const EditionCheck& check, const std::vector<LadderRung>& ladder,
                  const std::string& pointer) {
  std::set<std::string> codes;
  bool tells_expiry = false;
  for (std::size_t at = 0; at < ladder.size(); ++at) {
    const LadderRung& rung = ladder[at];
    if (!codes.insert(rung.code).second) {
      check.add(pointer + "/" + std::to_string(at) + "/code", "named_twice",
                {{"name", rung.code}});
    }
    check_rung(check, rung, pointer + "/" + std::to_string(at));
    tells_expiry = tells_expiry || (!rung.percent && !rung.after && !rung.day_before);
  }
  if (!tells_expiry) check.add(pointer, "ladder_without_expiry");
}

}  // namespace

void check_clocks(const EditionCheck& check) {
  std::set<std::string> limits;
  std::set<std::string> names;
  for (std::size_t at = 0; at < check.edition.clocks.size(); ++at) {
    const ClockRule& clock = check.edition.clocks[at];
    const std::string pointer = "/clocks/" + std::to_string(at);
    check_clock(check, clock, pointer);
    if (!names.insert(clock.name + " " + clock.state).second) {
      check.add(pointer + "/name", "named_twice", {{"name", clock.name}});
    }
    for (std::size_t index = 0; index < clock.limits.size(); ++index) {
      const LimitRule& limit = clock.limits[index];
      const std::string place = pointer + "/limits/" + std::to_string(index);
      check_limit(check, clock, limit, place);
      if (!limits.insert(limit.code).second) {
        check.add(place + "/code", "named_twice", {{"name", limit.code}});
      }
    }
  }
  // The first state is the one before a case is opened.
  for (std::size_t state = 1; state < check.procedure.states.size(); ++state) {
    if (!check.procedure.is_closed[state]) {
      check_coverage(check, std::string(check.procedure.states[state]));
    }
  }
  check_superiors(check);
  check_ladder(check, check.edition.ladder, "/ladder");
  if (!check.edition.emergency_ladder.empty()) {
    check_ladder(check, check.edition.emergency_ladder, "/emergency_ladder");
  }
}

}  // namespace yimen::definitions
