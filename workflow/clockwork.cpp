#include "workflow/clockwork.hpp"

#include <algorithm>

namespace yimen::workflow {

namespace {

constexpr std::string_view state_clock = "state";
constexpr std::chrono::hours office_opens{9};
constexpr std::chrono::hours office_closes{17};

// What turns budgets into dates.
struct Policy {
  const Edition& edition;
  const WorkingCalendar& calendar;
};

Policy policy_of(const Outcome& outcome) {
  return {outcome.context.edition, outcome.context.calendar};
}

bool names(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

Object facts_after(const Outcome& outcome) {
  Object facts = outcome.context.subject.facts;
  for (const auto& [name, value] : outcome.changes.facts) {
    if (value.is_null()) {
      facts.erase(name);
    } else {
      facts.set(name, value);
    }
  }
  return facts;
}

bool is_emergency(const Object& facts) {
  const Value* flag = facts.find("emergency");
  return flag != nullptr && flag->truth();
}

const ClockRule* rule_of(const Clock& clock, const Edition& edition) {
  for (const ClockRule& rule : edition.clocks) {
    if (rule.name == clock.name && rule.state == clock.state) return &rule;
  }
  return nullptr;
}

// The clock among the outcome's changes, copied there from the case on first use.
Clock& changed(Outcome& outcome, const Clock& clock) {
  auto& clocks = outcome.changes.clocks;
  const auto same = std::find_if(clocks.begin(), clocks.end(), [&](const Clock& other) {
    return other.name == clock.name && other.started_by == clock.started_by;
  });
  if (same != clocks.end()) return *same;
  clocks.push_back(clock);
  return clocks.back();
}

// The running clocks as they stand after the changes made so far.
std::vector<Clock> running_clocks(const Outcome& outcome) {
  std::vector<Clock> running;
  for (const Clock& clock : outcome.context.subject.clocks) {
    if (clock.is_running()) running.push_back(clock);
  }
  for (const Clock& clock : outcome.changes.clocks) {
    std::erase_if(running, [&](const Clock& other) {
      return other.name == clock.name && other.started_by == clock.started_by;
    });
    if (clock.is_running()) running.push_back(clock);
  }
  return running;
}

bool stops(const Clock& clock, const ClockRule* rule, const ClockStep& step) {
  if (step.closes) return true;
  if (clock.name == state_clock) return !step.to.empty();
  if (rule == nullptr) return false;
  return names(rule->stops_on, step.event) ||
         (!step.to.empty() &&
          (names(rule->stops_entering, step.to) || names(rule->stops_leaving, step.from)));
}

// Whether each named member of the record has one of the values; an absent one counts as false.
bool agrees(const std::map<std::string, std::vector<Value>>& where, const Value& record) {
  return std::all_of(where.begin(), where.end(), [&](const auto& member) {
    const Value known = record.has(member.first) ? record[member.first] : Value(false);
    return std::find(member.second.begin(), member.second.end(), known) != member.second.end();
  });
}

bool starts(const ClockRule& rule, const ClockStep& step, const Value& record) {
  if (rule.name == state_clock) return !step.to.empty() && rule.state == step.to;
  return (names(rule.starts_on, step.event) && agrees(rule.starts_where, record)) ||
         (!step.to.empty() && names(rule.starts_entering, step.to));
}

// The first instant from `at` on at which somebody is in the office.
Instant office_time(Instant at, const WorkingCalendar& calendar) {
  const CivilDate day = civil_date_of(at);
  if (calendar.is_working_day(day)) {
    if (at <= start_of(day) + office_opens) return start_of(day) + office_opens;
    if (at < start_of(day) + office_closes) return at;
  }
  return start_of(calendar.working_day_after(day)) + office_opens;
}

// The time that the ladder climbs: of the limit that binds.
struct Span {
  Instant from;
  Instant due_at;
};

std::optional<Span> span_of(const Clock& clock) {
  const auto due_at = binding_due_at(clock);
  if (!due_at) return std::nullopt;
  const auto binds = [&](const Limit& limit) {
    return limit.extended_to.value_or(limit.due_at) == *due_at;
  };
  const auto limit = std::ranges::find_if(clock.limits, binds);
  return Span{limit->counts_from.value_or(clock.started_at), *due_at};
}

// Nothing for a reminder that would come after expiry or before the start.
std::optional<Instant> rung_at(const LadderRung& rung, const Span& span, bool emergency,
                               const WorkingCalendar& calendar) {
  const auto [from, due_at] = span;
  if (rung.percent || rung.day_before) {
    const Instant at =
        rung.percent ? from + (due_at - from) * *rung.percent / 100
                     : start_of(calendar.working_day_before(civil_date_of(due_at))) + office_opens;
    const Instant told_at = emergency ? at : office_time(at, calendar);
    if (told_at <= from || told_at > due_at) return std::nullopt;
    return told_at;
  }
  // The limit's own millisecond is in time. Expiry itself does not wait for the office.
  if (!rung.after) return due_at + std::chrono::milliseconds(1);
  const Instant at = due(*rung.after, due_at, calendar, {}, due_at).at;
  return emergency || rung.after->unit == BudgetUnit::hours ? at : office_time(at, calendar);
}

std::vector<Rung> ladder_of(const Clock& clock, const Object& facts, const Policy& policy) {
  std::vector<Rung> ladder;
  const auto span = span_of(clock);
  if (!span || clock.is_suspended()) return ladder;
  const bool emergency = is_emergency(facts);
  const auto& rungs = emergency ? policy.edition.emergency_ladder : policy.edition.ladder;
  for (const LadderRung& rung : rungs) {
    const auto at = rung_at(rung, *span, emergency, policy.calendar);
    if (at) ladder.push_back({rung.code, *at});
  }
  std::stable_sort(ladder.begin(), ladder.end(),
                   [](const Rung& a, const Rung& b) { return a.at < b.at; });
  return ladder;
}

// A date that has passed stays, whatever the calendar says today; one that is still to come does
// not fall behind today.
Instant counted_again(Instant former, Instant counted, Instant judged, Instant now) {
  if (former < judged) return former;
  return counted < now && counted < former ? std::min(former, end_of(civil_date_of(now)))
                                           : counted;
}

// `at` is when the limits came to apply that the clock did not know before.
void set_limits(Clock& clock, const Object& facts, const Policy& policy, Instant at, Instant now) {
  const Instant judged = judged_at(clock, now);
  std::vector<Limit> limits;
  for (const LimitRule* rule : limits_of(clock, facts, policy.edition)) {
    Limit limit{rule->code, {}, {}, {}};
    if (at > clock.started_at) limit.counts_from = at;
    const auto former = std::ranges::find(clock.limits, rule->code, &Limit::code);
    if (former != clock.limits.end()) limit = *former;
    const Instant counted = due(rule->budget, limit.counts_from.value_or(clock.started_at),
                                policy.calendar, clock.suspensions, now)
                                .at;
    limit.due_at = former != clock.limits.end()
                       ? counted_again(former->due_at, counted, judged, now)
                       : counted;
    limits.push_back(std::move(limit));
  }
  clock.limits = std::move(limits);
  clock.rungs = ladder_of(clock, facts, policy);
}

bool limits_differ(const Clock& clock, const Object& facts, const Edition& edition) {
  const auto wanted = limits_of(clock, facts, edition);
  return !std::equal(wanted.begin(), wanted.end(), clock.limits.begin(), clock.limits.end(),
                     [](const LimitRule* rule, const Limit& limit) {
                       return rule->code == limit.code;
                     });
}

Clock new_clock(const ClockRule& rule, const ClockStep& step, const Outcome& outcome) {
  Clock clock;
  clock.name = rule.name;
  clock.state = rule.state;
  clock.visit = outcome.context.subject.visit + 1;
  clock.started_at = step.at;
  clock.started_by = step.sequence;
  // A step entered late does not reach back into the time of the clock before.
  const auto follow = [&](const Clock& former) {
    if (former.name != clock.name || !former.stopped_at) return;
    clock.started_at = std::max(clock.started_at, *former.stopped_at);
  };
  std::ranges::for_each(outcome.context.subject.clocks, follow);
  std::ranges::for_each(outcome.changes.clocks, follow);
  return clock;
}

// Whether a limit's dates hold for a clock that started on this day.
bool is_in_force(const LimitRule& limit, const std::string& day) {
  return (limit.valid_from.empty() || limit.valid_from <= day) &&
         (limit.valid_to.empty() || day <= limit.valid_to);
}

}  // namespace

std::vector<const LimitRule*> limits_of(const Clock& clock, const Object& facts,
                                        const Edition& edition) {
  std::vector<const LimitRule*> limits;
  const ClockRule* rule = rule_of(clock, edition);
  if (rule == nullptr) return limits;
  const std::string started_on = to_text(civil_date_of(clock.started_at));
  for (const LimitRule& limit : rule->limits) {
    if (!is_in_force(limit, started_on)) continue;
    const bool applies = std::all_of(limit.when.begin(), limit.when.end(), [&](const auto& when) {
      const Value* fact = facts.find(when.first);
      const Value known = fact != nullptr ? *fact : Value(false);
      return std::find(when.second.begin(), when.second.end(), known) != when.second.end();
    });
    if (applies) limits.push_back(&limit);
  }
  return limits;
}

void run_clocks(Outcome& outcome, const ClockStep& step) {
  const Policy policy = policy_of(outcome);
  const Object facts = facts_after(outcome);
  for (const Clock& clock : running_clocks(outcome)) {
    if (!stops(clock, rule_of(clock, policy.edition), step)) continue;
    Clock& stopped = changed(outcome, clock);
    stopped.stopped_at = std::max(step.at, clock.started_at);
    stopped.stopped_by = step.sequence;
    stopped.rungs.clear();
    for (Suspension& suspension : stopped.suspensions) {
      if (!suspension.to) suspension.to = std::max(*stopped.stopped_at, suspension.from);
    }
  }
  if (!step.closes) {
    const auto running = running_clocks(outcome);
    for (const ClockRule& rule : policy.edition.clocks) {
      const bool runs = std::any_of(running.begin(), running.end(), [&](const Clock& clock) {
        return clock.name == rule.name;
      });
      if (runs || !starts(rule, step, outcome.context.draft.data)) continue;
      outcome.changes.clocks.push_back(new_clock(rule, step, outcome));
    }
  }
  const bool changes_urgency =
      is_emergency(facts) != is_emergency(outcome.context.subject.facts);
  for (const Clock& clock : running_clocks(outcome)) {
    const bool is_new = clock.started_by == step.sequence;
    if (!is_new && !changes_urgency && !limits_differ(clock, facts, policy.edition)) continue;
    set_limits(changed(outcome, clock), facts, policy, is_new ? clock.started_at : step.at,
               outcome.context.now);
  }
}

void suspend(Outcome& outcome, std::string_view clock, std::string reason) {
  const Clock* running = outcome.context.subject.running_clock(clock);
  if (running == nullptr) return;
  Clock& suspended = changed(outcome, *running);
  suspended.suspensions.push_back(
      {outcome.context.now, std::nullopt, std::move(reason), outcome.sequence});
  suspended.rungs.clear();
}

void resume(Outcome& outcome, std::string_view clock) {
  const Clock* running = outcome.context.subject.running_clock(clock);
  if (running == nullptr) return;
  Clock& resumed = changed(outcome, *running);
  for (Suspension& suspension : resumed.suspensions) {
    if (!suspension.to) suspension.to = outcome.context.now;
  }
  set_limits(resumed, facts_after(outcome), policy_of(outcome), outcome.context.now,
             outcome.context.now);
}

void extend(Outcome& outcome, std::string_view clock, std::string_view limit, Instant until) {
  const Clock* running = outcome.context.subject.running_clock(clock);
  if (running == nullptr) return;
  Clock& extended = changed(outcome, *running);
  for (Limit& own : extended.limits) {
    const bool named = limit.empty() ? own.due_at < until : own.code == limit;
    if (named) own.extended_to = until;
  }
  extended.rungs = ladder_of(extended, facts_after(outcome), policy_of(outcome));
}

std::vector<MovedDate> recount(Outcome& outcome) {
  std::vector<MovedDate> moved;
  const Object facts = facts_after(outcome);
  const Instant now = outcome.context.now;
  for (const Clock& clock : running_clocks(outcome)) {
    if (clock.is_suspended()) continue;
    Clock counted = clock;
    set_limits(counted, facts, policy_of(outcome), now, now);
    if (counted == clock) continue;
    for (const Limit& limit : counted.limits) {
      const auto former = std::ranges::find(clock.limits, limit.code, &Limit::code);
      if (former == clock.limits.end() || former->due_at == limit.due_at) continue;
      moved.push_back({clock.name, limit.code, former->due_at, limit.due_at});
    }
    changed(outcome, clock) = std::move(counted);
  }
  return moved;
}

bool recount_changes(const GuardContext& context) {
  Changes changes;
  std::vector<Effect> effects;
  Value data;
  Outcome outcome{context, changes, effects, context.subject.sequence + 1, data};
  (void)recount(outcome);
  return !changes.clocks.empty();
}

Value to_value(const std::vector<MovedDate>& moved) {
  Array dates;
  for (const MovedDate& date : moved) {
    dates.emplace_back(Object{{"clock", date.clock},
                              {"limit", date.limit},
                              {"from", to_text(date.from)},
                              {"to", to_text(date.to)}});
  }
  return dates;
}

void turn_back_clocks(Outcome& outcome, std::int64_t sequence) {
  outcome.changes.removed_clocks.push_back(sequence);
  for (const Clock& clock : outcome.context.subject.clocks) {
    if (clock.stopped_by != sequence) continue;
    Clock& running = changed(outcome, clock);
    running.stopped_at.reset();
    running.stopped_by = 0;
    for (Suspension& suspension : running.suspensions) {
      if (suspension.to == clock.stopped_at) suspension.to.reset();
    }
    running.rungs = ladder_of(running, facts_after(outcome), policy_of(outcome));
  }
}

}  // namespace yimen::workflow
