#include "persistence/projection.hpp"

#include <algorithm>
#include <set>

namespace yimen::persistence {

namespace {

using workflow::Case;
using workflow::Clock;
using workflow::Instant;
using workflow::Limit;
using workflow::Value;

std::optional<Instant> earlier(std::optional<Instant> left, std::optional<Instant> right) {
  if (!left || !right) return left ? left : right;
  return std::min(*left, *right);
}

Instant opened_at_of(const Case& subject) {
  std::optional<Instant> opened;
  if (!subject.records.empty()) opened = subject.records.front().recorded_at;
  if (!subject.clocks.empty()) opened = earlier(opened, subject.clocks.front().started_at);
  return opened.value_or(subject.recorded_at);
}

// A step that is taken back lets the old clock of the state run on, under a new visit.
Instant state_since_of(const Case& subject) {
  Instant since = subject.recorded_at;
  for (const Clock& clock : subject.clocks) {
    if (clock.state.empty() || clock.state != subject.state) continue;
    if (clock.is_running() || clock.visit == subject.visit) since = clock.started_at;
  }
  return since;
}

std::optional<Instant> suspended_at_of(const Clock& clock) {
  std::optional<Instant> suspended;
  if (!clock.is_running()) return suspended;
  for (const workflow::Suspension& suspension : clock.suspensions) {
    if (!suspension.to) suspended = earlier(suspended, suspension.from);
  }
  return suspended;
}

std::vector<std::string> waits_for_of(const Case& subject) {
  std::set<std::string> names;
  for (const Clock& clock : subject.clocks) {
    if (clock.is_running() && clock.state.empty()) names.insert(clock.name);
  }
  return {names.begin(), names.end()};
}

CaseSummary summary_of(const Case& subject, bool is_closed) {
  CaseSummary summary;
  summary.id = subject.id;
  summary.procedure = subject.procedure;
  summary.number = subject.fact("number").text();
  summary.state = subject.state;
  summary.category = subject.fact("category").text();
  summary.village = subject.fact("village").text();
  summary.department = subject.fact("department").text();
  summary.subject = subject.fact("subject").text();
  summary.holder_unit = subject.holder.unit;
  summary.holder_person = subject.holder.person;
  summary.emergency = subject.fact("emergency").truth();
  summary.is_closed = is_closed;
  summary.revision = subject.revision;
  summary.opened_at = opened_at_of(subject);
  summary.state_since = state_since_of(subject);
  for (const Clock& clock : subject.clocks) {
    summary.suspended_at = earlier(summary.suspended_at, suspended_at_of(clock));
    if (clock.is_running() && !clock.is_suspended()) {
      summary.due_at = earlier(summary.due_at, binding_due_at(clock));
    }
  }
  summary.waits_for = waits_for_of(subject);
  return summary;
}

ClockRow clock_row(const Clock& clock) {
  ClockRow row{clock.name,       clock.state,      clock.visit, clock.started_by,
               clock.started_at, clock.stopped_at, {},          {},
               {},               {}};
  row.suspended_at = suspended_at_of(clock);
  row.due_at = binding_due_at(clock);
  for (const Limit& limit : clock.limits) {
    row.first_due_at = earlier(row.first_due_at, limit.due_at);
    if (row.limit_code.empty() && limit.extended_to.value_or(limit.due_at) == row.due_at) {
      row.limit_code = limit.code;
    }
  }
  return row;
}

void add_persons(std::vector<PersonRole>& persons, const std::string& role, const Value& fact) {
  const auto add = [&](const std::string& person) {
    const PersonRole row{person, role};
    if (!person.empty() && std::ranges::find(persons, row) == persons.end()) persons.push_back(row);
  };
  add(fact.text());
  for (const Value& person : fact.items()) add(person.text());
}

}  // namespace

const std::vector<std::string>& person_facts() {
  static const std::vector<std::string> facts{"subject"};
  return facts;
}

Projection project(const Case& subject, bool is_closed) {
  Projection projection;
  projection.summary = summary_of(subject, is_closed);
  for (const Clock& clock : subject.clocks) {
    projection.clocks.push_back(clock_row(clock));
    if (!clock.is_running() || clock.is_suspended()) continue;
    for (const workflow::Rung& rung : clock.rungs) {
      projection.rungs.push_back(
          {clock.name, clock.started_by, rung.code, clock.visit, rung.at});
    }
  }
  projection.audited = audited_clocks(subject);
  for (const std::string& role : person_facts()) {
    add_persons(projection.persons, role, subject.fact(role));
  }
  for (const workflow::Record& record : subject.records) {
    if (record.sequence == 1) add_persons(projection.persons, "started", record.by.person);
    add_persons(projection.persons, "acted", record.by.person);
  }
  return projection;
}

}  // namespace yimen::persistence
