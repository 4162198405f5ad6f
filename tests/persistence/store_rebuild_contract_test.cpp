// The contract of every store for the tables of cases being made again from the journal.
#include <algorithm>
#include <thread>

#include "persistence/audit_fill.hpp"
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

using Catch::Matchers::Contains;
using workflow::Entry;

// Every table that is made again, each row as a text.
using Tables = std::map<std::string, std::vector<std::string>>;

const std::map<std::string, std::string> columns_of{
    {"cases",
     "id, jurisdiction, edition, sequence, revision, hex(head_hash), state, is_closed, number, "
     "category, village, department, emergency, holder_unit, holder_person, opened_at, "
     "state_since, due_at, suspended_at, subject, waits_for"},
    {"case_documents", "case_id, document"},
    {"clock_segments",
     "case_id, clock, started_by, recorded_by, jurisdiction, state, visit, started_at, "
     "stopped_at, suspended_at, limit_code, due_at, first_due_at, recorded_at, superseded_at"},
    {"rungs", "case_id, clock, started_by, rung, visit, jurisdiction, due_at, is_armed, done_at"},
    {"case_persons", "case_id, person, role, jurisdiction"},
    {"audit_clocks",
     "jurisdiction, clock, started_at, case_id, started_by, recorded_by, recorded_at, "
     "superseded_at, due_at, stopped_at, is_late, is_withdrawn, is_reopened, holder_unit, "
     "department, village, category, state"},
    {"audit_marks",
     "case_id, sequence, kind, list, reason, jurisdiction, recorded_at, holder_unit, department, "
     "village, category"}};

Tables tables_of(StoreFixture& fixture) {
  Tables tables;
  for (const auto& [table, columns] : columns_of) {
    tables[table] = fixture.ask("SELECT " + columns + " FROM " + table);
    std::ranges::sort(tables[table]);
  }
  // How units see cases is laid out by each store in its own way.
  for (const std::string unit : {"village-1", "office-1"}) {
    for (const auto sort : {CaseQuery::Sort::due, CaseQuery::Sort::opened}) {
      CaseQuery query;
      query.visible_to = {unit};
      query.sort = sort;
      const CasePage page = fixture.database().cases().search(query).value();
      for (const CaseSummary& row : page.items) tables["units"].push_back(unit + " " + row.id);
    }
  }
  return tables;
}

// Cases on their ways: one that has moved, changed hands and was suspended, one whose first rung
// has told, one that is closed.
void play(Database& database) {
  const Move opened = opening(1, 0, 600, [](Entry& entry) {
    entry.changes.clocks.push_back(clock_of("statutory", "", 1, 1, 0, 300));
    entry.changes.facts.set("subject", id_of(801));
  });
  REQUIRE(opened.commit(database.cases()));
  const Move moved = step_from(opened.loaded(), 200, [](Entry& entry) {
    entry.kind = workflow::EntryKind::transition;
    entry.event = "assign";
    entry.changes.state = "village_review";
    entry.changes.holder = workflow::Holder{"office-1", {}};
    entry.changes.units = {"village-1", "office-1"};
    entry.changes.facts.set("number", "示2026-0001");
  });
  REQUIRE(moved.commit(database.cases()));
  REQUIRE(step_from(moved.loaded(), 400, [&](Entry& entry) {
            entry.event = "suspend_clock";
            workflow::Clock clock = moved.next.clocks.back();
            clock.suspensions.push_back({entry.recorded_at, {}, "applicant_papers"});
            entry.changes.clocks = {clock};
          }).commit(database.cases()));

  const Move told = opening(2, 0, 200);
  REQUIRE(told.commit(database.cases()));

  const Move begun = opening(3);
  REQUIRE(begun.commit(database.cases()));
  REQUIRE(step_from(begun.loaded(), 30, [&](Entry& entry) {
            entry.kind = workflow::EntryKind::transition;
            entry.event = "archive";
            entry.changes.state = "archived";
            workflow::Clock clock = begun.next.clocks.front();
            clock.stopped_at = entry.recorded_at;
            clock.stopped_by = entry.sequence;
            entry.changes.clocks = {clock};
          }).commit(database.cases()));
}

// The rung that is due first has told, which no entry shows.
void finish_first_rung(DeadlineStore& deadlines) {
  const auto leases =
      deadlines.hold_shards("worker-1", minute(100), minute(101)).value();
  const auto due = deadlines.due_rungs(leases, minute(100), 10).value();
  REQUIRE(due.size() == 1);
  for (const Lease& lease : leases) {
    if (lease.shard != shard_of(due.front().key.case_id)) continue;
    CHECK(deadlines.finish_rungs({{{due.front().key, lease}, {}}}, minute(100)).value() ==
          std::vector{RungEnd::done});
  }
}

