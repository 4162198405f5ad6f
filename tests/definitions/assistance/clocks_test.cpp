// The case's clocks under the real edition: suspended, extended, backdated, late, and in step.
#include <algorithm>

#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

using namespace std::chrono_literals;

namespace {

// When the rung is due; the epoch where the clock's ladder has none.
Instant rung(const Story& story, std::string_view clock, std::string_view code) {
  const auto& rungs = story.clock(clock).rungs;
  const auto found = std::ranges::find(rungs, code, &workflow::Rung::code);
  return found != rungs.end() ? found->at : Instant{};
}

}  // namespace

SCENARIO("a suspended clock does not run") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  CHECK(story.due_on("statutory") == "2026-03-23");
  const Object papers{{"clock", "statutory"}, {"reason", "applicant_papers"}};

  GIVEN("papers that the applicant still owes") {
    story.on("2026-03-04 10:00").when(its_clerk(story)).with(papers).records("suspend_clock");
    CHECK(story.clock("statutory").is_suspended());
    CHECK(story.clock("statutory").rungs.empty());

    THEN("it is not suspended twice, and another clock is not resumed") {
      CHECK(story.when(its_clerk(story))
                .with(papers)
                .cannot_record("suspend_clock")
                .has("clock_is_running"));
      CHECK(story.when(its_clerk(story))
                .with({{"clock", "state"}})
                .cannot_record("resume_clock")
                .has("clock_is_suspended"));
    }
    WHEN("they come a week later") {
      story.on("2026-03-11 10:00").when(its_clerk(story)).records("resume_clock");
      THEN("the days between are not counted, and the ladder is armed again") {
        CHECK(story.due_on("statutory") == "2026-03-30");
        CHECK(rung(story, "statutory", "expired") == at("2026-03-31 00:00"));
        CHECK(elapsed(story.clock("statutory"), township.now) == 49h);
      }
    }
    WHEN("the case ends meanwhile") {
      story.on("2026-03-13 10:00")
          .when(township.station_director())
          .with({{"reason", "died"}, {"duplicate_of", nullptr}})
          .takes("withdraw");
      story.when(township.deputy_commander()).signs();
      THEN("the suspension ends with the clock") {
        CHECK(story.clock("statutory").suspensions.back().to == township.now);
        CHECK(elapsed(story.clock("statutory"), township.now) == 49h);
      }
    }
  }
}

SCENARIO("a limit is extended once, forward, and before it has passed") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "subsistence_allowance");
  CHECK(story.due_on("statutory") == "2026-04-01");
  const auto extension = [&](std::string_view limit, std::string_view until) {
    return Object{{"clock", "statutory"},
                  {"limit", limit.empty() ? Value() : Value(limit)},
                  {"until", until},
                  {"ground", "hard_to_investigate"},
                  {"reason", "需异地核查"}};
  };
  const Actor director = township.station_director();

  THEN("backward, an unknown limit and a clerk's wish are refused") {
    CHECK(story.when(director)
              .with(extension("", "2026-03-20"))
              .cannot_record("extend_deadline")
              .has("not_yet_extended"));
    CHECK(story.when(director)
              .with(extension("statutory_99", "2026-05-20"))
              .cannot_record("extend_deadline")
              .has("not_yet_extended"));
    CHECK(story.when(township.station_clerk())
              .with(extension("", "2026-05-20"))
              .cannot_record("extend_deadline")
              .has("not_your_post"));
  }
  GIVEN("an extension of the whole clock") {
    story.when(director).with(extension("", "2026-05-20")).records("extend_deadline");
    THEN("it binds, and there is no second") {
      CHECK(story.due_on("statutory") == "2026-05-20");
      CHECK(story.when(director)
                .with(extension("", "2026-06-20"))
                .cannot_record("extend_deadline")
                .has("not_yet_extended"));
    }
  }
  GIVEN("an extension of one of its two limits") {
    story.when(director)
        .with(extension("statutory_30_calendar", "2026-05-20"))
        .records("extend_deadline");
    THEN("the other one binds") { CHECK(story.due_on("statutory") == "2026-04-14"); }
  }
}

