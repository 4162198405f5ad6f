// Joint review, notices, objections and what a notice period is made of.
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

using namespace std::chrono_literals;

namespace {

void is_answered(Story& story, std::int64_t objection) {
  story.when(story.township().village_commander())
      .with({{"objection", objection}})
      .records("answer_objection");
}

}  // namespace

SCENARIO("a joint review, its notice, an objection that is right, and all of it once more") {
  Township township;
  Story story(township);
  is_reported(story);
  is_accepted(story, "subsistence_allowance");
  story.when(township.station_director()).takes("refer_to_joint_review");
  const auto meets = [&] {
    story.when(township.station_director())
        .with({{"kind", "joint_review"}, {"decision", "eligible"}})
        .records("record_meeting");
  };

  GIVEN("a review that has not concluded") {
    THEN("nothing is published") {
      CHECK(story.when(township.station_clerk())
                .with({{"content", Object{{"applicant_shown", "masked"},
                                          {"members", 2},
                                          {"category", "subsistence_allowance"},
                                          {"fields", Array{"applicant"}}}}})
                .cannot_take("publish")
                .has("review_found_eligible"));
    }
  }

  GIVEN("a review that found the household eligible, and its notice") {
    meets();
    is_published(story);
    CHECK(story.state() == "publicized");
    CHECK(story.fact("outcome").text() == "eligible");

    WHEN("a villager objects on the third day") {
      story.on("2026-03-05 20:00").when(township.a_villager()).takes("object");
      const std::int64_t objection = story.last_sequence("object");
      CHECK(story.state() == "objection_review");
      CHECK(story.due_on("state") == "2026-03-16");  // the fifteenth is a Sunday

      THEN("nothing is found before every objection is answered") {
        story.when(township.station_clerk()).records("add_objection");
        const auto refusals =
            story.when(township.deputy_commander()).cannot_take("reject_objection");
        REQUIRE(refusals.has("all_objections_answered"));
        CHECK(refusals.all.front().params.find("objections")->items().size() == 2);
        CHECK(story.when(township.village_commander())
                  .with({{"objection", 1}})
                  .cannot_record("answer_objection")
                  .has("objection_is_known"));
      }
      THEN("upheld, everything is done again, from the signature to a new notice") {
        is_answered(story, objection);
        story.on("2026-03-10 10:00").when(township.deputy_commander()).takes("uphold_objection");
        CHECK(story.state() == "assigned_to_department");
        CHECK_FALSE(story.stands("publish"));
        is_investigated(story.on("2026-03-12 10:00"));
        is_handled(story);
        is_published(story);
        story.on("2026-03-19 10:00");
        the_station_decides_to_report(story);
        CHECK(story.when(township.commander())
                  .with({{"purpose", "approval"}})
                  .cannot_take("escalate")
                  .has("notice_period_elapsed"));
        story.on("2026-03-20 10:00");
        story.when(township.commander()).with({{"purpose", "approval"}}).takes("escalate");
        story.when(township.county_liaison()).takes("county_approve");
        is_delivered(story);
        story.when(township.station_clerk()).takes("archive");
        CHECK(story.state() == "archived");
      }
      THEN("the old review does not stand in for a new one") {
        is_answered(story, objection);
        story.when(township.deputy_commander()).takes("uphold_objection");
        story.when(its_head(story)).takes("refer_to_joint_review");
        CHECK(story.when(township.station_clerk())
                  .with({{"ground", "review_found_ineligible"}})
                  .cannot_take("explain")
                  .has("review_concluded"));
      }
    }
  }
}

