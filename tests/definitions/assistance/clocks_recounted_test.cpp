// Dates that are counted again once another calendar is in force, under the real edition.
#include <algorithm>

#include "definitions/calendar_loader.hpp"
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

struct Day {
  const char* date;
  bool day_off;
};

// The year's notice: 1 January is off, and the days named are off or worked.
void announce_2027(Township& township, std::initializer_list<Day> days) {
  workflow::CalendarYear year{2027, false, {}};
  year.days.push_back({workflow::civil_date_from("2027-01-01").value(), true, "元旦"});
  for (const Day& day : days) {
    year.days.push_back({workflow::civil_date_from(day.date).value(), day.day_off, "元旦"});
  }
  township.calendar = definitions::with_year(township.calendar, std::move(year));
}

Turn recounting(Story& story) {
  Turn turn = story.when(story.township().the_system());
  turn.with({{"ground", "calendar_loaded"}});
  return turn;
}

Value dates_of(const Story& story) { return story.entries().back().data["dates"]; }

}  // namespace

SCENARIO("a year's notice moves dates that reach into it, on the record") {
  Township township;
  Story story(township);
  is_found(story.on("2026-12-28 09:00"));
  REQUIRE(story.due_on("state") == "2027-01-05");
  REQUIRE(story.due_on("discovery") == "2027-01-12");
  THEN("nothing is recounted under the same calendar") {
    CHECK(recounting(story).cannot_record("recount_deadlines").has("recount_is_needed"));
  }
  WHEN("Monday the fourth turns out to be off") {
    announce_2027(township, {{"2027-01-04", true}});
    story.on("2026-12-29 09:00");
    recounting(story).records("recount_deadlines");
    THEN("both dates are a day later, and the entry says so") {
      CHECK(story.due_on("state") == "2027-01-06");
      CHECK(story.due_on("discovery") == "2027-01-13");
      CHECK(dates_of(story) ==
            Value(Array{Object{{"clock", "state"},
                               {"limit", "discovered_5_working"},
                               {"from", "2027-01-05T15:59:59.999Z"},
                               {"to", "2027-01-06T15:59:59.999Z"}},
                        Object{{"clock", "discovery"},
                               {"limit", "discovery_10_working"},
                               {"from", "2027-01-12T15:59:59.999Z"},
                               {"to", "2027-01-13T15:59:59.999Z"}}}));
    }
    THEN("the ladder is armed for the new date") {
      const auto& rungs = story.clock("state").rungs;
      const auto expired = std::ranges::find(rungs, "expired", &workflow::Rung::code);
      REQUIRE(expired != rungs.end());
      CHECK(expired->at == at("2027-01-07 00:00"));
    }
    THEN("the same again is refused") {
      CHECK(recounting(story).cannot_record("recount_deadlines").has("recount_is_needed"));
    }
    THEN("nobody but the system recounts") {
      CHECK(story.when(township.commander())
                .with({{"ground", "calendar_loaded"}})
                .cannot_record("recount_deadlines")
                .has("not_your_post"));
    }
  }
}

SCENARIO("a calendar moves no date that has passed, and makes nobody late") {
  Township township;
  Story story(township);
  is_found(story.on("2026-12-28 09:00"));
  WHEN("the notice comes when the state's date is over") {
    announce_2027(township, {{"2027-01-04", true}});
    story.on("2027-01-06 09:00");
    recounting(story).records("recount_deadlines");
    THEN("it stays, and the case stays late") {
      CHECK(story.due_on("state") == "2027-01-05");
      CHECK(story.is_late("state"));
      CHECK(story.due_on("discovery") == "2027-01-13");
      CHECK(dates_of(story).items().size() == 1);
    }
  }
  WHEN("by the notice the date was yesterday") {
    announce_2027(township, {{"2027-01-02", false}, {"2027-01-03", false}});
    story.on("2027-01-04 10:00");
    recounting(story).records("recount_deadlines");
    THEN("there is still today") {
      CHECK(story.due_on("state") == "2027-01-04");
      CHECK_FALSE(story.is_late("state"));
      CHECK(recounting(story).cannot_record("recount_deadlines").has("recount_is_needed"));
      story.on("2027-01-05 09:00");
      CHECK(story.is_late("state"));
      CHECK(recounting(story).cannot_record("recount_deadlines").has("recount_is_needed"));
    }
  }
}

SCENARIO("a suspended clock is counted by the new calendar when it is resumed") {
  Township township;
  Story story(township);
  is_reported(story.on("2026-12-21 09:00"));
  is_assigned(story, "temporary_relief");
  REQUIRE(story.due_on("statutory") == "2027-01-12");
  story.on("2026-12-30 09:00")
      .when(its_clerk(story))
      .with({{"clock", "statutory"}, {"reason", "applicant_papers"}})
      .records("suspend_clock");
  announce_2027(township, {{"2027-01-04", true}});
  recounting(story).records("recount_deadlines");
  CHECK(story.due_on("statutory") == "2027-01-12");
  story.on("2026-12-30 17:00").when(its_clerk(story)).records("resume_clock");
  CHECK(story.due_on("statutory") == "2027-01-13");
}

}  // namespace yimen::tests