void spoil(StoreFixture& fixture) {
  for (const char* damage :
       {"UPDATE cases SET state = 'archived', is_closed = 1, holder_unit = 'nowhere', due_at = 5",
        "UPDATE cases SET revision = 1, opened_at = 7, state_since = 9, number = 'x'",
        "UPDATE case_documents SET document = '{}'",
        "DELETE FROM clock_segments WHERE clock = 'state'",
        "UPDATE clock_segments SET due_at = 1, superseded_at = 2",
        "DELETE FROM rungs WHERE done_at IS NULL", "UPDATE case_persons SET person = role",
        "DELETE FROM audit_clocks WHERE clock = 'state'",
        "UPDATE audit_clocks SET started_at = 11, is_late = 1, stopped_at = 12",
        "DELETE FROM audit_marks"}) {
    CHECK(fixture.ask(damage) == std::vector<std::string>{});
  }
}

}  // namespace

SCENARIO("a rebuild makes every table of cases again from nothing but the journal") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  play(fixture->database());
  finish_first_rung(fixture->database().deadlines());
  const Tables before = tables_of(*fixture);
  for (const auto& [table, rows] : before) {
    INFO(table);
    CHECK_FALSE(rows.empty());
  }
  const auto rebuild = [&] {
    std::vector<std::int64_t> told;
    CHECK(fixture->database().rebuild(test_digests(), [&](std::int64_t so_far) {
      told.push_back(so_far);
    }) == std::int64_t{3});
    CHECK(told == std::vector<std::int64_t>{3});
  };

  WHEN("nothing is wrong") {
    rebuild();
    THEN("everything is as it was") { CHECK(tables_of(*fixture) == before); }
  }
  WHEN("every table is damaged") {
    spoil(*fixture);
    REQUIRE(tables_of(*fixture) != before);
    rebuild();
    THEN("everything is as it was") { CHECK(tables_of(*fixture) == before); }
  }
  WHEN("a case is in no table any more") {
    for (const char* table : {"rungs", "case_documents", "case_persons", "clock_segments"}) {
      fixture->ask("DELETE FROM " + std::string(table) + " WHERE case_id = '" + id_of(1) + "'");
    }
    rebuild();
    THEN("it comes again") { CHECK(tables_of(*fixture) == before); }
  }
}

SCENARIO("a rebuild trusts no journal that is broken") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  play(fixture->database());
  for (const char* text :
       {"DROP TRIGGER journal_is_never_updated",
        "UPDATE journal SET hash = previous_hash WHERE sequence = 2 AND case_id LIKE '%3'"}) {
    REQUIRE(fixture->ask(text).empty());
  }
  const auto done = fixture->database().rebuild(test_digests(), {});
  REQUIRE_FALSE(done);
  CHECK(done.error().kind == StoreErrorKind::invalid);
  CHECK_THAT(done.error().detail, Contains(id_of(3)) && Contains("entry 2"));
}

SCENARIO("what is decided during a rebuild is in the tables after it") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  constexpr int cases = 8;
  constexpr int steps = 12;
  for (int number = 1; number <= cases; ++number) {
    REQUIRE(opening(number).commit(database.cases()));
  }
  std::vector<std::thread> hands;
  std::atomic<int> refused = 0;
  for (int number = 1; number <= cases; ++number) {
    hands.emplace_back([&, number] {
      for (int step = 1; step <= steps; ++step) {
        const auto loaded = database.cases().load(id_of(number));
        const Move move = step_from(*loaded, step, [&](Entry& entry) {
          workflow::Clock clock = loaded->subject.clocks.front();
          clock.limits.front().due_at += std::chrono::minutes(1);
          entry.changes.clocks = {clock};
        });
        if (!move.commit(database.cases())) ++refused;
      }
    });
  }
  for (int time = 0; time < 3; ++time) CHECK(database.rebuild(test_digests(), {}));
  for (std::thread& hand : hands) hand.join();
  CHECK(refused == 0);
  const Tables after = tables_of(*fixture);
  for (int number = 1; number <= cases; ++number) {
    CHECK(database.cases().load(id_of(number))->subject.sequence == 1 + steps);
  }
  REQUIRE(database.rebuild(test_digests(), {}));
  CHECK(tables_of(*fixture) == after);
}

SCENARIO("what auditors read is made of the journals where a database has it not yet") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  play(fixture->database());
  const Tables before = tables_of(*fixture);
  REQUIRE_FALSE(before.at("audit_marks").empty());
  fixture->ask("DELETE FROM audit_clocks");
  fixture->ask("DELETE FROM audit_marks");
  fixture->ask("INSERT INTO settings VALUES ('audit_unfilled', '0')");
  REQUIRE(fill_audit(fixture->database(), {}));
  CHECK(tables_of(*fixture) == before);
  CHECK(fixture->database().setting("audit_unfilled") == std::string());
}

}  // namespace yimen::persistence
