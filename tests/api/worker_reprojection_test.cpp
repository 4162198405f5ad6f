// Another calendar at run time: the workers count the dates of running clocks again, once.
#include "api/workers/system_actor.hpp"
#include "tests/api/worker_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

api::Rulebook fresh_rulebook() {
  return api::Rulebook::load(std::string(YIMEN_SOURCE_DIR) + "/definitions").value();
}

constexpr const char* recounted = "recount_deadlines";

// Past the time in which all processes come to count with the new calendar.
void settle(WorkedCasework& office, api::Workers& workers) {
  workers.sweep();
  office.wall.pass(std::chrono::seconds(6));
  workers.sweep();
}

// The notice for 2027: Monday, 4 January, is off too.
void load_2027(WorkedCasework& office) {
  auto headers = office.as("administrator", "station");
  const auto known = office.get("/v1/calendar/2027", headers);
  headers.add("if-match", std::string(known.headers.get("etag")));
  const auto off = [](const char* date) {
    return Object{{"date", date}, {"day_off", true}, {"name", "元旦"}};
  };
  const Value notice = Object{{"year", 2027},
                              {"status", "announced"},
                              {"days", Array{off("2027-01-01"), off("2027-01-04")}}};
  REQUIRE(office.put("/v1/calendar/2027", notice, headers).status == 200);
}

std::string due_on(WorkedCasework& office, const std::string& id) {
  const auto due_at = workflow::binding_due_at(*office.look(id).running_clock("state"));
  return workflow::to_text(workflow::civil_date_of(*due_at));
}

}  // namespace

SCENARIO("a year that is loaded moves the dates of cases that run already") {
  const api::Rulebook rulebook = fresh_rulebook();
  WorkedCasework office(rulebook);
  REQUIRE(api::settle_calendar(*office.database, rulebook.calendar_in_force()));
  office.on("2026-12-28T01:00:00Z");
  const std::string id = office.found_case();
  settle(office, office.workers);
  REQUIRE(due_on(office, id) == "2027-01-05");
  REQUIRE(office.entries(id, recounted) == 0);
  load_2027(office);

  THEN("not before all processes count with it") {
    office.workers.sweep();
    CHECK(office.entries(id, recounted) == 0);
  }
  WHEN("a moment has passed") {
    settle(office, office.workers);
    THEN("its date has moved, with one entry by the system") {
      CHECK(due_on(office, id) == "2027-01-06");
      CHECK(office.entries(id, recounted) == 1);
      CHECK(office.workers.counts().cases_projected == 1);
      const auto bytes = office.database->cases().journal(id, 1, 1)->front().bytes;
      const auto entry = workflow::entry_from(*workflow::parse(bytes));
      CHECK(entry.actor.post == "system");
      CHECK(entry.data["dates"].items().size() == 2);
      CHECK(entry.calendar == rulebook.calendar()->digest());
    }
    THEN("once, also for a worker that starts later") {
      settle(office, office.workers);
      api::Workers later{*office.database, office.service, office.clock, office.wall, office.ids};
      office.wall.pass(std::chrono::minutes(1));
      settle(office, later);
      CHECK(office.entries(id, recounted) == 1);
      CHECK(later.counts().cases_projected == 0);
    }
    THEN("what was armed for the old date acts on the new one") {
      office.on("2027-01-05T16:00:00Z");
      CHECK(std::ranges::count(office.told("@shili_1"), "expired") == 0);
      office.on("2027-01-06T16:00:00Z");
      CHECK(std::ranges::count(office.told("@shili_1"), "expired") == 1);
    }
    THEN("the case explains its date by the new calendar") {
      const auto answer = office.get("/v1/cases/" + id, office.as("auditor", "station"));
      REQUIRE(answer.status == 200);
      const Value limit = body_of(answer)["deadlines"].items().at(0)["limits"].items().at(0);
      CHECK(limit["due_on"].text() == "2027-01-06");
      CHECK_FALSE(limit["provisional"].truth());
    }
  }
}

SCENARIO("a worker that died on the way leaves the rest to the next") {
  const api::Rulebook rulebook = fresh_rulebook();
  WorkedCasework office(rulebook);
  office.on("2026-12-28T01:00:00Z");
  const std::string first = office.found_case();
  const std::string second = office.found_case();
  settle(office, office.workers);
  load_2027(office);
  // The first case is done; the place in the walk and the note of its end are lost.
  api::Submission done;
  done.kind = workflow::EntryKind::annotation;
  done.case_id = first;
  done.event = recounted;
  done.data = Object{{"ground", "calendar_loaded"}};
  REQUIRE(office.service.submit(api::system_actor(), done));
  api::Workers next{*office.database, office.service, office.clock, office.wall, office.ids};
  office.wall.pass(std::chrono::minutes(1));
  settle(office, next);
  CHECK(office.entries(first, recounted) == 1);
  CHECK(office.entries(second, recounted) == 1);
  CHECK(next.counts().cases_projected == 1);
}

SCENARIO("one of several workers has the projection in hand") {
  const api::Rulebook rulebook = fresh_rulebook();
  WorkedCasework office(rulebook);
  office.on("2026-12-28T01:00:00Z");
  api::Workers other{*office.database, office.service, office.clock, office.wall, office.ids};
  for (int made = 0; made < 4; ++made) (void)office.found_case();
  // Both are seen, so each comes to hold half of the shards.
  for (api::Workers* workers : {&other, &office.workers, &other}) {
    office.wall.pass(std::chrono::seconds(11));
    workers->sweep();
  }
  load_2027(office);
  settle(office, other);
  settle(office, office.workers);
  settle(office, other);
  CHECK(office.workers.counts().shards + other.counts().shards == persistence::shard_count);
  CHECK(office.workers.counts().cases_projected + other.counts().cases_projected == 4);
  CHECK(office.workers.counts().cases_projected * other.counts().cases_projected == 0);
}

SCENARIO("a process follows the calendar that another has put in force") {
  const api::Rulebook rulebook = fresh_rulebook();
  const api::Rulebook beside = fresh_rulebook();
  WorkedCasework office(rulebook);
  api::CaseService service{*office.database, beside, office.keyring, office.clock, office.ids};
  api::Workers workers{*office.database, service, office.clock, office.wall, office.ids};
  workers.sweep();
  load_2027(office);
  REQUIRE(beside.calendar()->digest() != rulebook.calendar()->digest());
  office.wall.pass(std::chrono::seconds(3));
  workers.sweep();
  CHECK(beside.calendar()->digest() == rulebook.calendar()->digest());
}