SCENARIO("a step may be entered later than it happened, within ten days") {
  Township township;
  Story story(township);
  GIVEN("a lead of the evening before") {
    is_found(story);
    story.on("2026-03-09 09:00");
    const Actor worker = township.village_worker();
    THEN("the clock of the next state starts when it happened") {
      story.when(worker).occurred_on("2026-03-06 18:00").takes("submit_for_review");
      CHECK(story.clock("state").started_at == at("2026-03-06 18:00"));
      CHECK(story.due_on("state") == "2026-03-13");
      CHECK(story.entries().back().recorded_at == at("2026-03-09 09:00"));
    }
    THEN("not before the state that it leaves was entered") {
      story.when(worker).occurred_on("2026-03-01 18:00").takes("submit_for_review");
      CHECK(story.clock("state").started_at == at("2026-03-02 09:00"));
    }
    THEN("a step that was taken in time is not late because it was entered late") {
      story.on("2026-03-10 09:00");
      CHECK(story.when(worker).cannot_take("submit_for_review").has("lateness_reason_required"));
      story.when(worker).occurred_on("2026-03-09 17:00").takes("submit_for_review");
      CHECK(story.state() == "village_review");
    }
    THEN("neither the future nor the distant past is taken") {
      CHECK(story.when(worker)
                .occurred_on("2026-03-09 09:01")
                .cannot_take("submit_for_review")
                .has("in_the_future"));
      CHECK(story.when(worker)
                .occurred_on("2026-02-27 08:59")
                .cannot_record("record_visit")
                .has("backdated_too_far"));
    }
  }
  GIVEN("a server whose clock was set back") {
    is_found(story.on("2026-03-05 09:00"));
    story.on("2026-03-04 09:00").when(township.village_worker()).records("note");
    THEN("the journal does not go back") {
      CHECK(story.entries().back().recorded_at == at("2026-03-05 09:00"));
    }
  }
}

SCENARIO("a ladder has its rungs in office hours, and one at expiry") {
  Township township;
  Story story(township);
  is_found(story);
  GIVEN("five working days from Monday at nine") {
    THEN("reminders come at half, at four fifths and the day before, in the office") {
      CHECK(rung(story, "state", "remind_50") == at("2026-03-06 09:00"));
      CHECK(rung(story, "state", "remind_80") == at("2026-03-09 09:00"));
      CHECK(rung(story, "state", "remind_day_before") == at("2026-03-06 09:00"));
    }
    THEN("expiry rings in the first millisecond after the day, and then the ladder goes up") {
      CHECK(rung(story, "state", "expired") == at("2026-03-10 00:00"));
      CHECK(is_late(story.clock("state"), rung(story, "state", "expired")));
      CHECK(workflow::civil_date_of(rung(story, "state", "urge")) ==
            workflow::civil_date_from("2026-03-11"));
      CHECK(workflow::civil_date_of(rung(story, "state", "county")) ==
            workflow::civil_date_from("2026-03-24"));
    }
  }
}

SCENARIO("clocks start and stop on the records that the edition names") {
  Township township;
  Story story(township);
  is_reported(story);
  GIVEN("a meeting of the village, which decides nothing for the county") {
    THEN("no report to the county is due") { CHECK_FALSE(story.has_clock("county_report")); }
  }
  GIVEN("a station decision to report upward") {
    is_assigned(story, "temporary_relief");
    the_station_decides_to_report(story);
    THEN("three working days run") { CHECK(story.due_on("county_report") == "2026-03-05"); }
  }
  GIVEN("an opinion") {
    is_assigned(story, "temporary_relief");
    is_investigated(story, "eligible");
    THEN("the notice is due, no explanation") {
      CHECK(story.runs("notice_start"));
      CHECK_FALSE(story.has_clock("explanation"));
    }
  }
  GIVEN("a limit whose dates have passed") {
    is_assigned(story, "rigid_expenditure", "civil_affairs_office");
    THEN("only the one in force binds") {
      const auto& limits = story.clock("statutory").limits;
      REQUIRE(limits.size() == 1);
      CHECK(limits.front().code == "statutory_rigid_30_working");
    }
  }
  GIVEN("any open state") {
    THEN("discovery stops when reported, declined or explained, and at no other step") {
      Story found(township, "01920000-0000-7000-8000-0000000000c4");
      is_found(found);
      found.when(township.village_worker()).takes("submit_for_review");
      CHECK(found.runs("discovery"));
      found.when(township.village_commander()).takes("request_facts");
      CHECK(found.runs("discovery"));
      found.when(township.station_clerk())
          .with({{"ground", "obviously_ineligible"}})
          .takes("explain");
      CHECK_FALSE(found.runs("discovery"));
    }
  }
}

}  // namespace yimen::tests
