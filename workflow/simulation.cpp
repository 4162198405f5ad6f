#include "workflow/simulation.hpp"

#include <algorithm>
#include <utility>

#include "workflow/clockwork.hpp"

namespace yimen::workflow {

namespace {

const Clock* same_clock(const std::vector<Clock>& clocks, const Clock& wanted) {
  const auto found = std::ranges::find_if(clocks, [&](const Clock& clock) {
    return clock.name == wanted.name && clock.started_by == wanted.started_by;
  });
  return found != clocks.end() ? &*found : nullptr;
}

bool has_rule(const Edition& edition, const Clock& clock) {
  return std::ranges::any_of(edition.clocks, [&](const ClockRule& rule) {
    return rule.name == clock.name && rule.state == clock.state;
  });
}

// The extension that is in `next` and not in `former`; nothing where there is none.
const Limit* fresh_extension(const Clock& former, const Clock& next) {
  const auto found = std::ranges::find_if(next.limits, [&](const Limit& limit) {
    const auto known = std::ranges::find(former.limits, limit.code, &Limit::code);
    return limit.extended_to &&
           (known == former.limits.end() || known->extended_to != limit.extended_to);
  });
  return found != next.limits.end() ? &*found : nullptr;
}

// One case on its way through its journal, in two editions at once.
class Fold {
 public:
  Fold(const Procedure& procedure, const Edition& edition, const WorkingCalendar& calendar)
      : procedure_(procedure), edition_(edition), calendar_(calendar) {}

  void take(const Entry& entry) {
    Entry other = entry;
    other.changes.clocks.clear();
    other.changes.removed_clocks.clear();
    count(entry, other);
    const Case was_before = was_;
    was_ = apply(std::move(was_), entry);
    would_ = apply(std::move(would_), other);
    const std::string& unit =
        was_before.holder.unit.empty() ? was_.holder.unit : was_before.holder.unit;
    note_stopped(result_.was, was_, entry.sequence, unit);
    note_stopped(result_.would, would_, entry.sequence, unit);
  }

  Simulation end() && {
    note_running(result_.was, was_);
    note_running(result_.would, would_);
    return std::move(result_);
  }

 private:
  void count(const Entry& entry, Entry& other) {
    Command command;
    command.event = entry.event;
    Record draft;
    draft.data = entry.data;
    const GuardContext context{would_, command, draft, edition_, calendar_, entry.recorded_at};
    std::vector<Effect> effects;
    Outcome outcome{context, other.changes, effects, entry.sequence, other.data};
    if (entry.kind == EntryKind::take_back) {
      for (const std::int64_t undone : entry.changes.removed_clocks) {
        turn_back_clocks(outcome, undone);
      }
      return;
    }
    // Proposals and signatures that do not perform it leave the clocks alone.
    const bool acts = entry.kind == EntryKind::transition ||
                      entry.kind == EntryKind::annotation || entry.leaves_record;
    if (!acts) return;
    for (const Clock& clock : entry.changes.clocks) follow(clock, entry, outcome);
    const std::string_view to = entry.changes.state ? *entry.changes.state : std::string_view();
    run_clocks(outcome, {entry.event, entry.from, to, closes(to), entry.occurred_at,
                         entry.sequence});
  }

  // What people did to a clock, and what a child takes over from its parent.
  void follow(const Clock& next, const Entry& entry, Outcome& outcome) const {
    const Clock* former = same_clock(was_.clocks, next);
    if (former == nullptr) {
      const bool is_taken_over =
          next.started_by == entry.sequence && next.started_at < entry.occurred_at;
      if (!is_taken_over || !has_rule(edition_, next)) return;
      Clock clock;
      clock.name = next.name;
      clock.state = next.state;
      clock.visit = next.visit;
      clock.started_at = next.started_at;
      clock.started_by = next.started_by;
      outcome.changes.clocks.push_back(std::move(clock));
      return;
    }
    const Clock* running = would_.running_clock(next.name);
    if (running == nullptr || !next.is_running()) return;
    if (next.is_suspended() && !former->is_suspended() && !running->is_suspended()) {
      suspend(outcome, next.name, next.suspensions.back().reason);
    } else if (!next.is_suspended() && former->is_suspended() && running->is_suspended()) {
      resume(outcome, next.name);
    } else if (const Limit* extended = fresh_extension(*former, next)) {
      const auto limits = limits_of(*running, would_.facts, edition_);
      const bool has_it = std::ranges::any_of(
          limits, [&](const LimitRule* rule) { return rule->code == extended->code; });
      extend(outcome, next.name, has_it ? extended->code : "", *extended->extended_to);
    }
  }

  bool closes(std::string_view state) const {
    const int index = state.empty() ? -1 : procedure_.state_index(state);
    return index > 0 && procedure_.is_closed[static_cast<std::size_t>(index)];
  }

  static void note_stopped(std::vector<ClockInHand>& noted, const Case& subject,
                           std::int64_t sequence, const std::string& unit) {
    // A step that was taken back let the clocks run on.
    std::erase_if(noted, [&](const ClockInHand& one) {
      const Clock* now = same_clock(subject.clocks, one.clock);
      return now == nullptr || now->is_running();
    });
    for (const Clock& clock : subject.clocks) {
      if (!clock.is_running() && clock.stopped_by == sequence) noted.push_back({clock, unit});
    }
  }

  static void note_running(std::vector<ClockInHand>& noted, const Case& subject) {
    for (const Clock& clock : subject.clocks) {
      if (clock.is_running()) noted.push_back({clock, subject.holder.unit});
    }
  }

  const Procedure& procedure_;
  const Edition& edition_;
  const WorkingCalendar& calendar_;
  Case was_;
  Case would_;
  Simulation result_;
};

}  // namespace

Simulation simulate(const std::vector<Entry>& entries, const Procedure& procedure,
                    const Edition& edition, const WorkingCalendar& calendar) {
  Fold fold(procedure, edition, calendar);
  for (const Entry& entry : entries) fold.take(entry);
  return std::move(fold).end();
}

}  // namespace yimen::workflow
