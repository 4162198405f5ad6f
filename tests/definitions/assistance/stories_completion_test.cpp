// What is finished and was not, and what is not finished at the end of the month.
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

void is_archived(Story& story) {
  comes_to_be_handled(story, "subsistence_allowance");
  the_county_approves(story);
  is_delivered(story);
  story.when(story.township().station_clerk()).takes("archive");
}

}  // namespace

SCENARIO("a false completion is found after the archive, and the case is opened again") {
  Township township;
  Story story(township);
  is_archived(story);
  const std::int64_t first_start = story.clock("statutory").started_by;

  GIVEN("a return visit that found the money never arrived") {
    story.on("2026-05-06 10:00");
    CHECK(story.when(township.station_director()).cannot_take("reopen").has("not_your_post"));
    story.when(township.commander()).takes("reopen");

    THEN("what was claimed no longer holds, and acceptance starts a new clock") {
      CHECK(story.state() == "reported_to_station");
      CHECK(story.fact("reopened").integer() == 1);
      CHECK(story.fact("accepted").is_null());
      for (const char* kind : {"accept", "sign_for", "record_investigation", "record_opinion",
                               "record_measure", "publish", "post_notice", "county_approve",
                               "post_long_term_notice", "record_payment", "record_delivery"}) {
        INFO(kind);
        CHECK_FALSE(story.stands(kind));
      }
      CHECK(story.stands("record_visit"));
      is_assigned(story, "subsistence_allowance");
      CHECK(story.runs("statutory"));
      CHECK(story.clock("statutory").started_by > first_start);
    }
    THEN("the case keeps its number and its papers, and ends a second time") {
      const std::string number = story.fact("number").text();
      is_assigned(story, "subsistence_allowance");
      is_investigated(story);
      is_handled(story);
      the_county_approves(story);
      CHECK(story.when(township.station_clerk())
                .cannot_take("archive")
                .has("delivery_recorded"));
      is_delivered(story);
      story.when(township.station_clerk()).takes("archive");
      CHECK(story.fact("number").text() == number);
    }
  }

  GIVEN("new facts about a case whose help was really delivered") {
    story.when(township.commander()).with({{"ground", "new_facts"}}).takes("reopen");
    THEN("the delivery stands, and the case cannot be withdrawn") {
      CHECK(story.stands("record_delivery"));
      CHECK(story.when(township.station_director())
                .with({{"reason", "moved_away"}, {"duplicate_of", nullptr}})
                .cannot_take("withdraw")
                .has("not_delivered"));
    }
  }

  GIVEN("an archived case that nobody reopens") {
    THEN("nothing but supervision is recorded on it") {
      CHECK(story.when(township.station_clerk()).cannot_record("note").kind ==
            workflow::RefusalKind::no_such_step);
      story.when(township.station_director()).records("supervise");
      CHECK(story.state() == "archived");
    }
  }
}

