// Cases that end without help: explained, refused by the county, withdrawn.
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

SCENARIO("an ineligible case is explained in person, counted and archived") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "subsistence_allowance");
  is_investigated(story.on("2026-03-05 10:00"), "ineligible");
  CHECK(story.due_on("explanation") == "2026-03-10");
  CHECK_FALSE(story.runs("notice_start"));

  GIVEN("an explanation without a delivery, a clause or a remedy") {
    const Object delivered{
        {"on", "2026-03-06T01:00:00.000Z"}, {"how", "in_person"}, {"answer", "accepted"}};
    THEN("it is refused: it has not happened yet, and the remedy was not told") {
      const auto refusals = story.when(its_clerk(story))
                                .with({{"delivered", delivered}, {"remedy_told", false}})
                                .cannot_take("explain");
      CHECK(codes_of(refusals) == "explanation_delivered, remedy_told");
    }
    THEN("the department cannot handle what it found ineligible") {
      story.when(its_clerk(story)).records("record_measure");
      CHECK(story.when(its_clerk(story)).cannot_take("handle").has("opinion_recorded"));
    }
  }

  GIVEN("an explanation proposed by the department's clerk") {
    const Actor head = its_head(story);
    story.when(its_clerk(story)).takes("explain");
    CHECK(story.state() == "assigned_to_department");

    WHEN("its head signs") {
      story.when(head).signs();
      CHECK(story.state() == "explained");
      CHECK_FALSE(story.runs("explanation"));
      CHECK_FALSE(story.runs("statutory"));
      CHECK(story.due_on("state") == "2026-04-05");

      THEN("it is published in the month's figures, at once and without a name, and archived") {
        CHECK(story.when(township.station_clerk())
                  .with({{"kind", "anonymous"}})
                  .cannot_take("publish")
                  .has("explained_notice_fits"));
        story.when(township.the_system())
            .with_exactly({{"kind", "aggregate"}, {"place", Array{"township_board"}}})
            .takes("publish");
        story.when(township.station_clerk()).takes("archive");
        CHECK(story.state() == "archived");
      }
      THEN("it is not archived around the publication, nor reported to the county") {
        CHECK(story.when(township.station_clerk())
                  .cannot_take("archive")
                  .has("no_explained_notice"));
        CHECK(story.when(township.commander()).cannot_take("escalate").kind ==
              workflow::RefusalKind::no_such_step);
      }
    }
  }
}

SCENARIO("what is obviously not eligible is answered on the spot") {
  Township township;
  Story story(township);
  GIVEN("a lead that the station can answer at once") {
    is_found(story);
    THEN("only the station may do so, and only on that ground") {
      CHECK(story.when(township.village_commander()).cannot_take("explain").has("not_your_post"));
      CHECK(story.when(township.station_clerk())
                .cannot_take("explain")
                .has("obviously_ineligible"));
      story.when(township.station_clerk())
          .with({{"ground", "obviously_ineligible"}})
          .takes("explain");
      CHECK(story.state() == "explained");
      CHECK_FALSE(story.runs("discovery"));
    }
  }
}

SCENARIO("the county refuses, and the person hears it within three working days") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "subsistence_allowance");
  is_published(story);
  the_station_decides_to_report(story);
  story.on("2026-03-16 09:00").when(township.commander()).takes("escalate");

  GIVEN("a county document that says no") {
    story.on("2026-03-20 15:00").when(township.county_liaison()).takes("county_refuse");
    CHECK(story.state() == "assigned_to_department");
    CHECK(story.holder() == "civil_affairs_office");

    THEN("three working days run, and measure, notice and decision are void") {
      CHECK(story.due_on("refusal") == "2026-03-25");
      CHECK_FALSE(story.stands("record_measure"));
      CHECK_FALSE(story.stands("post_notice"));
      CHECK_FALSE(story.stands("publish"));
      CHECK(story.stands("sign_for"));
      CHECK(story.stands("record_investigation"));
      CHECK(story.fact("outcome").is_null());
    }
    WHEN("the department explains it in time") {
      story.on("2026-03-24 10:00").when(its_clerk(story)).takes("explain");
      const Actor head = its_head(story);
      story.when(head).signs();
      THEN("the refusal clock has stopped in time") {
        CHECK(story.state() == "explained");
        CHECK_FALSE(story.is_late("refusal"));
        story.on("2026-04-30 10:00");
        CHECK_FALSE(story.is_late("refusal"));
      }
    }
  }

  GIVEN("a county that wants better papers") {
    story.when(township.county_liaison()).takes("county_return");
    THEN("the station decides anew") {
      CHECK(story.state() == "reported_to_station");
      CHECK(story.fact("accepted").truth());
      CHECK(story.runs("assignment"));
      CHECK(story.when(township.station_clerk()).cannot_take("accept").has("not_yet_accepted"));
    }
  }
}

SCENARIO("a case that went to the county from the joint review gets its department there") {
  Township township;
  Story story(township);
  is_reported(story);
  is_accepted(story, "temporary_relief");
  story.when(township.station_director()).takes("refer_to_joint_review");
  story.when(township.station_director())
      .with({{"kind", "joint_review"}, {"decision", "report_to_county"}})
      .records("record_meeting");
  the_station_decides_to_report(story);
  story.when(township.commander()).with({{"purpose", "beyond_township"}}).takes("escalate");

  THEN("the county must name one, and its decision lies with it") {
    CHECK(story.when(township.county_liaison())
              .cannot_take("county_refuse")
              .has("department_named"));
    story.when(township.county_liaison())
        .with({{"unit", "urban_construction_office"}})
        .takes("county_refuse");
    CHECK(story.holder() == "urban_construction_office");
    CHECK(story.is_seen_by("urban_construction_office"));
  }
}

SCENARIO("the applicant dies, and the case is withdrawn") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "temporary_relief");
  is_published(story);
  const Actor director = township.station_director();

  GIVEN("a certificate") {
    story.when(director).with({{"reason", "died"}, {"duplicate_of", nullptr}}).takes("withdraw");
    THEN("it is withdrawn only with the deputy commander's signature") {
      CHECK(story.state() == "publicized");
      CHECK(story.when(director).cannot_sign().has("four_eyes"));
      story.when(township.deputy_commander()).signs();
      CHECK(story.state() == "withdrawn");
      CHECK(story.has_told("take_down_notice"));
      for (const auto& clock : story.subject().clocks) CHECK_FALSE(clock.is_running());
    }
  }
  GIVEN("a delivery that has been recorded") {
    story.when(township.village_worker()).records("record_delivery");
    THEN("nothing can be withdrawn any more") {
      CHECK(story.when(director)
                .with({{"reason", "died"}, {"duplicate_of", nullptr}})
                .cannot_take("withdraw")
                .has("not_delivered"));
    }
  }
  GIVEN("reasons that do not hold") {
    THEN("an accepted case is not unfounded, and a duplicate names another case") {
      CHECK(story.when(director)
                .with({{"reason", "unfounded"}})
                .cannot_take("withdraw")
                .has("unfounded_not_after_acceptance"));
      CHECK(story.when(director)
                .with({{"duplicate_of", story.subject().id}})
                .cannot_take("withdraw")
                .has("duplicate_named"));
    }
  }
  GIVEN("first relief, which is not delivery") {
    story.when(township.station_clerk()).records("record_relief");
    THEN("the case may still be withdrawn") {
      story.when(director).with({{"reason", "died"}, {"duplicate_of", nullptr}}).takes("withdraw");
      story.when(township.commander()).signs();
      CHECK(story.state() == "withdrawn");
    }
  }
}

}  // namespace yimen::tests
