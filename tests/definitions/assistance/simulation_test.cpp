// Past cases under another edition's deadlines; the dates are counted by hand.
#include "workflow/simulation.hpp"

#include <algorithm>

#include "definitions/assistance/procedure.hpp"
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

using workflow::ClockInHand;

workflow::Budget& budget_of(workflow::Edition& edition, std::string_view limit) {
  for (workflow::ClockRule& clock : edition.clocks) {
    for (workflow::LimitRule& rule : clock.limits) {
      if (rule.code == limit) return rule.budget;
    }
  }
  throw std::runtime_error("no limit " + std::string(limit));
}

const ClockInHand& clock_in(const std::vector<ClockInHand>& clocks, std::string_view name,
                            std::string_view state = {}) {
  const auto found = std::ranges::find_if(clocks, [&](const ClockInHand& one) {
    return one.clock.name == name && one.clock.state == state;
  });
  REQUIRE(found != clocks.end());
  return *found;
}

workflow::Simulation simulated(const Story& story, const workflow::Edition& edition) {
  return workflow::simulate(story.entries(), definitions::assistance::procedure(), edition,
                            story.township().calendar);
}

std::string due_on(const ClockInHand& one) {
  return workflow::to_text(workflow::civil_date_of(binding_due_at(one.clock).value()));
}

}  // namespace

SCENARIO("under its own edition a case looks as it did") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  story.on("2026-03-04 10:00")
      .when(its_clerk(story))
      .with({{"clock", "statutory"}, {"reason", "applicant_papers"}})
      .records("suspend_clock");
  story.on("2026-03-11 10:00").when(its_clerk(story)).records("resume_clock");
  story.when(township.commander())
      .with({{"clock", "statutory"}, {"limit", nullptr}, {"until", "2026-05-20"}})
      .records("extend_deadline");
  const Actor head = its_head(story);
  story.when(head).takes("return_to_station");
  story.when(head).takes_back();
  const auto simulation = simulated(story, township.edition);
  REQUIRE(simulation.was.size() == simulation.would.size());
  for (const ClockInHand& one : simulation.was) {
    CAPTURE(one.clock.name, one.clock.state);
    CHECK(std::ranges::any_of(simulation.would, [&](const ClockInHand& other) {
      return other.clock == one.clock && other.unit == one.unit;
    }));
  }
}

SCENARIO("shorter days make past steps late where they were taken") {
  GIVEN("a case found on Monday the second, reviewed from Friday on and agreed on the Tuesday") {
    Township township;
    Story story(township);
    is_found(story);
    story.on("2026-03-06 09:00").when(township.village_worker()).takes("submit_for_review");
    the_village_meets(story);
    story.on("2026-03-10 09:00").when(township.village_commander()).takes("agree");
    WHEN("a lead has three working days and the review one") {
      workflow::Edition edition = township.edition;
      budget_of(edition, "discovered_5_working").amount = 3;
      budget_of(edition, "village_review_5_working").amount = 1;
      budget_of(edition, "discovery_10_working").amount = 6;
      const auto simulation = simulated(story, edition);
      THEN("the lead would have been due on Thursday and the review on Monday") {
        const ClockInHand& lead = clock_in(simulation.would, "state", "discovered");
        CHECK(due_on(lead) == "2026-03-05");
        CHECK(is_late(lead.clock, township.now));
        CHECK(lead.unit == "shili_1");
        const ClockInHand& review = clock_in(simulation.would, "state", "village_review");
        CHECK(due_on(review) == "2026-03-09");
        CHECK(is_late(review.clock, township.now));
      }
      THEN("six working days reach the day on which it was agreed: in time") {
        const ClockInHand& discovery = clock_in(simulation.would, "discovery");
        CHECK(due_on(discovery) == "2026-03-10");
        CHECK_FALSE(is_late(discovery.clock, township.now));
      }
      THEN("nothing was late as it was") {
        for (const ClockInHand& one : simulation.was) {
          CHECK_FALSE(is_late(one.clock, township.now));
        }
        CHECK(due_on(clock_in(simulation.was, "state", "discovered")) == "2026-03-09");
      }
    }
  }
}

SCENARIO("an extension holds to the day that was given, and a suspension for as long as it was") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  workflow::Edition edition = township.edition;
  budget_of(edition, "statutory_temporary_15_working").amount = 5;
  WHEN("it was suspended from the fourth to the eleventh") {
    story.on("2026-03-04 10:00")
        .when(its_clerk(story))
        .with({{"clock", "statutory"}, {"reason", "applicant_papers"}})
        .records("suspend_clock");
    story.on("2026-03-11 10:00").when(its_clerk(story)).records("resume_clock");
    THEN("two days counted before and three after") {
      CHECK(due_on(clock_in(simulated(story, edition).would, "statutory")) == "2026-03-16");
    }
  }
  WHEN("it was extended to the twentieth of May") {
    story.when(township.commander())
        .with({{"clock", "statutory"}, {"limit", nullptr}, {"until", "2026-05-20"}})
        .records("extend_deadline");
    THEN("it is due then") {
      CHECK(due_on(clock_in(simulated(story, edition).would, "statutory")) == "2026-05-20");
    }
  }
  WHEN("the edition has no such clock") {
    std::erase_if(edition.clocks,
                  [](const workflow::ClockRule& rule) { return rule.name == "statutory"; });
    THEN("there is none") {
      const auto simulation = simulated(story, edition);
      CHECK(std::ranges::none_of(simulation.would, [](const ClockInHand& one) {
        return one.clock.name == "statutory";
      }));
    }
  }
}

}  // namespace yimen::tests
