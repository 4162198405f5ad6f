// Random casework on every store: its figures, as of any instant and grouped in any way, are what
// counting the journals over and over again comes to, and are the lines behind them.
#include <map>
#include <random>
#include <set>

#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

using workflow::Case;
using workflow::Clock;
using workflow::Entry;

constexpr int cases = 60;
constexpr int end = 4'000;

class Chance final {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(engine_); }
  bool one_in(int many) { return below(many) == 0; }
  std::string office() { return "office-" + std::to_string(1 + below(3)); }

 private:
  std::mt19937 engine_;
};

Clock* statutory_of(Case& subject) {
  for (Clock& clock : subject.clocks) {
    if (clock.name == "statutory" && clock.is_running()) return &clock;
  }
  return nullptr;
}

void start(Entry& entry, int at, Chance& chance) {
  entry.changes.clocks.push_back(
      clock_of("statutory", "", 1, entry.sequence, at, at + 100 + chance.below(900)));
}

// What may happen to a case at an instant; nothing of it need make sense to a clerk.
void happen(Entry& entry, Case subject, int at, Chance& chance) {
  Clock* clock = statutory_of(subject);
  entry.kind = workflow::EntryKind::transition;
  const auto put = [&] { entry.changes.clocks = {*clock}; };
  switch (chance.below(clock == nullptr ? 3 : 9)) {
    case 0:
      entry.event = "assign";
      entry.changes.holder = workflow::Holder{chance.office(), {}};
      entry.changes.facts.set("department", chance.office());
      return;
    case 1:
      entry.event = clock == nullptr ? "reopen" : "note";
      entry.changes.holder = workflow::Holder{"station", {}};
      if (clock == nullptr) start(entry, at, chance);
      return;
    case 2:
      entry.event = "change";
      entry.changes.facts.set("category", chance.one_in(2) ? "illness" : "housing");
      return;
    case 3:
      entry.event = "suspend_clock";
      if (!clock->is_suspended()) {
        clock->suspensions.push_back({entry.recorded_at, {}, "papers", entry.sequence});
      }
      return put();
    case 4:
    case 5:
      entry.event = "resume_clock";
      if (!clock->is_suspended()) return;
      clock->suspensions.back().to = entry.recorded_at;
      clock->limits.front().due_at += entry.recorded_at - clock->suspensions.back().from;
      return put();
    case 6:
      entry.event = "extend_deadline";
      if (!is_late(*clock, entry.recorded_at)) {
        clock->limits.front().extended_to = clock->limits.front().due_at + std::chrono::minutes(99);
      }
      return put();
    default: {
      entry.event = chance.one_in(4) ? "withdraw" : "approve";
      const auto early = std::chrono::minutes(chance.below(30));  // entered later than it happened
      clock->stopped_at = std::max(clock->started_at, entry.recorded_at - early);
      clock->stopped_by = entry.sequence;
      for (auto& suspension : clock->suspensions) {
        if (!suspension.to) suspension.to = std::max(*clock->stopped_at, suspension.from);
      }
      return put();
    }
  }
}

std::vector<Entry> live(Database& database, int number, Chance& chance) {
  int at = chance.below(500);
  Move move = opening(number, at, 50'000, [&](Entry& entry) {
    entry.changes.facts.set("village", "village-" + std::to_string(1 + chance.below(4)));
    if (chance.one_in(2)) start(entry, at, chance);
  });
  std::vector<Entry> entries;
  const auto keep = [&] {
    REQUIRE(move.commit(database.cases()));
    entries.push_back(workflow::entry_from(*workflow::parse(move.entry.bytes)));
  };
  keep();
  for (at += chance.below(300); at < end; at += chance.below(300)) {
    const Case subject = move.next;
    move = step_from(move.loaded(), at, [&](Entry& entry) { happen(entry, subject, at, chance); });
    keep();
  }
  return entries;
}

AuditQuery query_of(const std::string& clock, int from, int before, workflow::Instant instant) {
  AuditQuery query;
  query.clock = clock;
  query.from = minute(from);
  query.before = minute(before);
  query.as_of = instant;
  return query;
}

// ---- counting by hand ---------------------------------------------------------------------------

Case as_of(const std::vector<Entry>& entries, workflow::Instant instant) {
  Case subject;
  for (const Entry& entry : entries) {
    if (entry.recorded_at <= instant) subject = apply(std::move(subject), entry);
  }
  return subject;
}

bool has(const Case& subject, const std::string& kind, std::int64_t from, std::int64_t to) {
  for (const auto& record : subject.records) {
    if (record.kind == kind && record.sequence >= from && record.sequence <= to) return true;
  }
  return false;
}