SCENARIO("a rejected objection repeats the notice for three days and never shortens it") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "subsistence_allowance");
  is_published(story);  // 3 March: until 10 March
  the_station_decides_to_report(story);
  const auto can_escalate = [&] {
    return story.when(township.commander())
        .with({{"purpose", "approval"}})
        .tries(workflow::EntryKind::transition, "escalate")
        .has_value();
  };

  GIVEN("an objection on the last day, rejected on the 17th") {
    story.on("2026-03-10 17:00").when(township.a_villager()).takes("object");
    is_answered(story, story.last_sequence("object"));
    story.on("2026-03-17 10:00").when(township.deputy_commander()).takes("reject_objection");
    CHECK(story.state() == "publicized");
    THEN("three calendar days are waited for again") {
      CHECK_FALSE(can_escalate());
      story.on("2026-03-20 23:59");
      CHECK_FALSE(can_escalate());
      story.on("2026-03-23 09:00");
      CHECK(can_escalate());
    }
    THEN("the county's return later does not open the objection again") {
      story.on("2026-03-23 09:00");
      REQUIRE(can_escalate());
      story.when(township.county_liaison()).takes("county_return");
      story.when(township.station_clerk()).takes("assign");
      is_handled(story);
      is_published(story);
      story.on("2026-04-02 09:00");
      the_station_decides_to_report(story);
      CHECK(can_escalate());
    }
  }
  GIVEN("an objection on the first day that is rejected the same evening") {
    story.on("2026-03-03 12:00").when(township.a_villager()).takes("object");
    is_answered(story, story.last_sequence("object"));
    story.on("2026-03-03 18:00").when(township.deputy_commander()).takes("reject_objection");
    THEN("the first notice still runs its seven days") {
      story.on("2026-03-09 10:00");
      CHECK_FALSE(can_escalate());
      story.on("2026-03-11 10:00");
      CHECK(can_escalate());
    }
    THEN("a second villager may still object") {
      story.on("2026-03-06 10:00").when(township.a_villager()).takes("object");
      CHECK(story.state() == "objection_review");
    }
  }
}

SCENARIO("an objection must be made within the period, but its paper may be entered later") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "temporary_relief");
  is_published(story);  // until 10 March

  GIVEN("the eleventh of March") {
    story.on("2026-03-11 09:30");
    THEN("a new objection comes too late") {
      CHECK(story.when(township.a_villager())
                .cannot_take("object")
                .has("made_within_notice_period"));
    }
    THEN("a paper of the tenth is taken, also once the case has been approved") {
      story.when(township.deputy_commander()).takes("approve");
      story.when(township.station_clerk())
          .with({{"form", "paper"}, {"made_on", "2026-03-10T14:00:00.000Z"}})
          .takes("object");
      CHECK(story.state() == "objection_review");
    }
  }
}

SCENARIO("an objection is added only where it will be answered") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "temporary_relief");
  is_published(story);
  GIVEN("a case that is not under objection review") {
    THEN("nobody can stop it for ever with one more objection") {
      CHECK(story.when(township.a_villager())
                .cannot_record("add_objection")
                .has("objection_under_review"));
      CHECK_FALSE(story.is_possible(township.a_villager(), "add_objection"));
    }
  }
  GIVEN("a case under objection review") {
    story.when(township.a_villager()).takes("object");
    THEN("others join in, from within the notice period") {
      story.when(township.station_clerk()).records("add_objection");
      CHECK(story.when(township.station_clerk())
                .with({{"made_on", "2026-03-01T01:00:00.000Z"}})
                .cannot_record("add_objection")
                .has("made_within_notice_period"));
    }
  }
}

SCENARIO("a notice period is made of days on the board") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "temporary_relief");
  const auto refusals = [&] {
    return story.when(township.deputy_commander()).cannot_take("approve");
  };

  GIVEN("a publication that nobody has posted") {
    story.when(township.station_clerk())
        .with({{"place", Array{"village_board"}}})
        .takes("publish");
    THEN("no time makes up for it") {
      story.on("2026-03-17 09:00");
      CHECK(refusals().has("notice_period_elapsed"));
    }
    THEN("a date of the past on the paper is not credited") {
      story.when(township.village_commander())
          .with({{"starts_on", "2026-02-09"}})
          .records("post_notice");
      CHECK(refusals().has("notice_period_elapsed"));
      story.on("2026-03-10 23:00");
      CHECK(refusals().has("notice_period_elapsed"));
      story.on("2026-03-11 09:00").when(township.deputy_commander()).takes("approve");
      CHECK(story.state() == "handled");
    }
  }
  GIVEN("a notice that was taken down after two days") {
    is_published(story);
    story.on("2026-03-05 09:00").when(township.village_worker()).records("take_down_notice");
    THEN("its period does not elapse until it was posted again in full") {
      story.on("2026-03-12 09:00");
      CHECK(refusals().has("notice_period_elapsed"));
      story.when(township.village_worker()).records("post_notice");
      story.on("2026-03-17 09:00");
      CHECK(refusals().has("notice_period_elapsed"));
    }
  }
  GIVEN("a paper that announces ten days") {
    is_published(story);
    story.when(township.village_worker()).with({{"days", 10}}).records("post_notice");
    THEN("ten days are waited for") {
      story.on("2026-03-13 09:00");
      CHECK(refusals().has("notice_period_elapsed"));
      story.on("2026-03-16 09:00").when(township.deputy_commander()).takes("approve");
      CHECK(story.fact("approved").truth());
    }
  }
}

}  // namespace yimen::tests
