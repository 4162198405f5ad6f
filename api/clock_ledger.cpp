#include "api/clock_ledger.hpp"

#include <algorithm>

#include "workflow/clockwork.hpp"

namespace yimen::api {

namespace {

using workflow::Array;
using workflow::Case;
using workflow::CivilDate;
using workflow::Clock;
using workflow::Entry;
using workflow::Instant;
using workflow::Object;
using workflow::Suspension;
using workflow::Value;

struct ClockEvent {
  std::string kind;
  Instant at;
  std::string reason;
  const Entry* entry = nullptr;  // none for what the clock did by itself
};

struct Handover {
  Instant at;
  std::string unit;
};

// A clock as it stands, and the entries that made it so.
struct Ledger {
  Clock clock;
  std::vector<ClockEvent> events;
};

bool is_same(const Clock& left, const Clock& right) {
  return left.name == right.name && left.started_by == right.started_by;
}

std::string reason_of(const Entry& entry) {
  for (const char* member : {"ground", "reason"}) {
    if (!entry.data[member].text().empty()) return entry.data[member].text();
  }
  return {};
}

bool is_extended(const Clock& before, const Clock& next) {
  return std::ranges::any_of(next.limits, [&](const workflow::Limit& limit) {
    return limit.extended_to && std::ranges::none_of(before.limits, [&](const auto& former) {
             return former.code == limit.code && former.extended_to == limit.extended_to;
           });
  });
}

bool has_other_dates(const Clock& before, const Clock& next) {
  return !std::ranges::equal(before.limits, next.limits, [](const auto& left, const auto& right) {
    return left.code == right.code && left.due_at == right.due_at;
  });
}

void note_suspensions(const Clock& before, const Entry& entry, Ledger& ledger) {
  const auto& known = before.suspensions;
  const auto& now = ledger.clock.suspensions;
  for (std::size_t at = 0; at < now.size(); ++at) {
    const bool is_new = at >= known.size();
    if (is_new) ledger.events.push_back({"suspended", now[at].from, now[at].reason, &entry});
    const bool ends = now[at].to && (is_new || !known[at].to);
    if (ends && ledger.clock.is_running()) {
      ledger.events.push_back({"resumed", *now[at].to, {}, &entry});
    }
  }
}

// What the entry did to a clock that was there before.
void note_changes(const Clock& before, const Entry& entry, Ledger& ledger) {
  const Clock& next = ledger.clock;
  const std::size_t events = ledger.events.size();
  if (!before.is_running() && next.is_running()) {
    ledger.events.push_back({"restarted", entry.recorded_at, {}, &entry});
  }
  note_suspensions(before, entry, ledger);
  if (is_extended(before, next)) {
    ledger.events.push_back({"extended", entry.recorded_at, reason_of(entry), &entry});
  }
  if (before.is_running() && !next.is_running()) {
    ledger.events.push_back({"stopped", *next.stopped_at, entry.lateness_reason, &entry});
  }
  if (ledger.events.size() == events && has_other_dates(before, next)) {
    ledger.events.push_back({"recounted", entry.recorded_at, {}, &entry});
  }
}

class Ledgers final {
 public:
  void add(const Entry& entry) {
    const std::string holder = subject_.holder.unit;
    subject_ = apply(std::move(subject_), entry);
    if (subject_.holder.unit != holder) {
      handovers_.push_back({entry.recorded_at, subject_.holder.unit});
    }
    std::erase_if(ledgers_, [&](const Ledger& ledger) {
      return std::ranges::none_of(
          subject_.clocks, [&](const Clock& clock) { return is_same(clock, ledger.clock); });
    });
    for (const Clock& clock : subject_.clocks) take(clock, entry);
  }

  [[nodiscard]] const Case& subject() const { return subject_; }
  [[nodiscard]] const std::vector<Ledger>& all() const { return ledgers_; }
  [[nodiscard]] const std::vector<Handover>& handovers() const { return handovers_; }

 private:
  void take(const Clock& clock, const Entry& entry) {
    const auto known = std::ranges::find_if(
        ledgers_, [&](const Ledger& ledger) { return is_same(ledger.clock, clock); });
    if (known == ledgers_.end()) {
      ledgers_.push_back({clock, {{"started", clock.started_at, {}, &entry}}});
      return;
    }
    const Clock before = std::exchange(known->clock, clock);
    if (before != clock) note_changes(before, entry, *known);
  }

