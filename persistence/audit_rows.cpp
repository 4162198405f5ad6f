#include "persistence/audit_rows.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace yimen::persistence {

namespace {

using workflow::Case;
using workflow::Clock;
using workflow::Entry;
using workflow::EntryKind;

constexpr std::string_view state_clock = "state";
constexpr std::string_view statutory = "statutory";
constexpr std::string_view county_state = "escalated_to_county";

// Categories without an approval have a statutory clock of their own: at each moment one of the two
// has a limit.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> audited_names{
    {{"statutory", statutory},
     {"statutory_without_approval", statutory},
     {"discovery", "discovery"},
     {"emergency", "emergency"},
     {"papers", "papers"},
     {state_clock, state_clock}}};

constexpr std::array<std::array<std::string_view, 3>, 4> listed_annotations{
    {{"extend_deadline", "extensions", "extension"},
     {"suspend_clock", "suspensions", "suspension"},
     {"resume_clock", "suspensions", "resumption"},
     {"exempt_from_notice", "exemptions", "exemption"}}};

// Empty for a clock that is not audited.
std::string_view audited_as(std::string_view name) {
  const auto found = std::ranges::find(audited_names, name, [](const auto& pair) {
    return pair.first;
  });
  return found != audited_names.end() ? found->second : std::string_view();
}

bool was_reopened_after(const Case& subject, std::int64_t sequence) {
  return std::ranges::any_of(subject.records, [&](const workflow::Record& record) {
    return record.kind == "reopen" && record.sequence > sequence;
  });
}

bool was_withdrawn_by(const Case& subject, std::int64_t sequence) {
  return std::ranges::any_of(subject.records, [&](const workflow::Record& record) {
    return record.kind == "withdraw" && record.sequence == sequence;
  });
}

bool is_same(const AuditClock& left, const AuditClock& right) {
  return left.clock == right.clock && left.started_by == right.started_by;
}

// Whether an entry left the clock as it was; the facts of one that has stopped do not count.
bool is_unchanged(const AuditClock& before, const AuditClock& next) {
  AuditClock unmoved = next;
  if (next.stopped_at) unmoved.facts = before.facts;
  return before == unmoved;
}

const AuditClock* same_in(const std::vector<AuditClock>& clocks, const AuditClock& wanted) {
  const auto found = std::ranges::find_if(
      clocks, [&](const AuditClock& clock) { return is_same(clock, wanted); });
  return found != clocks.end() ? &*found : nullptr;
}

// Entered after the clock had run out, and says that it was kept.
bool was_kept_by_backdating(const Clock& clock, const Entry& entry) {
  const auto due_at = binding_due_at(clock);
  return clock.stopped_by == entry.sequence && due_at && !is_late(clock, entry.recorded_at) &&
         *clock.stopped_at < entry.recorded_at && *due_at < entry.recorded_at;
}

bool left_the_county_late(const Clock& clock, const Entry& entry) {
  return clock.name == state_clock && clock.state == county_state &&
         clock.stopped_by == entry.sequence && is_late(clock, entry.recorded_at);
}

}  // namespace

AuditFacts audit_facts_of(const Case& subject) {
  return {subject.holder.unit, subject.fact("department").text(), subject.fact("village").text(),
          subject.fact("category").text()};
}

std::vector<AuditClock> audited_clocks(const Case& subject) {
  std::vector<AuditClock> clocks;
  const AuditFacts facts = audit_facts_of(subject);
  for (const Clock& clock : subject.clocks) {
    const std::string_view name = audited_as(clock.name);
    const auto due_at = binding_due_at(clock);
    if (name.empty() || !due_at) continue;
    AuditClock row{std::string(name), clock.started_by, clock.state, clock.started_at,
                   clock.stopped_at, *due_at,           {},          false,
                   false,            facts};
    if (clock.stopped_at || clock.is_suspended()) row.is_late = is_late(clock, subject.recorded_at);
    row.is_withdrawn = clock.stopped_at && was_withdrawn_by(subject, clock.stopped_by);
    row.is_reopened = clock.stopped_at && name == statutory &&
                      was_reopened_after(subject, clock.stopped_by);
    if (same_in(clocks, row) == nullptr) clocks.push_back(std::move(row));
  }
  return clocks;
}

AuditChanges audit_changes(const std::vector<AuditClock>& before,
                           const std::vector<AuditClock>& next) {
  AuditChanges changes;
  for (const AuditClock& clock : before) {
    const AuditClock* now = same_in(next, clock);
    if (now == nullptr || !is_unchanged(clock, *now)) changes.superseded.push_back(&clock);
  }
  for (const AuditClock& clock : next) {
    const AuditClock* former = same_in(before, clock);
    if (former == nullptr || !is_unchanged(*former, clock)) changes.inserted.push_back(&clock);
  }
  return changes;
}

std::vector<AuditMark> marks_of(const Entry& entry) {
  std::vector<AuditMark> marks;
  const auto add = [&](std::string_view list, std::string_view kind, std::string reason = {}) {
    marks.push_back({std::string(list), std::string(kind), std::move(reason)});
  };
  for (const auto& [event, list, kind] : listed_annotations) {
    if (entry.kind == EntryKind::annotation && entry.event == event) add(list, kind);
  }
  if (entry.kind == EntryKind::take_back) add("take-backs", "take_back");
  const bool moves = entry.changes.state && entry.kind != EntryKind::take_back;
  if (moves && entry.event == "reopen") add("reopened", "reopened");
  const auto any_clock = [&](auto predicate) {
    return std::ranges::any_of(entry.changes.clocks, [&](const Clock& clock) {
      return !clock.is_running() && predicate(clock, entry);
    });
  };
  if (moves && any_clock(left_the_county_late)) add("late-by-county", "late_by_county");
  if (any_clock(was_kept_by_backdating)) add("backdated", "backdated");
  if (!entry.lateness_reason.empty()) add("late-reasons", "late_reason", entry.lateness_reason);
  return marks;
}

AuditHistory audit_history_of(const std::vector<Entry>& entries) {
  AuditHistory history;
  Case subject;
  std::vector<AuditClock> before;
  for (const Entry& entry : entries) {
    subject = apply(std::move(subject), entry);
    const std::vector<AuditClock> next = audited_clocks(subject);
    const AuditChanges changes = audit_changes(before, next);
    for (const AuditClock* clock : changes.superseded) {
      const auto last = std::ranges::find_if(history.versions, [&](const AuditVersion& version) {
        return !version.superseded_at && is_same(version.clock, *clock);
      });
      last->superseded_at = entry.recorded_at;
    }
    for (const AuditClock* clock : changes.inserted) {
      history.versions.push_back({*clock, entry.sequence, entry.recorded_at, {}});
    }
    for (AuditMark& mark : marks_of(entry)) {
      history.marks.push_back(
          {std::move(mark), entry.sequence, entry.recorded_at, audit_facts_of(subject)});
    }
    before = next;
  }
  history.case_id = subject.id;
  history.sequence = subject.sequence;
  return history;
}

}  // namespace yimen::persistence
