// The station between village and departments: calling up, assigning, ruling, referring out.
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

SCENARIO("what the village declines is kept, and the station may call it up") {
  Township township;
  Story story(township);
  is_found(story);
  story.when(township.village_worker()).takes("submit_for_review");

  GIVEN("a village meeting that did not agree") {
    the_village_meets(story, {{"decision", "decline"}, {"votes_for", 1}, {"votes_against", 4}});
    CHECK(story.when(township.village_commander()).cannot_take("agree").has("majority_agreed"));
    story.when(township.village_commander()).takes("decline");

    THEN("the station holds it, with five working days to examine it") {
      CHECK(story.state() == "declined_by_village");
      CHECK(story.holder() == "station");
      CHECK(story.due_on("state") == "2026-03-09");
      CHECK_FALSE(story.runs("discovery"));
    }
    WHEN("the director calls it up") {
      story.when(township.station_director()).takes("call_up");
      THEN("it goes on as any other case") {
        is_assigned(story, "temporary_relief");
        CHECK(story.state() == "assigned_to_department");
      }
      THEN("it can be sent back to the village, which has to meet again") {
        story.when(township.station_clerk()).takes("return_to_village");
        CHECK(story.holder() == "shili_1");
        CHECK(story.when(township.village_commander())
                  .cannot_take("decline")
                  .has("quorum_present"));
      }
    }
  }

  GIVEN("a village that does not meet at all") {
    THEN("the station may not call it up in time, and must say why once it is overdue") {
      CHECK(story.when(township.station_director())
                .cannot_take("call_up")
                .has("review_overdue"));
      story.on("2026-03-10 09:00");
      CHECK(story.when(township.station_director())
                .cannot_take("call_up")
                .has("lateness_reason_required"));
      story.when(township.station_director())
          .late_because("meeting_not_held")
          .takes("call_up");
      CHECK(story.state() == "reported_to_station");
      CHECK(story.entries().back().lateness_reason == "meeting_not_held");
    }
  }

  GIVEN("a village that would like to decide for the station") {
    THEN("each level records its own meetings") {
      for (const char* kind : {"station_decision", "station_ruling", "joint_review"}) {
        CHECK(story.when(township.village_commander())
                  .with({{"kind", kind}})
                  .cannot_record("record_meeting")
                  .has("meeting_of_own_level"));
      }
      CHECK(story.when(township.station_director())
                .cannot_record("record_meeting")
                .has("meeting_of_own_level"));
    }
  }

  GIVEN("a meeting in which a relative voted, without quorum and without minutes") {
    the_village_meets(story, {{"present", 3},
                              {"recused", 0},
                              {"votes_for", 3},
                              {"minutes", nullptr},
                              {"relatives_recused", false}});
    THEN("every failure is told at once") {
      const auto refusals = story.when(township.village_commander()).cannot_take("agree");
      CHECK(codes_of(refusals) == "quorum_present, minutes_attached, relatives_recused");
      CHECK(refusals.all.front().clause == "2.4.4");
      CHECK(refusals.all.front().params.find("needed")->integer() == 4);
    }
  }
}