SCENARIO("the month ends with an unfinished case") {
  Township township;
  Story story(township);
  is_reported(story.on("2026-03-16 09:00"));
  is_assigned(story, "temporary_relief");
  is_investigated(story.on("2026-03-18 10:00"));
  CHECK(story.due_on("state") == "2026-03-30");
  story.on("2026-03-31 16:00");
  CHECK(story.is_late("state"));

  GIVEN("a reason and a new date for it") {
    story.when(its_clerk(story)).records("record_unfinished_reason");
    CHECK(story.when(township.station_director())
              .with({{"on", "2026-05-01"}})
              .cannot_record("set_completion_date")
              .has("date_within_a_month"));
    CHECK(story.when(township.station_director())
              .with({{"on", "2026-03-30"}})
              .cannot_record("set_completion_date")
              .has("date_within_a_month"));
    story.when(township.station_director())
        .with({{"on", "2026-04-30"}})
        .records("set_completion_date");

    THEN("the date stands on the case, and the original stays red") {
      CHECK(story.fact("completion_on").text() == "2026-04-30");
      CHECK(story.is_late("state"));
      CHECK(story.due_on("state") == "2026-03-30");
    }
    THEN("it is too late to extend the limit") {
      CHECK(story.when(township.station_director())
                .with({{"clock", "state"}, {"limit", nullptr}, {"until", "2026-04-10"}})
                .cannot_record("extend_deadline")
                .has("clock_is_not_overdue"));
    }
    THEN("whoever moves on must say why it is late, with a reason of the list") {
      const Actor clerk = its_clerk(story);
      const Actor head = its_head(story);
      story.when(clerk).records("record_measure");
      CHECK(story.when(clerk).cannot_take("handle").has("lateness_reason_required"));
      CHECK(story.when(clerk)
                .late_because("因为忙")
                .cannot_take("handle")
                .has("unknown_lateness_reason"));
      story.when(clerk).late_because("waiting_for_applicant").takes("handle");
      story.when(head).signs();
      CHECK(story.state() == "handled");
      CHECK(story.entries().back().lateness_reason == "waiting_for_applicant");
      CHECK_FALSE(story.is_late("state"));
    }
  }
}

SCENARIO("a split case closes last") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  story.when(township.station_clerk())
      .with({{"children", Array{Object{{"unit", "urban_construction_office"},
                                       {"category", "housing"}}}}})
      .records("split");
  CHECK(story.has_told("open_child"));

  GIVEN("a child that its own department was given") {
    Story child(township, "01920000-0000-7000-8000-0000000000c2");
    Object facts = story.subject().facts;
    facts.set("approved", true);
    facts.set("outcome", "eligible");
    child.on("2026-03-04 10:00")
        .when(township.station_clerk())
        .with({{"parent", story.subject().id}})
        .with_parent(facts)
        .takes("split_off");
    THEN("it inherits acceptance and statutory clock, and nothing that was decided") {
      CHECK(child.state() == "assigned_to_department");
      CHECK(child.holder() == "urban_construction_office");
      CHECK(child.fact("accepted").truth());
      CHECK(child.fact("category").text() == "housing");
      CHECK(child.fact("approved").is_null());
      CHECK(child.fact("outcome").is_null());
      CHECK(child.clock("statutory").started_at == story.clock("statutory").started_at);
      CHECK(child.due_on("statutory") == "2026-03-30");
      CHECK(child.due_on("sign_for") == "2026-03-06");
    }
    THEN("it cannot be split off from a case that is not accepted") {
      Story stray(township);
      CHECK(stray.when(township.station_clerk())
                .with_parent({{"accepted", false}})
                .cannot_take("split_off")
                .has("parent_accepted"));
    }
  }

  GIVEN("a child that is still with its department") {
    story.when(township.the_system()).records("record_child");
    is_investigated(story);
    story.when(its_clerk(story)).records("record_measure");
    THEN("the parent waits until it is handled or explained, and closes after it") {
      const auto refusals = story.when(its_clerk(story)).cannot_take("handle");
      CHECK(refusals.has("children_handled_or_explained"));
      story.when(township.the_system()).with({{"state", "handled"}}).records("record_child");
      const Actor head = its_head(story);
      story.when(its_clerk(story)).takes("handle");
      story.when(head).signs();
      is_published(story);
      story.on("2026-03-16 09:00").when(township.deputy_commander()).takes("approve");
      is_delivered(story);
      CHECK(story.when(township.station_clerk()).cannot_take("archive").has("children_closed"));
      story.when(township.the_system()).with({{"state", "archived"}}).records("record_child");
      story.when(township.station_clerk()).takes("archive");
      CHECK(story.state() == "archived");
    }
    THEN("the progress of a child that was never announced is not taken") {
      CHECK(story.when(township.the_system())
                .with({{"child", "01920000-0000-7000-8000-0000000000ff"}})
                .cannot_record("record_child")
                .has("child_is_announced"));
    }
  }
}

}  // namespace yimen::tests
