// What a line of a list tells: whom a case is about, to those who may see them, and what it waits
// for; and that a case is coloured alike in a list and by itself.
#include <algorithm>

#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;
using workflow::Value;

namespace {

std::string registered(Casework& office, const std::string& name, const std::string& village) {
  const auto answer = office.post(
      "/v1/persons",
      Object{{"name", name},
             {"village", village},
             {"identity", Object{{"type", "none"}, {"reason", "证件遗失"}}}},
      office.as("village_worker", village));
  return Casework::expect(answer, 201)["id"].text();
}

std::string case_about(Casework& office, const std::string& person, const std::string& village,
                       const api::http::Fields& opener) {
  const Object facts{
      {"channel", "patrol"},
      {"place", Object{{"village", village}, {"registered_outside", false}}},
      {"subject", person},
      {"key_category", "other"},
      {"category", "temporary_relief"},
      {"known", "走访得知家中近来困难。"},
      {"emergency", false},
      {"restricted", "none"},
      {"authorisation", true}};
  const auto answer = office.post("/v1/cases",
                                  Object{{"procedure", "assistance"}, {"facts", facts}}, opener);
  return Casework::expect(answer, 201)["id"].text();
}

std::string case_about(Casework& office, const std::string& person, const std::string& village) {
  return case_about(office, person, village, office.as("village_worker", village));
}

Value line_of(Casework& office, const std::string& id, const api::http::Fields& reader,
              const std::string& list = "/v1/cases") {
  const Value body = body_of(office.get(list, reader));
  for (const Value& line : body["items"].items()) {
    if (line["id"].text() == id) return line;
  }
  return {};
}

}  // namespace

SCENARIO("a line names whom the case is about to those who may see them") {
  Casework office;
  const std::string person = registered(office, "示例甲", "shili_1");
  const std::string id = case_about(office, person, "shili_1");
  for (const std::string list : {"/v1/cases", "/v1/inbox"}) {
    CAPTURE(list);
    const Value line = line_of(office, id, office.as("village_worker", "shili_1"), list);
    CHECK(line["subject"]["person"].text() == person);
    CHECK(line["subject"]["name"].text() == "示例甲");
  }
  CHECK(line_of(office, id, office.as("station_clerk", "station"))["subject"]["name"].text() ==
        "示例甲");

  AND_GIVEN("a case of the village about somebody who is registered in another") {
    const std::string other = registered(office, "示例乙", "shili_2");
    const auto station = office.as("station_clerk", "station");
    const std::string moved = case_about(office, other, "shili_1", station);
    CHECK(line_of(office, moved, station)["subject"]["name"].text() == "示例乙");
    const Value seen = line_of(office, moved, office.as("village_worker", "shili_1"));
    CHECK(seen["subject"]["person"].text() == other);
    CHECK_FALSE(seen["subject"].has("name"));
  }
}

SCENARIO("cases are listed by the person whom they are about") {
  Casework office;
  const std::string person = registered(office, "示例甲", "shili_1");
  const std::string id = case_about(office, person, "shili_1");
  (void)case_about(office, registered(office, "示例乙", "shili_1"), "shili_1");
  const auto reader = office.as("village_worker", "shili_1");
  const Value found = body_of(office.get("/v1/cases?closed=false&person=" + person, reader));
  REQUIRE(found["items"].items().size() == 1);
  CHECK(found["items"].items()[0]["id"].text() == id);
  const std::string worker = body_of(office.get("/v1/me", reader))["person"].text();
  THEN("who only acted in a case is nobody whom it is about") {
    CHECK(body_of(office.get("/v1/cases?person=" + worker, reader))["items"].items().empty());
  }
  THEN("whoever does not see the case does not find it") {
    const auto stranger = office.as("village_worker", "shili_2");
    CHECK(body_of(office.get("/v1/cases?person=" + person, stranger))["items"].items().empty());
  }
}

SCENARIO("a line tells which clocks run beside the state's own") {
  Casework office;
  const std::string id = office.applied_case();
  const auto clerk = office.as("station_clerk", "station");
  const auto waits_to_be_signed_for = [&] {
    const Value line = line_of(office, id, clerk);
    const auto& clocks = line["waits_for"].items();
    return std::ranges::find(clocks, Value("sign_for")) != clocks.end();
  };
  CHECK_FALSE(waits_to_be_signed_for());
  (void)office.post("/v1/batches",
                    Casework::batch({Casework::acceptance(id),
                                     Casework::transition(id, "assign",
                                                          {{"unit", "civil_affairs_office"},
                                                           {"list_number", "2026-03-001"}})}),
                    clerk);
  CHECK(waits_to_be_signed_for());
  (void)office.post("/v1/batches", Casework::batch({Casework::transition(id, "sign_for", {})}),
                    office.as("department_clerk", "civil_affairs_office"));
  CHECK_FALSE(waits_to_be_signed_for());
}

SCENARIO("a case is coloured alike in a list and by itself, and so are its clocks") {
  Casework office;
  const std::string id = office.found_case();
  const auto reader = [&] { return office.as("station_clerk", "station"); };
  const auto view = [&] { return body_of(office.get("/v1/cases/" + id, reader())); };
  CHECK(view()["colour"].text() == line_of(office, id, reader())["colour"].text());
  CHECK(view()["colour"].text() != "red");
  office.clock.pass(std::chrono::days(40));
  const Value late = view();
  CHECK(late["colour"].text() == "red");
  CHECK(line_of(office, id, reader())["colour"].text() == "red");
  for (const Value& clock : late["deadlines"].items()) {
    if (!clock.has("stopped_at")) CHECK(clock["late"].truth() == (clock["colour"].text() == "red"));
  }
}
