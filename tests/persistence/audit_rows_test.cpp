#include "persistence/audit_rows.hpp"

#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

using workflow::Case;
using workflow::Clock;
using workflow::Entry;

Case case_with(std::vector<Clock> clocks, int at) {
  Case subject = opening(1).next;
  subject.recorded_at = minute(at);
  subject.clocks = std::move(clocks);
  return subject;
}

Clock stopped(Clock clock, int at, std::int64_t by) {
  clock.stopped_at = minute(at);
  clock.stopped_by = by;
  return clock;
}

workflow::Record record_of(std::int64_t sequence, const std::string& kind) {
  workflow::Record record;
  record.sequence = sequence;
  record.kind = kind;
  return record;
}

std::vector<std::string> kinds_of(const Entry& entry) {
  std::vector<std::string> kinds;
  for (const AuditMark& mark : marks_of(entry)) kinds.push_back(mark.list + "/" + mark.kind);
  return kinds;
}

}  // namespace

SCENARIO("clocks with a limit are audited, the two statutory ones as one") {
  Clock without_limit = clock_of("statutory", "", 1, 2, 0, 300);
  without_limit.limits.clear();
  const Case subject = case_with({clock_of("state", "discovered", 1, 1, 0, 600), without_limit,
                                  clock_of("statutory_without_approval", "", 1, 2, 0, 400),
                                  clock_of("sign_for", "", 1, 2, 0, 400)},
                                 10);
  const auto rows = audited_clocks(subject);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].clock == "state");
  CHECK(rows[0].state == "discovered");
  CHECK(rows[1].clock == "statutory");
  CHECK(rows[1].due_at == minute(400));
  CHECK_FALSE(rows[1].is_late);
  CHECK(rows[1].facts == AuditFacts{"village-1", "", "village-1", "illness"});
}

SCENARIO("whether a clock is late is settled when it stops or is suspended") {
  const Clock clock = clock_of("statutory", "", 1, 1, 0, 300);
  const auto is_late = [](const Clock& given, int at) {
    return audited_clocks(case_with({given}, at)).front().is_late;
  };
  CHECK(is_late(clock, 900) == std::nullopt);
  CHECK(is_late(stopped(clock, 300, 2), 900) == false);
  CHECK(is_late(stopped(clock, 301, 2), 900) == true);
  Clock suspended = clock;
  suspended.suspensions = {{minute(200), {}, "papers", 2}};
  CHECK(is_late(suspended, 900) == false);
  suspended.suspensions.front().to = minute(800);
  CHECK(is_late(stopped(suspended, 800, 3), 900) == false);
  suspended.suspensions = {{minute(301), {}, "papers", 2}};
  CHECK(is_late(suspended, 900) == true);
}

SCENARIO("a withdrawal and a reopening show on the clocks that they are about") {
  Case subject = case_with({stopped(clock_of("statutory", "", 1, 1, 0, 300), 10, 4),
                            stopped(clock_of("discovery", "", 1, 1, 0, 300), 5, 2)},
                           20);
  subject.records.push_back(record_of(4, "withdraw"));
  CHECK(audited_clocks(subject)[0].is_withdrawn);
  CHECK_FALSE(audited_clocks(subject)[1].is_withdrawn);
  CHECK_FALSE(audited_clocks(subject)[0].is_reopened);
  subject.records.push_back(record_of(5, "reopen"));
  CHECK(audited_clocks(subject)[0].is_reopened);
  CHECK_FALSE(audited_clocks(subject)[1].is_reopened);  // what was discovered stays discovered
}

SCENARIO("a running clock has a version for each holder, a stopped one keeps its last") {
  const Case before = case_with({clock_of("statutory", "", 1, 1, 0, 300)}, 10);
  Case next = before;
  next.holder.unit = "office-1";
  const auto old_rows = audited_clocks(before);
  const auto new_rows = audited_clocks(next);
  AuditChanges changes = audit_changes(old_rows, new_rows);
  CHECK(changes.superseded.size() == 1);
  CHECK(changes.inserted.size() == 1);
  next.clocks.front() = stopped(next.clocks.front(), 20, 2);
  Case later = next;
  later.holder.unit = "station";
  later.facts.set("category", "housing");
  changes = audit_changes(audited_clocks(next), audited_clocks(later));
  CHECK(changes.superseded.empty());
  CHECK(changes.inserted.empty());
  later.clocks.clear();
  const auto last_rows = audited_clocks(next);
  CHECK(audit_changes(last_rows, {}).superseded.size() == 1);
}

SCENARIO("entries are marked by what they do") {
  Entry entry;
  entry.sequence = 7;
  entry.recorded_at = minute(500);
  entry.kind = workflow::EntryKind::annotation;
  for (const auto& [event, kind] : std::map<std::string, std::string>{
           {"extend_deadline", "extensions/extension"},
           {"suspend_clock", "suspensions/suspension"},
           {"resume_clock", "suspensions/resumption"},
           {"exempt_from_notice", "exemptions/exemption"}}) {
    entry.event = event;
    CHECK(kinds_of(entry) == std::vector<std::string>{kind});
  }
  entry.event = "note";
  CHECK(kinds_of(entry).empty());
  entry.kind = workflow::EntryKind::proposal;
  entry.event = "reopen";
  CHECK(kinds_of(entry).empty());
  entry.kind = workflow::EntryKind::transition;
  entry.changes.state = "reported_to_station";
  CHECK(kinds_of(entry) == std::vector<std::string>{"reopened/reopened"});
  entry.kind = workflow::EntryKind::take_back;
  entry.event = "take_back";
  CHECK(kinds_of(entry) == std::vector<std::string>{"take-backs/take_back"});
}

SCENARIO("a limit that was kept by what was entered later is marked, or broken by the county") {
  Entry entry;
  entry.sequence = 7;
  entry.event = "county_approve";
  entry.recorded_at = minute(500);
  entry.changes.state = "handled";
  entry.changes.clocks = {stopped(clock_of("statutory", "", 1, 1, 0, 300), 299, 7)};
  CHECK(kinds_of(entry) == std::vector<std::string>{"backdated/backdated"});
  entry.recorded_at = minute(300);
  CHECK(kinds_of(entry).empty());
  entry.recorded_at = minute(500);
  entry.changes.clocks = {stopped(clock_of("state", "escalated_to_county", 1, 1, 0, 300), 500, 7)};
  entry.lateness_reason = "waiting_for_county";
  CHECK(kinds_of(entry) ==
        std::vector<std::string>{"late-by-county/late_by_county", "late-reasons/late_reason"});
  CHECK(marks_of(entry).back().reason == "waiting_for_county");
  entry.changes.clocks = {stopped(clock_of("state", "handled", 1, 1, 0, 300), 500, 7)};
  CHECK(kinds_of(entry) == std::vector<std::string>{"late-reasons/late_reason"});
}

}  // namespace yimen::persistence