AuditOutcome outcome_of(const Case& subject, const Clock& clock, workflow::Instant now) {
  const bool late = is_late(clock, now);
  if (clock.is_running()) return late ? AuditOutcome::open_late : AuditOutcome::open_in_time;
  const bool reopened =
      clock.name == "statutory" && has(subject, "reopen", clock.stopped_by + 1, 1'000);
  if (has(subject, "withdraw", clock.stopped_by, clock.stopped_by)) {
    if (late && reopened) return AuditOutcome::done_late;
    return late ? AuditOutcome::withdrawn_late : AuditOutcome::withdrawn;
  }
  return late || reopened ? AuditOutcome::done_late : AuditOutcome::done_in_time;
}

// The facts with which the clock last ran, stopped, or had its completion undone.
AuditFacts facts_of(const std::vector<Entry>& entries, const Clock& clock, workflow::Instant now) {
  AuditFacts facts;
  Case subject;
  for (const Entry& entry : entries) {
    if (entry.recorded_at > now) break;
    subject = apply(std::move(subject), entry);
    for (const Clock& own : subject.clocks) {
      if (own.started_by != clock.started_by || own.name != clock.name) continue;
      const bool is_undone = clock.name == "statutory" && entry.event == "reopen" &&
                             !own.is_running() &&
                             !has(subject, "reopen", own.stopped_by + 1, entry.sequence - 1);
      if (own.is_running() || own.stopped_by == entry.sequence || is_undone) {
        facts = audit_facts_of(subject);
      }
    }
  }
  return facts;
}

// "department outcome unit" -> how many.
using Counts = std::map<std::string, std::int64_t>;

std::string what(const std::string& key, AuditOutcome outcome, const std::string& unit) {
  return key + " " + std::to_string(static_cast<int>(outcome)) + " " + unit;
}

std::string key_of(const AuditFacts& facts, AuditGrouping by) {
  switch (by) {
    case AuditGrouping::department: return facts.department;
    case AuditGrouping::village: return facts.village;
    case AuditGrouping::category: return facts.category;
    case AuditGrouping::nothing: break;
  }
  return {};
}

Counts counted(const std::vector<std::vector<Entry>>& journals, const AuditQuery& query,
               AuditGrouping by) {
  Counts counts;
  for (const auto& entries : journals) {
    const Case subject = as_of(entries, query.as_of);
    for (const Clock& clock : subject.clocks) {
      const bool is_meant = clock.name == query.clock && clock.started_at >= query.from &&
                            clock.started_at < query.before;
      if (!is_meant) continue;
      const AuditOutcome outcome = outcome_of(subject, clock, query.as_of);
      std::string unit;
      if (outcome == AuditOutcome::done_late || outcome == AuditOutcome::open_late) {
        const bool late = is_late(clock, query.as_of);
        unit = as_of(entries, late ? *binding_due_at(clock) : *clock.stopped_at).holder.unit;
      }
      ++counts[what(key_of(facts_of(entries, clock, query.as_of), by), outcome, unit)];
    }
  }
  return counts;
}

Counts counts_of(const std::vector<AuditFigure>& figures) {
  Counts counts;
  for (const AuditFigure& figure : figures) {
    counts[what(figure.key, figure.outcome, figure.late_with)] += figure.count;
  }
  return counts;
}

Counts counts_of_lines(AuditStore& audit, const AuditQuery& query, AuditGrouping by) {
  Counts counts;
  std::string cursor;
  do {
    const auto page = audit.lines(query, cursor, 7);
    REQUIRE(page);
    for (const AuditLine& line : page->items) {
      ++counts[what(key_of(line.clock.facts, by), line.outcome, line.late_with)];
    }
    cursor = page->next;
  } while (!cursor.empty());
  return counts;
}

}  // namespace

SCENARIO("figures are what the journals come to, and the lines that they link to") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  const unsigned seed = GENERATE(1U, 2U, 3U);
  CAPTURE(seed);
  Chance chance(seed);
  std::vector<std::vector<Entry>> journals;
  for (int number = 1; number <= cases; ++number) {
    journals.push_back(live(fixture->database(), number, chance));
  }
  AuditStore& audit = fixture->database().audit();
  std::set<AuditOutcome> seen;
  for (int round = 0; round < 40; ++round) {
    const int as_of_minute = chance.below(end + 500);
    const AuditQuery query =
        query_of(chance.one_in(5) ? "state" : "statutory", chance.below(200),
                 500 + chance.below(end), minute(as_of_minute) + std::chrono::milliseconds(1));
    const auto by = static_cast<AuditGrouping>(chance.below(4));
    CAPTURE(round, as_of_minute, query.clock);
    const auto figures = audit.figures(query, by);
    REQUIRE(figures);
    const Counts counts = counts_of(*figures);
    CHECK(counts == counted(journals, query, by));
    CHECK(counts == counts_of_lines(audit, query, by));
    for (const AuditFigure& figure : *figures) seen.insert(figure.outcome);
  }
  CHECK(seen.size() == audit_outcomes);
}

SCENARIO("what commits leave row by row is what the whole history is") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Chance chance(9);
  std::vector<AuditHistory> histories;
  for (int number = 1; number <= cases; ++number) {
    histories.push_back(audit_history_of(live(fixture->database(), number, chance)));
  }
  for (int round = 0; round < 20; ++round) {
    const workflow::Instant at = minute(chance.below(end));
    std::multimap<std::string, AuditClock> expected;
    for (const AuditHistory& history : histories) {
      for (const AuditVersion& version : history.versions) {
        const bool holds = version.recorded_at <= at &&
                           (!version.superseded_at || *version.superseded_at > at);
        if (!holds || version.clock.clock != "statutory") continue;
        expected.emplace(history.case_id + std::to_string(version.clock.started_by),
                         version.clock);
      }
    }
    std::multimap<std::string, AuditClock> found;
    std::string cursor;
    do {
      const auto page =
          fixture->database().audit().lines(query_of("statutory", 0, end, at), cursor, 200);
      REQUIRE(page);
      for (const AuditLine& line : page->items) {
        found.emplace(line.case_id + std::to_string(line.clock.started_by), line.clock);
      }
      cursor = page->next;
    } while (!cursor.empty());
    CHECK(found == expected);
  }
}

}  // namespace yimen::persistence