  Case subject_;
  std::vector<Ledger> ledgers_;
  std::vector<Handover> handovers_;
};

bool is_suspended_on(CivilDate day, const Clock& clock, Instant end) {
  return std::ranges::any_of(clock.suspensions, [&](const Suspension& suspension) {
    return workflow::civil_date_of(suspension.from) < day &&
           day <= workflow::civil_date_of(suspension.to.value_or(end));
  });
}

// As limits count them: not the first day, and none on which the clock was suspended.
std::int64_t working_days(const Clock& clock, Instant from, Instant to,
                          const workflow::WorkingCalendar& calendar) {
  std::int64_t count = 0;
  const CivilDate last = workflow::civil_date_of(to);
  for (CivilDate day = workflow::civil_date_of(from) + std::chrono::days(1); day <= last;
       day += std::chrono::days(1)) {
    if (calendar.is_working_day(day) && !is_suspended_on(day, clock, to)) ++count;
  }
  return count;
}

Array held_view(const Clock& clock, const std::vector<Handover>& handovers, Instant as_of,
                const Reader& reader) {
  Array held;
  const auto calendar = reader.rulebook.calendar();
  const Instant end = std::max(clock.stopped_at.value_or(as_of), clock.started_at);
  for (std::size_t at = 0; at < handovers.size(); ++at) {
    const bool is_first = at == 0;
    const bool is_last = at + 1 == handovers.size();
    const Instant from =
        is_first ? clock.started_at : std::max(handovers[at].at, clock.started_at);
    const Instant to = is_last ? end : std::min(handovers[at + 1].at, end);
    if (to < from || (to == from && !is_last) || handovers[at].unit.empty()) continue;
    if (from > end) continue;
    held.emplace_back(Object{{"unit", handovers[at].unit},
                             {"name", unit_name(handovers[at].unit, reader)},
                             {"from", workflow::to_text(from)},
                             {"to", workflow::to_text(to)},
                             {"working_days", working_days(clock, from, to, *calendar)}});
  }
  return held;
}

Value event_view(const ClockEvent& event) {
  Object view{{"kind", event.kind},
              {"at", workflow::to_text(event.at)},
              {"by", Value()},
              {"reason", event.reason.empty() ? Value() : Value(event.reason)},
              {"sequence", Value()}};
  if (event.entry != nullptr) {
    view.set("by", audit_actor_view(event.entry->actor));
    view.set("sequence", event.entry->sequence);
  }
  return view;
}

Array events_view(Ledger ledger, Instant as_of) {
  const auto due_at = binding_due_at(ledger.clock);
  if (due_at && is_late(ledger.clock, as_of)) {
    ledger.events.push_back({"expired", *due_at, {}, nullptr});
  }
  std::ranges::stable_sort(ledger.events, {}, &ClockEvent::at);
  Array events;
  for (const ClockEvent& event : ledger.events) events.push_back(event_view(event));
  return events;
}

Value limit_view(const Clock& clock, const Case& subject, const Reader& reader) {
  const auto due_at = binding_due_at(clock);
  const auto binding = std::ranges::find_if(clock.limits, [&](const workflow::Limit& limit) {
    return limit.extended_to.value_or(limit.due_at) == due_at;
  });
  if (binding == clock.limits.end()) return {};
  std::string basis;
  const workflow::Edition* edition = reader.rulebook.edition(subject.edition);
  if (edition != nullptr) {
    for (const auto* rule : limits_of(clock, subject.facts, *edition)) {
      if (rule->code == binding->code) basis = rule->basis;
    }
  }
  return Object{
      {"code", binding->code},
      {"title", reader.rulebook.texts().text(reader.language, "limit." + binding->code)},
      {"basis", basis}};
}

std::optional<Instant> first_due_at(const Clock& clock) {
  std::optional<Instant> first;
  for (const workflow::Limit& limit : clock.limits) {
    first = first ? std::min(*first, limit.due_at) : limit.due_at;
  }
  return first;
}

}  // namespace

Value clock_ledger(const std::vector<Entry>& entries, Instant as_of, const Reader& reader) {
  Ledgers ledgers;
  for (const Entry& entry : entries) {
    if (entry.recorded_at <= as_of) ledgers.add(entry);
  }
  Array clocks;
  for (const Ledger& ledger : ledgers.all()) {
    const Clock& clock = ledger.clock;
    clocks.emplace_back(
        Object{{"clock", clock.name},
               {"state", clock.state},
               {"visit", clock.visit},
               {"started_at", workflow::to_text(clock.started_at)},
               {"stopped_at", instant_or_null(clock.stopped_at)},
               {"due_at", instant_or_null(binding_due_at(clock))},
               {"first_due_at", instant_or_null(first_due_at(clock))},
               {"limit", limit_view(clock, ledgers.subject(), reader)},
               {"held", held_view(clock, ledgers.handovers(), as_of, reader)},
               {"events", events_view(ledger, as_of)}});
  }
  return Object{{"as_of", workflow::to_text(as_of)}, {"clocks", std::move(clocks)}};
}

}  // namespace yimen::api