SCENARIO("after two times \"not mine\" the station rules") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "medical", "social_security_office");
  const auto returns_it = [&] {
    story.when(its_head(story)).takes("return_to_station");
    CHECK(story.state() == "reported_to_station");
  };

  GIVEN("two departments that returned the case") {
    returns_it();
    story.when(township.station_clerk())
        .with({{"unit", "civil_affairs_office"}, {"override_reason", "转民政办"}})
        .takes("assign");
    returns_it();
    CHECK(story.fact("returns").integer() == 2);
    CHECK(story.fact("accepted").truth());
    CHECK(story.runs("statutory"));

    THEN("it cannot be assigned again without a ruling") {
      CHECK(story.when(township.station_clerk())
                .with({{"unit", "social_security_office"}})
                .cannot_take("assign")
                .has("station_ruling_recorded"));
    }
    WHEN("the station has ruled") {
      story.when(township.station_director())
          .with({{"kind", "station_ruling"}, {"assigned_unit", "social_security_office"}})
          .records("record_meeting");
      THEN("it goes to the department of the ruling and nowhere else") {
        CHECK(story.when(township.station_clerk())
                  .with({{"unit", "civil_affairs_office"}, {"override_reason", "转民政办"}})
                  .cannot_take("assign")
                  .has("station_ruling_recorded"));
        story.when(township.station_clerk())
            .with({{"unit", "social_security_office"}})
            .takes("assign");
        CHECK(story.when(its_head(story))
                  .cannot_take("return_to_station")
                  .has("no_station_ruling"));
      }
    }
    WHEN("the station takes it on itself") {
      story.when(township.station_director())
          .with({{"kind", "station_ruling"}, {"assigned_unit", "station"}})
          .records("record_meeting");
      story.when(township.station_clerk())
          .with({{"unit", "station"}, {"override_reason", "指挥站承办"}})
          .takes("assign");
      THEN("its own clerk signs for it and handles it, signed off by the director") {
        is_investigated(story);
        is_handled(story);
        CHECK(story.state() == "handled");
      }
    }
  }

  GIVEN("a department that has signed for the case") {
    story.when(its_clerk(story)).takes("sign_for");
    THEN("it can no longer say \"not mine\"") {
      CHECK(story.when(its_head(story)).cannot_take("return_to_station").has("not_yet_signed"));
    }
    THEN("a transfer clears the signature and counts as a return, and the clock runs on") {
      const Instant started_at = story.clock("state").started_at;
      story.when(township.station_clerk())
          .with({{"unit", "civil_affairs_office"}})
          .takes("transfer");
      CHECK(story.holder() == "civil_affairs_office");
      CHECK_FALSE(story.stands("sign_for"));
      CHECK(story.fact("returns").integer() == 1);
      CHECK(story.clock("state").started_at == started_at);
    }
    THEN("nobody of another department may act on it") {
      CHECK(story.when(township.department_clerk("disabled_federation"))
                .cannot_take("handle")
                .has("not_your_unit"));
    }
  }

  GIVEN("a department that does not sign in two working days") {
    CHECK(story.due_on("sign_for") == "2026-03-04");
    story.on("2026-03-05 00:01").when(township.the_system()).takes("sign_for");
    THEN("expiry itself has signed for it") {
      CHECK(story.stands("sign_for"));
      CHECK_FALSE(story.runs("sign_for"));
    }
  }
}

SCENARIO("a household that is registered elsewhere is referred out and answered") {
  Township township;
  Story story(township);
  is_reported(story, {{"place", Object{{"village", "shili_1"}, {"registered_outside", true}}}});

  GIVEN("a pack sent to the place of registration") {
    story.when(township.station_clerk()).takes("refer_out");
    CHECK(story.state() == "referred_out");
    CHECK(story.due_on("state") == "2026-03-30");

    WHEN("the answer says that it was helped there") {
      story.on("2026-03-20 10:00")
          .when(township.station_clerk())
          .with({{"outcome", "helped_elsewhere"}})
          .takes("receive_answer");
      THEN("the station explains it without an investigation of its own") {
        story.when(township.station_clerk())
            .with({{"ground", "helped_elsewhere"}})
            .takes("explain");
        CHECK(story.state() == "explained");
      }
    }
    WHEN("the answer sends it back") {
      story.when(township.county_liaison()).takes("receive_answer");
      THEN("it cannot be explained as helped elsewhere, and is assigned") {
        CHECK(story.when(township.station_clerk())
                  .with({{"ground", "helped_elsewhere"}})
                  .cannot_take("explain")
                  .has("obviously_ineligible"));
        is_assigned(story, "temporary_relief");
        CHECK(story.state() == "assigned_to_department");
      }
    }
  }

  GIVEN("an emergency") {
    story.when(township.station_clerk()).records("declare_emergency");
    THEN("it is not referred anywhere before help was given") {
      CHECK(story.when(township.station_clerk()).cannot_take("refer_out").has("not_an_emergency"));
    }
  }
}

}  // namespace yimen::tests
