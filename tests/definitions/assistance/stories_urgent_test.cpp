// What cannot wait, and what must not be seen: emergencies and protected people.
#include <algorithm>

#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

using namespace std::chrono_literals;

SCENARIO("an emergency at midnight is helped first and written down afterwards") {
  Township township;
  Story story(township);

  GIVEN("a flooded house, reported by telephone on Saturday at half past eleven at night") {
    story.on("2026-03-07 23:30");
    story.when(township.hotline_operator())
        .with({{"channel", "hotline"}, {"emergency", true}})
        .takes("discover");
    CHECK(workflow::to_text(*binding_due_at(story.clock("state"))) == "2026-03-07T17:30:00.000Z");

    WHEN("the duty officer reports it at midnight") {
      story.on("2026-03-08 00:00");
      story.when(township.hotline_operator()).takes("report_emergency");

      THEN("it skips the village, and the suggested department sees it at once") {
        CHECK(story.state() == "reported_to_station");
        CHECK(story.is_seen_by("emergency_office"));
        CHECK(story.has_told("notify_unit"));
      }
      THEN("first help is due within 24 hours, Sunday or not, and rings at night") {
        const auto& clock = story.clock("emergency");
        CHECK(workflow::to_text(*binding_due_at(clock)) == "2026-03-08T16:00:00.000Z");
        const auto half = std::ranges::find(clock.rungs, "remind_50", &workflow::Rung::code);
        REQUIRE(half != clock.rungs.end());
        CHECK(half->at == at("2026-03-08 12:00"));
        CHECK(std::ranges::find(clock.rungs, "commander", &workflow::Rung::code) !=
              clock.rungs.end());
        story.on("2026-03-09 00:01");
        CHECK(story.is_late("emergency"));
      }
      THEN("first help needs no paper, no acceptance and no signature") {
        story.on("2026-03-08 01:00").when(township.station_clerk()).records("record_relief");
        CHECK_FALSE(story.runs("emergency"));
        CHECK_FALSE(story.is_late("emergency"));
        CHECK(story.due_on("papers") == "2026-03-13");
      }
    }
  }

  GIVEN("first help that was given on Sunday") {
    story.on("2026-03-08 00:00");
    story.when(township.hotline_operator())
        .with({{"channel", "hotline"}, {"emergency", true}})
        .takes("discover");
    story.when(township.hotline_operator()).takes("report_emergency");
    story.when(township.station_clerk()).records("record_relief");
    is_assigned(story, "temporary_relief");

    WHEN("the papers follow within the week") {
      is_investigated(story.on("2026-03-10 10:00"));
      CHECK_FALSE(story.runs("papers"));
      is_handled(story);

      THEN("without notice it is approved only with a recorded exemption by somebody else") {
        const Actor director = township.station_director();
        CHECK(story.when(township.deputy_commander())
                  .cannot_take("approve")
                  .has("exemption_recorded"));
        CHECK(story.when(director)
                  .with({{"ground", "emergency"}, {"proposer", director.person}})
                  .cannot_record("exempt_from_notice")
                  .has("approver_is_not_proposer"));
        story.when(director)
            .with({{"ground", "emergency"}, {"proposer", township.station_clerk().person}})
            .records("exempt_from_notice");
        story.when(township.deputy_commander()).takes("approve");
        is_delivered(story);
        story.when(township.station_clerk()).takes("archive");
        CHECK(story.state() == "archived");
      }
    }
  }
}

SCENARIO("an emergency declared on the way counts from its declaration") {
  Township township;
  Story story(township);
  GIVEN("a lead that was found on Monday") {
    is_found(story);
    WHEN("its household is in danger on Wednesday") {
      story.on("2026-03-04 10:00");
      story.when(township.village_worker()).records("declare_emergency");
      THEN("two hours run from then, and nobody is late for the days before") {
        CHECK(*binding_due_at(story.clock("state")) == at("2026-03-04 12:00"));
        CHECK_FALSE(story.is_late("state"));
        CHECK_FALSE(story.is_late("discovery"));
        CHECK(*binding_due_at(story.clock("emergency")) == at("2026-03-05 10:00"));
      }
      THEN("a revoked emergency leaves the ordinary time") {
        story.when(township.station_director()).records("revoke_emergency");
        CHECK(story.due_on("state") == "2026-03-09");
        CHECK_FALSE(story.runs("emergency"));
        CHECK(story.when(township.station_director())
                  .cannot_record("revoke_emergency")
                  .has("is_an_emergency"));
      }
    }
  }
}

SCENARIO("a child's case is never laid before a village panel, nor its name on a board") {
  Township township;
  Story story(township);

  GIVEN("an unattended child, found by a village worker") {
    is_found(story, {{"restricted", "child"}, {"key_category", "unattended_child"}});

    THEN("it cannot be submitted for review") {
      CHECK(story.when(township.village_worker())
                .cannot_take("submit_for_review")
                .has("not_restricted"));
    }

    WHEN("the village commander reports it straight to the station") {
      story.when(township.village_commander()).takes("report_restricted");
      CHECK(story.state() == "reported_to_station");
      is_assigned(story, "unattended_child");
      is_investigated(story);
      is_handled(story);

      THEN("a notice with the child's name is refused") {
        const Object named{{"applicant_shown", "full_name"},
                           {"members", 1},
                           {"category", "unattended_child"},
                           {"fields", Array{"applicant"}}};
        CHECK(story.when(township.station_clerk())
                  .with({{"content", named}, {"place", Array{"village_board"}}})
                  .cannot_take("publish")
                  .has("notice_holds_only_what_the_rule_orders"));
      }
      THEN("with an exemption by another than the proposer it goes to the county and is archived") {
        story.when(township.deputy_commander())
            .with({{"ground", "child"}, {"proposer", township.station_director().person}})
            .records("exempt_from_notice");
        the_station_decides_to_report(story);
        story.when(township.commander()).with({{"purpose", "approval"}}).takes("escalate");
        story.when(township.county_liaison()).takes("county_approve");
        story.when(township.finance_clerk()).records("record_payment");
        story.when(township.village_worker()).records("record_delivery");
        story.when(township.station_clerk()).takes("archive");
        CHECK(story.state() == "archived");
        CHECK_FALSE(story.stands("publish"));
        CHECK_FALSE(story.stands("post_long_term_notice"));
      }
    }
  }

  GIVEN("violence that comes to light only during the village review") {
    is_found(story);
    story.when(township.village_worker()).takes("submit_for_review");
    WHEN("the station takes it out of the village") {
      story.when(township.station_clerk())
          .with({{"kind", "violence"}})
          .takes("report_restricted");
      THEN("it lies with the station and is marked") {
        CHECK(story.holder() == "station");
        CHECK(story.fact("restricted").text() == "violence");
      }
    }
  }

  GIVEN("a notice on the web") {
    comes_to_be_handled(story, "temporary_relief");
    THEN("it shows nobody's full name, protected or not") {
      const Object named{{"applicant_shown", "full_name"},
                         {"members", 1},
                         {"category", "temporary_relief"},
                         {"fields", Array{"applicant"}}};
      CHECK(story.when(township.station_clerk())
                .with({{"content", named}, {"place", Array{"village_board", "web"}}})
                .cannot_take("publish")
                .has("notice_holds_only_what_the_rule_orders"));
    }
  }
}

}  // namespace yimen::tests
