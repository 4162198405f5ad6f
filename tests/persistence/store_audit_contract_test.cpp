// The contract of every store for what auditors read: figures, the lines behind them, lists of
// entries, each as of any instant.
#include <algorithm>

#include "persistence/audit_fill.hpp"
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

using workflow::Entry;

constexpr AuditOutcomes late_ones = only(AuditOutcome::done_late) | only(AuditOutcome::open_late);

AuditQuery statutory_as_of(int at) {
  AuditQuery query;
  query.clock = "statutory";
  query.from = minute(0);
  query.before = minute(100'000);
  query.as_of = minute(at);
  return query;
}

void transition(Entry& entry, const std::string& event) {
  entry.kind = workflow::EntryKind::transition;
  entry.event = event;
}

// A case whose statutory clock runs from `at` to `due`; it lies with the station.
Move accepted(int number, int at, int due) {
  return opening(number, at, 50'000, [&](Entry& entry) {
    entry.changes.holder = workflow::Holder{"station", {}};
    entry.changes.clocks.push_back(clock_of("statutory", "", 1, 1, at, due));
  });
}

Move handed_to(const Move& from, const std::string& unit, int at) {
  return step_from(from.loaded(), at, [&](Entry& entry) {
    transition(entry, "assign");
    entry.changes.holder = workflow::Holder{unit, {}};
    entry.changes.facts.set("department", unit);
  });
}

Move with_clock(const Move& from, const std::string& event, int at,
                const std::function<void(workflow::Clock&, const Entry&)>& change) {
  return step_from(from.loaded(), at, [&](Entry& entry) {
    transition(entry, event);
    workflow::Clock clock = from.next.clocks.back();
    change(clock, entry);
    entry.changes.clocks = {clock};
  });
}

Move stopped(const Move& from, const std::string& event, int at) {
  return with_clock(from, event, at, [](workflow::Clock& clock, const Entry& entry) {
    clock.stopped_at = entry.recorded_at;
    clock.stopped_by = entry.sequence;
  });
}

Move committed(Database& database, Move move) {
  REQUIRE(move.commit(database.cases()));
  return move;
}

