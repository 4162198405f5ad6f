#include "persistence/projection.hpp"

#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

workflow::Case a_case() {
  workflow::Case subject = opening(1).next;
  subject.clocks = {clock_of("state", "discovered", 1, 1, 0, 600),
                    clock_of("statutory", "", 0, 1, 0, 300)};
  return subject;
}

}  // namespace

SCENARIO("the earliest limit of the clocks that run is the case's date") {
  workflow::Case subject = a_case();
  CHECK(project(subject, false).summary.due_at == minute(300));
  WHEN("that limit is extended") {
    subject.clocks[1].limits[0].extended_to = minute(900);
    const Projection rows = project(subject, false);
    CHECK(rows.summary.due_at == minute(600));
    CHECK(rows.clocks[1].due_at == minute(900));
    CHECK(rows.clocks[1].first_due_at == minute(300));
    CHECK(rows.clocks[1].limit_code == "statutory_limit");
  }
  WHEN("that clock is suspended") {
    subject.clocks[1].suspensions = {{minute(10), {}, "papers", 2}};
    const Projection rows = project(subject, false);
    CHECK(rows.summary.due_at == minute(600));
    CHECK(rows.summary.suspended_at == minute(10));
    CHECK(rows.clocks[1].suspended_at == minute(10));
    CHECK(rows.rungs.size() == 2);
  }
  WHEN("every clock has stopped") {
    for (workflow::Clock& clock : subject.clocks) clock.stopped_at = minute(20);
    const Projection rows = project(subject, true);
    CHECK_FALSE(rows.summary.due_at);
    CHECK(rows.summary.is_closed);
    CHECK(rows.rungs.empty());
    CHECK(rows.clocks.size() == 2);
  }
}

SCENARIO("a state that is returned to by taking a step back began when it first did") {
  workflow::Case subject = a_case();
  subject.visit = 3;
  subject.recorded_at = minute(50);
  CHECK(project(subject, false).summary.state_since == minute(0));
  subject.clocks[0].stopped_at = minute(40);
  CHECK(project(subject, false).summary.state_since == minute(50));
}

SCENARIO("the person whom the case is for, who started it and who acted have their roles, once") {
  workflow::Case subject = a_case();
  subject.facts.set("subject", workflow::Array{id_of(7), id_of(8), id_of(8), ""});
  workflow::Record visit = subject.records.front();
  visit.sequence = 2;
  visit.by.person = id_of(901);
  subject.records.insert(subject.records.end(), {visit, visit});
  CHECK(project(subject, false).persons ==
        std::vector<PersonRole>{{id_of(7), "subject"},
                                {id_of(8), "subject"},
                                {id_of(900), "started"},
                                {id_of(900), "acted"},
                                {id_of(901), "acted"}});
}

}  // namespace yimen::persistence
