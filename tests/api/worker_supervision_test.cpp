// The ladder's end: an order to the unit that is late, with a deadline and an inbox entry of its
// own, and what people read of it.
#include "tests/api/worker_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

persistence::CasePage orders(const WorkedCasework& office) {
  persistence::CaseQuery query;
  query.procedure = "supervision_order";
  return office.database->cases().search(query).value();
}

int status_of(const Casework::Response& answer) {
  return static_cast<int>(body_of(answer)["results"].items().at(0)["status"].integer());
}

// The village has done nothing for a fortnight: its state's clock is three working days late.
std::string late_case(WorkedCasework& office) {
  const std::string id = office.found_case();
  office.on("2026-03-13T02:00:00Z");
  return id;
}

int move(WorkedCasework& office, const std::string& id, const char* event, const Object& data,
         const char* post, const char* unit, const char* lateness = "") {
  Value item = Casework::transition(id, event, data);
  if (*lateness != '\0') item.make_object().set("lateness_reason", lateness);
  return status_of(office.post("/v1/batches", Casework::batch({item}), office.as(post, unit)));
}

}  // namespace

SCENARIO("who stays late is given a supervision order") {
  WorkedCasework office;
  const std::string id = late_case(office);
  const auto page = orders(office);
  REQUIRE(page.items.size() == 1);
  const persistence::CaseSummary& order = page.items.front();

  THEN("it lies with the unit that is late, about its case, and is due in a day") {
    CHECK(order.holder_unit == "shili_1");
    CHECK(order.state == "issued");
    CHECK(office.look(order.id).fact("about").text() == id);
    CHECK(workflow::to_text(*order.due_at) == "2026-03-16T15:59:59.999Z");
    CHECK(std::ranges::count(office.told("@shili_1"), "supervision_order_issued") == 1);
  }
  THEN("it stands in the unit's inbox as something to do") {
    const auto inbox =
        body_of(office.get("/v1/inbox", office.as("village_commander", "shili_1")));
    const auto& items = inbox["items"].items();
    const auto found = std::ranges::find_if(
        items, [&](const Value& item) { return item["id"].text() == order.id; });
    REQUIRE(found != items.end());
    CHECK((*found)["can_act"].truth());
  }
  THEN("it is acknowledged, reported back and closed, each by whom it behoves") {
    CHECK(move(office, order.id, "acknowledge", {}, "village_worker", "shili_2") == 404);
    CHECK(move(office, order.id, "acknowledge", {}, "village_worker", "shili_1") == 200);
    const Object report{{"result", "will_be_done"}, {"text", "示例说明"}};
    CHECK(move(office, order.id, "report_back", report, "village_commander", "shili_1") == 422);
    Object dated = report;
    dated.set("until", "2026-03-18");
    CHECK(move(office, order.id, "report_back", dated, "village_commander", "shili_1") == 200);
    CHECK(office.look(order.id).holder.unit == "station");
    CHECK(move(office, order.id, "close", {}, "station_clerk", "station") == 403);
    CHECK(move(office, order.id, "close", {}, "station_director", "station") == 200);
    CHECK(office.look(order.id).state == "closed");
  }
  THEN("a report that does not satisfy is answered by ordering once more") {
    CHECK(move(office, order.id, "acknowledge", {}, "village_worker", "shili_1") == 200);
    CHECK(move(office, order.id, "report_back", {{"result", "is_done"}, {"text", "示例"}},
               "village_commander", "shili_1") == 200);
    CHECK(move(office, order.id, "reissue", {{"text", "示例"}}, "commander", "station") == 200);
    CHECK(office.look(order.id).state == "reissued");
    CHECK(office.look(order.id).holder.unit == "shili_1");
    CHECK(move(office, order.id, "acknowledge", {}, "village_worker", "shili_1") == 200);
  }
  WHEN("the order itself is left lying") {
    office.on("2026-03-25T02:00:00Z");
    THEN("it is urged and told upwards, and no order is issued about an order") {
      CHECK(office.entries(order.id, "urge") == 1);
      for (const auto& one : orders(office).items) {
        CHECK(office.look(one.id).fact("about").text() == id);
      }
    }
  }
}

SCENARIO("a supervision by hand issues an order too, once") {
  WorkedCasework office;
  const std::string id = office.assigned_case();
  const Object body{{"annotation", "supervise"}, {"data", Object{{"text", "示例督办"}}}};
  const auto headers = [&] {
    auto fields = office.as("station_director", "station");
    fields.add("idempotency-key", "supervise-1");
    return fields;
  };
  REQUIRE(office.post("/v1/cases/" + id + "/annotations", body, headers()).status == 200);
  REQUIRE(office.post("/v1/cases/" + id + "/annotations", body, headers()).status == 200);
  office.workers.sweep();
  office.workers.sweep();
  const auto page = orders(office);
  REQUIRE(page.items.size() == 1);
  CHECK(page.items.front().holder_unit == "civil_affairs_office");
}

SCENARIO("an emergency climbs its ladder in hours, by night too") {
  WorkedCasework office;
  const std::string id = office.found_case();
  office.set_clock("2026-03-02T14:00:00Z");  // ten at night
  const Object urgent{{"annotation", "declare_emergency"}, {"data", Object{{"reason", "示例"}}}};
  REQUIRE(office.post("/v1/cases/" + id + "/annotations", urgent,
                      office.as("village_worker", "shili_1"))
              .status == 200);
  office.on("2026-03-02T16:30:00Z");
  CHECK(office.told("commander@station").size() >= 1);
  office.on("2026-03-02T17:30:00Z");
  CHECK(office.entries(id, "urge") >= 1);
  office.on("2026-03-02T18:30:00Z");
  CHECK_FALSE(orders(office).items.empty());
  CHECK(office.look(orders(office).items.front().id).fact("emergency").truth());
}

SCENARIO("people read what they were told, and mark it as seen") {
  WorkedCasework office;
  const std::string id = late_case(office);
  const auto head = office.as("village_commander", "shili_1");
  const auto worker = office.as("village_worker", "shili_1");
  const auto list = [&](const Casework::Fields& who, const char* query = "") {
    return body_of(office.get(std::string("/v1/notifications") + query, who))["items"].items();
  };
  const Array of_head = list(head);
  REQUIRE(of_head.size() > list(worker).size());
  CHECK(of_head.front()["case"].text().size() == 36);
  CHECK_FALSE(of_head.front()["message"].text().starts_with("notification."));
  CHECK_FALSE(of_head.front()["seen"].truth());

  THEN("the seen is told apart from the new, each reader for themselves") {
    Array ids;
    for (const Value& item : of_head) ids.push_back(item["id"]);
    CHECK(office.put("/v1/notifications/seen", Object{{"ids", ids}}, head).status == 204);
    CHECK(list(head, "?unseen=true").empty());
    CHECK(list(head).front()["seen"].truth());
    CHECK_FALSE(list(worker, "?unseen=true").empty());
  }
  THEN("nobody reads or marks what others were told") {
    const auto other = office.as("village_worker", "shili_2");
    CHECK(list(other).empty());
    const Object all{{"ids", Array{of_head.front()["id"]}}};
    CHECK(office.put("/v1/notifications/seen", all, other).status == 204);
    CHECK_FALSE(list(head).front()["seen"].truth());
  }
  THEN("pages follow on each other without a gap") {
    const Value page = body_of(office.get("/v1/notifications?limit=2", head));
    const Value next = body_of(
        office.get("/v1/notifications?limit=2&cursor=" + page["next"].text(), head));
    CHECK(next["items"].items().front()["id"] == of_head.at(2)["id"]);
  }
}