std::vector<std::string> told(const std::vector<AuditFigure>& figures) {
  static const char* names[] = {"done", "done late", "open", "open late", "withdrawn",
                                "withdrawn late"};
  std::vector<std::string> lines;
  for (const AuditFigure& figure : figures) {
    lines.push_back(figure.key + ": " + std::to_string(figure.count) + " " +
                    names[static_cast<int>(figure.outcome)] +
                    (figure.late_with.empty() ? "" : " with " + figure.late_with));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

SCENARIO("lateness belongs to the unit that held the clock when it ran out") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  const auto figures = [&](int as_of) {
    return told(*database.audit().figures(statutory_as_of(as_of), AuditGrouping::department));
  };
  Move late = committed(database, accepted(1, 10, 1'000));
  late = committed(database, handed_to(late, "office-1", 20));
  late = committed(database, handed_to(late, "office-2", 1'100));
  late = committed(database, stopped(late, "approve", 1'200));
  late = committed(database, handed_to(late, "station", 1'300));
  CHECK(figures(9) == Lines{});
  CHECK(figures(10) == Lines{": 1 open"});
  CHECK(figures(20) == Lines{"office-1: 1 open"});
  CHECK(figures(1'000) == Lines{"office-1: 1 open"});
  CHECK(figures(1'001) == Lines{"office-1: 1 open late with office-1"});
  CHECK(figures(1'199) == Lines{"office-2: 1 open late with office-1"});
  CHECK(figures(1'200) == Lines{"office-2: 1 done late with office-1"});
  CHECK(figures(9'000) == Lines{"office-2: 1 done late with office-1"});

  THEN("its line says so, and is found by it") {
    AuditQuery query = statutory_as_of(9'000);
    query.outcomes = late_ones;
    query.late_with = "office-1";
    const auto page = database.audit().lines(query, {}, 50);
    REQUIRE(page->items.size() == 1);
    const AuditLine& line = page->items.front();
    CHECK(line.case_id == id_of(1));
    CHECK(line.late_with == "office-1");
    CHECK(line.clock.facts.department == "office-2");
    CHECK(line.clock.stopped_at == minute(1'200));
    CHECK(line.outcome == AuditOutcome::done_late);
    query.late_with = "office-2";
    CHECK(database.audit().lines(query, {}, 50)->items.empty());
  }
}

SCENARIO("a clock that was entered after it had run out was late with who held it first") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  Move late = step_from(committed(database, opening(1, 0, 50'000)).loaded(), 500, [](Entry& entry) {
    entry.changes.holder = workflow::Holder{"office-1", {}};
    entry.changes.clocks = {clock_of("statutory", "", 1, 2, 10, 100)};
  });
  REQUIRE(late.commit(database.cases()));
  REQUIRE(handed_to(late, "office-2", 600).commit(database.cases()));
  const auto figures = database.audit().figures(statutory_as_of(700), AuditGrouping::nothing);
  CHECK(told(*figures) == Lines{": 1 open late with office-1"});
}

SCENARIO("extensions and suspensions count from when they are known") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  const auto figures = [&](int as_of) {
    return told(*database.audit().figures(statutory_as_of(as_of), AuditGrouping::nothing));
  };
  const Move first = committed(database, accepted(1, 0, 1'000));
  WHEN("the limit is extended in time") {
    committed(database, with_clock(first, "extend_deadline", 500, [](auto& clock, const auto&) {
                clock.limits.front().extended_to = minute(2'000);
              }));
    CHECK(figures(1'500) == Lines{": 1 open"});
    CHECK(figures(2'001) == Lines{": 1 open late with station"});
  }
  WHEN("the clock is suspended in time") {
    const Move second =
        committed(database, with_clock(first, "suspend_clock", 500, [](auto& clock, const auto&) {
                    clock.suspensions = {{minute(500), {}, "papers", 2}};
                  }));
    CHECK(figures(5'000) == Lines{": 1 open"});
    const auto page = database.audit().lines(statutory_as_of(5'000), {}, 1);
    CHECK(page->items.front().clock.is_late == false);
    committed(database, with_clock(second, "resume_clock", 5'000, [](auto& clock, const auto&) {
                clock.suspensions.front().to = minute(5'000);
                clock.limits.front().due_at = minute(5'500);
              }));
    CHECK(figures(4'999) == Lines{": 1 open"});
    CHECK(figures(5'501) == Lines{": 1 open late with station"});
  }
  WHEN("it is suspended when it has run out already") {
    committed(database, with_clock(first, "suspend_clock", 1'001, [](auto& clock, const auto&) {
                clock.suspensions = {{minute(1'001), {}, "papers", 2}};
              }));
    CHECK(figures(5'000) == Lines{": 1 open late with station"});
  }
}

SCENARIO("withdrawn cases stand beside, unless they are late and reopened") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  const auto figures = [&](int as_of) {
    return told(*database.audit().figures(statutory_as_of(as_of), AuditGrouping::nothing));
  };
  const auto reopened = [&](const Move& from, int at) {
    return committed(database, step_from(from.loaded(), at, [](Entry& entry) {
                       transition(entry, "reopen");
                       entry.changes.state = "village_review";
                     }));
  };
  WHEN("one is withdrawn in time") {
    const Move gone =
        committed(database, stopped(committed(database, accepted(1, 0, 1'000)), "withdraw", 900));
    CHECK(figures(2'000) == Lines{": 1 withdrawn"});
    CHECK(figures(899) == Lines{": 1 open"});
    reopened(gone, 3'000);
    CHECK(figures(4'000) == Lines{": 1 withdrawn"});
  }
  WHEN("one is withdrawn late") {
    const Move gone =
        committed(database, stopped(committed(database, accepted(1, 0, 1'000)), "withdraw", 1'001));
    CHECK(figures(2'000) == Lines{": 1 withdrawn late"});
    reopened(gone, 3'000);
    CHECK(figures(2'999) == Lines{": 1 withdrawn late"});
    CHECK(figures(3'000) == Lines{": 1 done late with station"});
  }
  WHEN("a completed one is reopened") {
    const Move done =
        committed(database, stopped(committed(database, accepted(1, 0, 1'000)), "approve", 900));
    CHECK(figures(2'000) == Lines{": 1 done"});
    reopened(committed(database, handed_to(done, "station", 2'500)), 3'000);
    CHECK(figures(2'999) == Lines{": 1 done"});
    CHECK(figures(3'000) == Lines{": 1 done late with station"});
    const auto page = database.audit().lines(statutory_as_of(3'000), {}, 50);
    CHECK(page->items.front().clock.is_reopened);
  }
}

SCENARIO("a step that is taken back lets the clock run again, and a clock that it began is gone") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  const Move first = committed(database, accepted(1, 0, 1'000));
  const Move done = committed(database, step_from(first.loaded(), 900, [&](Entry& entry) {
                                transition(entry, "handle");
                                workflow::Clock clock = first.next.clocks.back();
                                clock.stopped_at = entry.recorded_at;
                                clock.stopped_by = entry.sequence;
                                entry.changes.clocks = {
                                    clock, clock_of("papers", "", 1, entry.sequence, 900, 950)};
                              }));
  committed(database, step_from(done.loaded(), 990, [&](Entry& entry) {
              entry.kind = workflow::EntryKind::take_back;
              entry.event = "take_back";
              entry.changes.clocks = {first.next.clocks.back()};
              entry.changes.removed_clocks = {2};
            }));
  const auto outcome_at = [&](const std::string& clock, int at) {
    AuditQuery query = statutory_as_of(at);
    query.clock = clock;
    return told(*database.audit().figures(query, AuditGrouping::nothing));
  };
  CHECK(outcome_at("statutory", 950) == Lines{": 1 done"});
  CHECK(outcome_at("papers", 960) == Lines{": 1 open late with station"});
  CHECK(outcome_at("statutory", 1'001) == Lines{": 1 open late with station"});
  CHECK(outcome_at("papers", 1'001) == Lines{});
}

SCENARIO("figures are grouped and narrowed, and lists come in pages") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  for (int number = 1; number <= 7; ++number) {
    const Move first = committed(database, accepted(number, number, 2'000 - number));
    if (number > 2) {
      committed(database, handed_to(first, number > 5 ? "office-2" : "office-1", 100));
    }
  }
  CHECK(told(*database.audit().figures(statutory_as_of(500), AuditGrouping::department)) ==
        Lines{": 2 open", "office-1: 3 open", "office-2: 2 open"});
  CHECK(told(*database.audit().figures(statutory_as_of(500), AuditGrouping::village)) ==
        Lines{"village-1: 7 open"});
  CHECK(told(*database.audit().figures(statutory_as_of(500), AuditGrouping::category)) ==
        Lines{"illness: 7 open"});
  AuditQuery query = statutory_as_of(500);
  query.from = minute(2);
  query.before = minute(7);
  CHECK(told(*database.audit().figures(query, AuditGrouping::nothing)) == Lines{": 5 open"});
  query.department = "office-1";
  CHECK(told(*database.audit().figures(query, AuditGrouping::nothing)) == Lines{": 3 open"});
  query.department = "";
  CHECK(told(*database.audit().figures(query, AuditGrouping::nothing)) == Lines{": 1 open"});

  const auto all = [&](auto read) {
    std::vector<std::string> ids;
    std::string cursor;
    do {
      const auto page = read(cursor);
      REQUIRE(page);
      REQUIRE(page->items.size() <= 3);
      for (const AuditLine& line : page->items) ids.push_back(line.case_id);
      cursor = page->next;
    } while (!cursor.empty());
    return ids;
  };
  const auto by_start = all([&](const std::string& cursor) {
    return database.audit().lines(statutory_as_of(500), cursor, 3);
  });
  CHECK(by_start == std::vector<std::string>{id_of(1), id_of(2), id_of(3), id_of(4), id_of(5),
                                             id_of(6), id_of(7)});
  auto by_due = all([&](const std::string& cursor) {
    return database.audit().lines_by_due({statutory_as_of(500)}, cursor, 3);
  });
  std::ranges::reverse(by_due);
  CHECK(by_due == by_start);
  AuditQuery states = statutory_as_of(500);
  states.clock = "state";
  const auto both = all([&](const std::string& cursor) {
    return database.audit().lines_by_due({statutory_as_of(500), states}, cursor, 3);
  });
  CHECK(both.size() == 14);
  for (const char* foreign : {"x", "647c30", "757c307c61", "737c307c612f2f78"}) {
    CHECK(database.audit().lines(query, foreign, 3).error().kind == StoreErrorKind::invalid);
  }
}

SCENARIO("entries are listed, the newest first, with the reason that was given for lateness") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  Move last = committed(database, accepted(1, 0, 1'000));
  last = committed(database, handed_to(last, "office-1", 10));
  for (const auto& [event, at] : std::vector<std::pair<std::string, int>>{
           {"suspend_clock", 100}, {"resume_clock", 200}, {"extend_deadline", 300}}) {
    last = committed(database, step_from(last.loaded(), at, [&](Entry& entry) {
                       entry.event = event;
                     }));
  }
  last = committed(database, step_from(last.loaded(), 1'500, [](Entry& entry) {
                     transition(entry, "handle");
                     entry.lateness_reason = "staff_shortage";
                   }));
  AuditMarkQuery query{"suspensions", minute(0), minute(9'000), minute(9'000), {}, {}, 1};
  const auto first_page = database.audit().marks(query);
  REQUIRE(first_page->items.size() == 1);
  CHECK(first_page->items.front().row.mark.kind == "resumption");
  CHECK(first_page->items.front().row.sequence == 4);
  CHECK(first_page->items.front().row.recorded_at == minute(200));
  CHECK(first_page->items.front().row.facts.department == "office-1");
  CHECK(workflow::parse(first_page->items.front().entry).value()["event"].text() ==
        "resume_clock");
  query.cursor = first_page->next;
  const auto second_page = database.audit().marks(query);
  CHECK(second_page->items.front().row.mark.kind == "suspension");
  CHECK(second_page->next.empty());
  query.cursor.clear();
  query.as_of = minute(199);
  CHECK(database.audit().marks(query)->items.front().row.mark.kind == "suspension");
  query.department = "office-2";
  CHECK(database.audit().marks(query)->items.empty());
  query.cursor = "647c30";
  CHECK(database.audit().marks(query).error().kind == StoreErrorKind::invalid);
  query = {"extensions", minute(301), minute(9'000), minute(9'000), {}, {}, 1};
  CHECK(database.audit().marks(query)->items.empty());

  CHECK(database.audit().lines(statutory_as_of(1'499), {}, 50)->items.front().late_reason.empty());
  CHECK(database.audit().lines(statutory_as_of(1'500), {}, 50)->items.front().late_reason ==
        "staff_shortage");
}

SCENARIO("a database from before is filled from its journals once") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  Move late = committed(database, accepted(1, 10, 1'000));
  late = committed(database, handed_to(late, "office-1", 20));
  std::vector<Entry> entries;
  const auto journal = database.cases().journal(id_of(1), 0, 50);
  for (const workflow::SealedEntry& row : *journal) {
    entries.push_back(workflow::entry_from(*workflow::parse(row.bytes)));
  }
  AuditHistory history = audit_history_of(entries);
  CHECK(history.versions.size() == 4);
  THEN("what is there stays, and a history that is behind is refused") {
    const auto before = database.audit().figures(statutory_as_of(2'000), AuditGrouping::nothing);
    REQUIRE(database.audit().put(history));
    CHECK(*before == *database.audit().figures(statutory_as_of(2'000), AuditGrouping::nothing));
    history.sequence = 1;
    CHECK(database.audit().put(history).error().kind == StoreErrorKind::conflict);
  }
  THEN("filling goes on where it was interrupted") {
    REQUIRE(database.set_setting("audit_unfilled", "0"));
    std::int64_t cases = 0;
    REQUIRE(fill_audit(database, [&](std::int64_t so_far) { cases = so_far; }));
    CHECK(cases == 1);
    CHECK(database.setting("audit_unfilled")->empty());
    REQUIRE(database.set_setting("audit_unfilled", id_of(1)));
    cases = 0;
    REQUIRE(fill_audit(database, [&](std::int64_t so_far) { cases = so_far; }));
    CHECK(cases == 0);
  }
}

}  // namespace yimen::persistence
