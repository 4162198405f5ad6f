// The ordinary way of a case: village, station, department, notice, county, archive.
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

SCENARIO("an ordinary case of subsistence allowance goes from the village to the archive") {
  Township township;
  Story story(township);

  GIVEN("a household that a village worker found on patrol and visited with a colleague") {
    is_found(story);
    CHECK(story.state() == "discovered");
    CHECK(story.holder() == "shili_1");
    CHECK(story.due_on("state") == "2026-03-09");

    WHEN("the village has met and agreed") {
      story.when(township.village_worker()).takes("submit_for_review");
      CHECK(story.when(township.village_commander())
                .cannot_take("agree")
                .has("quorum_present"));
      the_village_meets(story.on("2026-03-04 15:00"));
      story.when(township.village_commander()).takes("agree");

      THEN("the station holds it and the discovery clock has stopped") {
        CHECK(story.state() == "reported_to_station");
        CHECK(story.holder() == "station");
        CHECK_FALSE(story.runs("discovery"));
        CHECK(story.runs("acceptance"));
      }
      THEN("no village post may accept it") {
        CHECK(story.when(township.village_commander()).cannot_take("accept").has("not_your_post"));
      }
      THEN("it goes to the matching department by list, and to no other without a reason") {
        is_accepted(story.on("2026-03-05 10:00"), "subsistence_allowance");
        CHECK(story.fact("number").text() == "河鱼救〔2026〕00001");
        CHECK(story.due_on("statutory") == "2026-04-07");
        CHECK(story.when(township.station_clerk())
                  .with({{"unit", "disabled_federation"}})
                  .cannot_take("assign")
                  .has("department_matches_category"));
        story.when(township.station_clerk()).takes("assign");
        CHECK(story.state() == "assigned_to_department");
        CHECK(story.holder() == "civil_affairs_office");
        CHECK(story.is_seen_by("civil_affairs_office"));
        CHECK_FALSE(story.is_seen_by("finance_office"));
      }
    }
  }

  GIVEN("a case that its department has handled") {
    comes_to_be_handled(story, "subsistence_allowance");
    CHECK(story.state() == "handled");
    CHECK(story.is_seen_by("finance_office"));

    WHEN("the pre-approval notice has been posted on 12 March") {
      is_published(story.on("2026-03-05 10:00"));
      the_station_decides_to_report(story);

      THEN("for seven days nobody may approve it or report it upward") {
        story.on("2026-03-12 23:59");
        const auto approval = story.when(township.commander()).cannot_take("approve");
        CHECK(approval.has("notice_period_elapsed"));
        CHECK(approval.has("approval_is_local"));
        CHECK(story.when(township.commander())
                  .with({{"purpose", "approval"}})
                  .cannot_take("escalate")
                  .has("notice_period_elapsed"));
      }
      THEN("on the eighth it goes to the county, comes back approved, is delivered and archived") {
        story.on("2026-03-13 09:00");
        story.when(township.commander()).with({{"purpose", "approval"}}).takes("escalate");
        CHECK(story.holder() == "county_centre");
        CHECK(story.is_seen_by("county_centre"));
        CHECK(story.has_told("tell_county"));
        story.on("2026-03-24 16:00").when(township.county_liaison()).takes("county_approve");
        CHECK(story.state() == "handled");
        CHECK_FALSE(story.runs("statutory"));
        CHECK(story.due_on("long_term_notice") == "2026-04-08");

        const auto early = story.when(township.station_clerk()).cannot_take("archive");
        CHECK(early.has("delivery_recorded"));
        CHECK(early.has("long_term_notice_posted"));
        is_delivered(story.on("2026-03-27 10:00"));
        story.when(township.station_clerk()).takes("archive");
        CHECK(story.state() == "archived");
        CHECK(story.subject().running_clock("state") == nullptr);
      }
    }
  }
}

SCENARIO("a case with its approval in the township needs no county") {
  Township township;
  Story story(township);
  GIVEN("ordinary temporary relief after its notice period") {
    comes_to_be_handled(story, "temporary_relief");
    is_published(story.on("2026-03-05 10:00"));
    story.on("2026-03-13 09:00");

    WHEN("the deputy commander approves it") {
      story.when(township.deputy_commander()).takes("approve");
      THEN("it is handled, with ten working days to the archive, and no longer in suspense") {
        CHECK(story.state() == "handled");
        CHECK(story.fact("approved").truth());
        CHECK(story.due_on("state") == "2026-03-27");
        CHECK_FALSE(story.runs("statutory"));
      }
      THEN("money that was due must have been paid before the archive") {
        story.when(township.village_worker()).records("record_delivery");
        const auto refusals = story.when(township.station_clerk()).cannot_take("archive");
        REQUIRE(refusals.has("delivery_recorded"));
        CHECK(refusals.all.front().params.find("paid")->truth() == false);
        story.when(township.finance_clerk()).records("record_payment");
        story.when(township.station_clerk()).takes("archive");
        CHECK(story.state() == "archived");
      }
    }
  }
}

SCENARIO("an application at the counter does not pass through the village") {
  Township township;
  Story story(township);
  GIVEN("a lead from the hotline") {
    story.when(township.hotline_operator())
        .with({{"channel", "hotline"}, {"authorisation", nullptr}, {"proactive_basis", false}})
        .takes("discover");
    WHEN("the person applies at the counter") {
      story.when(township.station_clerk()).takes("receive_application");
      THEN("the station may accept it on the application") {
        CHECK(story.state() == "reported_to_station");
        CHECK(story.fact("application_channel").text() == "counter");
        is_accepted(story, "temporary_relief");
        CHECK(story.fact("accepted").truth());
      }
    }
    WHEN("the application lacks the authorisation to compare data") {
      THEN("it is not received") {
        CHECK(story.when(township.station_clerk())
                  .with({{"authorisation", false}})
                  .cannot_take("receive_application")
                  .has("application_recorded"));
      }
    }
  }
}

SCENARIO("a village worker identifies the household on the visit") {
  Township township;
  Story story(township);
  GIVEN("a lead without a household") {
    story.when(township.village_worker()).with({{"household", nullptr}}).takes("discover");
    story.when(township.village_worker()).records("record_visit");
    THEN("it cannot be laid before the village meeting") {
      CHECK(story.when(township.village_worker())
                .cannot_take("submit_for_review")
                .has("household_identified"));
    }
    WHEN("the next visit names it") {
      story.when(township.village_worker())
          .with({{"household", "01920000-0000-7000-8000-000000000002"}})
          .records("record_visit");
      THEN("it can") {
        story.when(township.village_worker()).takes("submit_for_review");
        CHECK(story.state() == "village_review");
      }
    }
  }
}

}  // namespace yimen::tests
