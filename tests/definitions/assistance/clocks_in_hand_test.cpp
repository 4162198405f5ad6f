// What does not stop a clock, what gives it time, and in whose hands it ran.
#include <algorithm>

#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

bool has_rung(const workflow::Clock& clock, std::string_view code, Instant at) {
  return std::ranges::any_of(clock.rungs, [&](const workflow::Rung& rung) {
    return rung.code == code && rung.at == at;
  });
}

// Who held the case at the end of a day, by its journal alone.
workflow::Holder holder_on(const Story& story, std::string_view day) {
  workflow::Holder holder;
  const Instant end = workflow::end_of(workflow::civil_date_from(day).value());
  for (const workflow::Entry& entry : story.entries()) {
    if (entry.recorded_at <= end && entry.changes.holder) holder = *entry.changes.holder;
  }
  return holder;
}

}  // namespace

SCENARIO("a clock that was suspended on its last day is not late when it is resumed") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  REQUIRE(story.due_on("statutory") == "2026-03-23");
  const Object papers{{"clock", "statutory"}, {"reason", "applicant_papers"}};
  story.on("2026-03-23 16:00").when(its_clerk(story)).with(papers).records("suspend_clock");

  WHEN("the papers come on a working day") {
    story.on("2026-04-01 10:00").when(its_clerk(story)).records("resume_clock");
    THEN("that day is its last") {
      CHECK(story.due_on("statutory") == "2026-04-01");
      CHECK_FALSE(story.is_late("statutory"));
      CHECK(has_rung(story.clock("statutory"), "expired", at("2026-04-02 00:00")));
      story.on("2026-04-02 00:00");
      CHECK(story.is_late("statutory"));
    }
  }
  WHEN("they come on a day off") {
    story.on("2026-03-28 10:00").when(its_clerk(story)).records("resume_clock");
    THEN("the next working day is") { CHECK(story.due_on("statutory") == "2026-03-30"); }
  }
  WHEN("they come an hour later") {
    story.on("2026-03-23 17:00").when(its_clerk(story)).records("resume_clock");
    THEN("nothing was gained") { CHECK(story.due_on("statutory") == "2026-03-23"); }
  }
}

SCENARIO("touching a late case does not make it look in time") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  story.on("2026-03-24 09:00");
  REQUIRE(story.is_late("statutory"));
  const Object wish{{"clock", "statutory"}, {"limit", nullptr}, {"until", "2026-05-20"}};
  THEN("it is not extended any more") {
    CHECK(story.when(township.commander())
              .with(wish)
              .cannot_record("extend_deadline")
              .has("clock_is_not_overdue"));
  }
  THEN("a suspension, a note and an urging leave it late") {
    story.when(its_clerk(story)).with({{"clock", "statutory"}}).records("suspend_clock");
    story.when(its_clerk(story)).records("note");
    story.when(township.station_director()).records("urge");
    CHECK(story.is_late("statutory"));
    story.on("2026-04-20 09:00").when(its_clerk(story)).records("resume_clock");
    CHECK(story.is_late("statutory"));
  }
}

SCENARIO("\"not mine\" does not stop the clock of the whole case") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "medical", "social_security_office");
  const workflow::Clock before = story.clock("statutory");
  story.on("2026-03-05 10:00").when(its_head(story)).takes("return_to_station");
  story.on("2026-03-06 10:00")
      .when(township.station_clerk())
      .with({{"unit", "civil_affairs_office"}, {"override_reason", "转民政办"}})
      .takes("assign");
  CHECK(story.clock("statutory") == before);
  CHECK(story.clock("sign_for").started_at == at("2026-03-06 10:00"));
}

SCENARIO("in an emergency every clock climbs the ladder of emergencies, by night too") {
  Township township;
  Story story(township);
  is_found(story);
  REQUIRE(has_rung(story.clock("discovery"), "remind_day_before", at("2026-03-13 09:00")));
  story.on("2026-03-02 22:00").when(township.village_worker()).records("declare_emergency");
  const Instant expiry = at("2026-03-03 00:00") + std::chrono::milliseconds(1);
  CHECK(has_rung(story.clock("discovery"), "expired", expiry));
  CHECK(has_rung(story.clock("discovery"), "commander", expiry));
  CHECK(has_rung(story.clock("discovery"), "remind_50", at("2026-03-02 23:00")));
}

SCENARIO("a clock whose limit is the same in an emergency changes its ladder too") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  const workflow::Clock before = story.clock("statutory");
  story.on("2026-03-03 22:00").when(township.station_clerk()).records("declare_emergency");
  CHECK(story.due_on("statutory") == "2026-03-23");
  CHECK(has_rung(story.clock("statutory"), "commander", at("2026-03-24 00:00")));
  story.when(township.station_director()).records("revoke_emergency");
  CHECK(story.clock("statutory").rungs == before.rungs);
}

SCENARIO("the journal says who held the case on which day, whoever covered for them") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story.on("2026-03-03 09:00"), "temporary_relief");
  const Actor clerk = its_clerk(story);
  story.on("2026-03-04 09:00")
      .when(its_head(story))
      .with({{"person", clerk.person}})
      .records("delegate");
  Actor cover = clerk;
  cover.person = "01920000-0000-7000-8000-0000000000cc";
  cover.for_person = clerk.person;
  story.on("2026-03-05 09:00").when(cover).takes("sign_for");
  story.on("2026-03-06 09:00")
      .when(township.station_clerk())
      .with({{"unit", "disabled_federation"}})
      .takes("transfer");

  CHECK(holder_on(story, "2026-03-02").unit == "station");
  CHECK(holder_on(story, "2026-03-03").unit == "civil_affairs_office");
  CHECK(holder_on(story, "2026-03-03").person.empty());
  CHECK(holder_on(story, "2026-03-04").person == clerk.person);
  CHECK(holder_on(story, "2026-03-05").person == clerk.person);
  CHECK(holder_on(story, "2026-03-06").unit == "disabled_federation");
  const auto signing = std::ranges::find(story.entries(), "sign_for", &workflow::Entry::event);
  REQUIRE(signing != story.entries().end());
  CHECK(signing->actor.person == cover.person);
  CHECK(signing->actor.for_person == clerk.person);
}

}  // namespace yimen::tests
