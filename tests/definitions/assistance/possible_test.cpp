// What the console offers is what the door would take.
#include <algorithm>

#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

const workflow::PossibleAction& action(const std::vector<workflow::PossibleAction>& actions,
                                       std::string_view name) {
  const auto found = std::ranges::find(actions, name, &workflow::PossibleAction::name);
  if (found == actions.end()) throw std::runtime_error("no action " + std::string(name));
  return *found;
}

}  // namespace

SCENARIO("before a case exists it can be discovered or split off") {
  Township township;
  const Story story(township);
  const auto actions = story.possible_to(township.village_worker());
  REQUIRE(actions.size() == 2);
  CHECK(action(actions, "discover").allowed);
  CHECK(action(actions, "discover").form == "discover");
  CHECK(action(actions, "split_off").refusals.has("not_your_post"));
}

SCENARIO("possible actions name what stands against a step before its form is filled") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "temporary_relief");
  is_published(story);
  GIVEN("a publicized case, one day into its notice") {
    const auto actions = story.possible_to(township.station_clerk());
    THEN("the archive tells what is missing for an eligible case, not for an explained one") {
      const auto& archive = action(actions, "archive");
      CHECK_FALSE(archive.allowed);
      CHECK(codes_of(archive.refusals) == "notice_period_elapsed, approved, delivery_recorded");
    }
    THEN("every event and annotation of the state is listed") {
      CHECK(std::ranges::count(actions, workflow::EntryKind::transition,
                               &workflow::PossibleAction::kind) == 5);
      CHECK(std::ranges::count(actions, workflow::EntryKind::annotation,
                               &workflow::PossibleAction::kind) == 35);
      CHECK(action(actions, "approve").refusals.kind == workflow::RefusalKind::not_allowed);
    }
    THEN("what only a form can say is not held against anybody") {
      CHECK(story.is_possible(township.a_villager(), "object"));
    }
  }
  GIVEN("an archived case") {
    story.on("2026-03-16 09:00").when(township.deputy_commander()).takes("approve");
    is_delivered(story);
    story.when(township.station_clerk()).takes("archive");
    THEN("supervision and reopening are left") {
      const auto actions = story.possible_to(township.commander());
      REQUIRE(actions.size() == 2);
      CHECK(action(actions, "reopen").allowed);
      CHECK(action(actions, "supervise").allowed);
    }
  }
}

SCENARIO("the finance office sees a case once money is due") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  GIVEN("no measure yet") {
    THEN("it cannot pay") {
      CHECK(story.when(township.finance_clerk())
                .cannot_record("record_payment")
                .has("not_your_unit"));
    }
  }
  GIVEN("a measure in kind") {
    story.when(its_clerk(story)).with_exactly({{"kind", "service"}}).records("record_measure");
    THEN("it still does not see the case") { CHECK_FALSE(story.is_seen_by("finance_office")); }
  }
  GIVEN("a measure with an amount") {
    story.when(its_clerk(story)).records("record_measure");
    THEN("it pays, and nobody else of a department does") {
      CHECK(story.when(its_clerk(story)).cannot_record("record_payment").has("not_your_post"));
      story.when(township.finance_clerk()).records("record_payment");
      CHECK(story.stands("record_payment"));
    }
  }
}

SCENARIO("a village sees and moves its own cases only") {
  Township township;
  Story story(township);
  is_found(story);
  CHECK(story.when(township.village_worker("shili_2")).cannot_record("note").has("not_your_unit"));
  CHECK(story.when(township.village_commander("shili_2"))
            .cannot_take("submit_for_review")
            .has("not_your_unit"));
  Actor impostor = township.village_worker();
  impostor.post = "station_clerk";
  CHECK(story.when(impostor).cannot_take("receive_application").has("not_your_post"));
}

}  // namespace yimen::tests
