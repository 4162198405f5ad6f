// A case that is split: its children tell their states to the parent, which closes last.
#include "tests/support/catch.hpp"
#include "tests/support/township_case.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

Value child_of(const TownshipCase& parent) {
  return parent.look()["facts"]["children"].items().at(0);
}

}  // namespace

SCENARIO("the parent of a split case closes after its children") {
  GIVEN("an accepted case of which the housing part is split off") {
    TownshipServer server;
    TownshipCase parent(server);
    parent.assigned_to("civil_affairs_office");
    const Object part{{"unit", "urban_construction_office"}, {"category", "housing"}};
    parent.put("station_clerk@station", "split", {{"children", Array{part}}});
    CHECK(child_of(parent)["state"].text().empty());
    Client clerk = server.client("station_clerk@station");
    const Object facts{{"parent", parent.id()},
                       {"unit", "urban_construction_office"},
                       {"category", "housing"}};
    const Value opening = Object{
        {"procedure", "assistance"}, {"event", "split_off"}, {"facts", facts}};
    const std::string key = fresh_key();
    const auto opened = clerk.post("/v1/cases", opening, {{"idempotency-key", key}});
    REQUIRE(opened.status == 201);
    const std::string child = opened.json()["id"].text();
    server.sweep();

    THEN("the parent knows the child and where it stands") {
      CHECK(child_of(parent)["child"].text() == child);
      CHECK(child_of(parent)["state"].text() == "assigned_to_department");
    }
    THEN("asking for the same child again puts nothing more on record") {
      const auto length = server.journal_length();
      CHECK(clerk.post("/v1/cases", opening, {{"idempotency-key", key}}).status == 201);
      CHECK(server.journal_length() == length);
    }
    WHEN("the parent is to be withdrawn while the child is open") {
      const Value withdrawal = parent.transition("withdraw", {{"reason", "died"}});
      Client director = server.client("station_director@station");
      const auto refused = director.post(
          parent.path("/transitions"), withdrawal,
          {{"idempotency-key", fresh_key()},
           {"if-match", "\"r" + std::to_string(parent.revision()) + "\""}});
      THEN("it is refused, because it closes last") {
        CHECK(refused.status == 422);
        CHECK(refused.json()["refusals"].items().at(0)["code"].text() == "children_closed");
      }
    }
  }
}
