// Deadlines that act: what falls due tells, urges or takes its step, once.
#include "tests/api/worker_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;

namespace {

using Codes = std::vector<std::string>;

}  // namespace

SCENARIO("the holder is reminded, and on expiry the superior is told") {
  GIVEN("a case that a village found on a Monday at nine: five working days") {
    WorkedCasework office;
    const std::string id = office.found_case();
    THEN("nobody is told anything before half of the time") {
      office.on("2026-03-04T00:00:00Z");
      CHECK(office.told("@shili_1").empty());
    }
    WHEN("the time goes by") {
      office.on("2026-03-09T16:00:00Z");
      THEN("the village was reminded three times and then told of the expiry, as its head was") {
        const Codes expected{"expired", "remind_day_before", "remind_80", "remind_50"};
        Codes told = office.told("@shili_1");
        // The discovery clock has its own reminders.
        CHECK(std::ranges::count(told, "expired") == 1);
        for (const std::string& code : expected) {
          CHECK(std::ranges::find(told, code) != told.end());
        }
        CHECK(office.told("village_commander@shili_1") == Codes{"expired"});
      }
      THEN("nothing is told twice, however often it is looked") {
        const auto before = office.told("@shili_1");
        office.workers.sweep();
        office.workers.reconcile();
        office.workers.sweep();
        CHECK(office.told("@shili_1") == before);
      }
    }
    WHEN("nothing is done for three weeks") {
      office.on("2026-03-30T01:00:00Z");
      THEN("it was urged and supervised on the record, each clock once, and told upwards") {
        CHECK(office.entries(id, "urge") == 2);  // of the state and of the discovery
        CHECK(office.entries(id, "supervise") == 2);
        CHECK(office.told("commander@station").size() == 2);
        CHECK(office.told("county_liaison@county_centre").size() == 1);
      }
    }
  }
}

SCENARIO("expiry itself acts where the edition says so") {
  WorkedCasework office;
  GIVEN("a case that its department has not signed for") {
    const std::string id = office.assigned_case();
    REQUIRE(office.look(id).running_clock("sign_for") != nullptr);
    WHEN("two working days are over") {
      office.on("2026-03-04T15:59:59.999Z");
      CHECK(office.entries(id, "sign_for") == 0);
      office.on("2026-03-04T16:00:00Z");
      THEN("the system has signed for it, and the department is told") {
        CHECK(office.entries(id, "sign_for") == 1);
        CHECK(office.look(id).running_clock("sign_for") == nullptr);
        CHECK(std::ranges::count(office.told("@civil_affairs_office"), "expiry_acted") == 1);
      }
    }
    WHEN("the department signs first") {
      office.set_clock("2026-03-04T15:00:00Z");
      (void)Casework::expect(
          office.post("/v1/batches", Casework::batch({Casework::transition(id, "sign_for", {})}),
                      office.as("department_clerk", "civil_affairs_office")),
          200);
      office.on("2026-03-05T16:00:00Z");
      THEN("the system does not") { CHECK(office.entries(id, "sign_for") == 1); }
    }
  }
}

SCENARIO("a rung that another worker has in hand is not acted on") {
  WorkedCasework office;
  const std::string id = office.found_case();
  api::Workers other{*office.database, office.service, office.clock, office.wall, office.ids};
  other.sweep();
  office.on("2026-03-09T16:00:00Z");
  CHECK(office.told("@shili_1").empty());
  other.sweep();
  CHECK_FALSE(office.told("@shili_1").empty());
}

SCENARIO("a case may be acted on while its deadline passes") {
  WorkedCasework office;
  const std::string id = office.applied_case();
  WHEN("the reminders come between two steps of the station") {
    office.on("2026-03-05T16:00:00Z");
    THEN("the next step is refused without a reason for being late, and taken with one") {
      const auto step = [&](const char* reason) {
        workflow::Value item = Casework::transition(
            id, "accept", {{"category", "temporary_relief"}, {"basis", "application"}});
        if (*reason != '\0') item.make_object().set("lateness_reason", reason);
        return body_of(office.post("/v1/batches", Casework::batch({item}),
                                   office.as("station_clerk", "station")))["results"]
            .items()
            .at(0)["status"]
            .integer();
      };
      CHECK(step("") == 422);
      CHECK(step("staff_shortage") == 200);
    }
  }
}

SCENARIO("what the workers do is counted") {
  WorkedCasework office;
  (void)office.assigned_case();
  office.on("2026-03-05T16:00:00Z");
  const api::WorkerCounts& counts = office.workers.counts();
  CHECK(counts.rungs_taken == 1);
  CHECK(counts.rungs_told >= 3);
  CHECK(counts.effects_performed == 0);  // what a rung tells is written with it
  CHECK(counts.failed == 0);
  CHECK(counts.shards == persistence::shard_count);
}
