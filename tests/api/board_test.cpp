// The board: each of its numbers opens the list of the cases that it counts.
#include "api/colours.hpp"
#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;
using workflow::Value;

namespace {

workflow::Instant at(std::string_view text) { return workflow::instant_from(text).value(); }

// Every number of a board, opened: the link lists as many cases as were counted.
void check_numbers(Casework& office, const Value& value, const api::http::Fields& reader) {
  if (value.has("count") && value.has("cases")) {
    const auto list = office.get(value["cases"].text(), reader);
    CAPTURE(value["cases"].text());
    REQUIRE(list.status == 200);
    CHECK(std::ssize(body_of(list)["items"].items()) == value["count"].integer());
    return;
  }
  for (const auto& [name, member] : value.members()) check_numbers(office, member, reader);
  for (const Value& item : value.items()) check_numbers(office, item, reader);
}

const Value& unit_in(const Value& board, std::string_view unit) {
  static const Value none;
  for (const Value& item : board["units"].items()) {
    if (item["unit"].text() == unit) return item;
  }
  return none;
}

std::int64_t count(const Value& view, std::string_view name) {
  return view[name]["count"].integer();
}

}  // namespace

SCENARIO("the board shows where the open cases are, and every number opens") {
  Casework office;
  const auto director = office.as("station_director", "station");
  (void)office.found_case("shili_1");
  (void)office.found_case("shili_2");
  office.clock.pass(std::chrono::hours(24 * 10));  // ten days later both are late
  (void)office.applied_case("shili_1");
  const std::string assigned = office.assigned_case("shili_1");

  const auto answer = office.get("/v1/board", director);
  REQUIRE(answer.status == 200);
  const Value board = body_of(answer);
  CHECK(count(board["whole"], "total") == 4);
  CHECK(count(board["whole"], "red") == 2);
  CHECK(count(unit_in(board, "shili_1"), "red") == 1);
  CHECK(count(unit_in(board, "shili_1"), "green") == 0);
  CHECK(count(unit_in(board, "civil_affairs_office"), "awaiting_sign_for") == 1);
  CHECK(board["cells"].items().size() == board["units"].items().size());
  CHECK(board["whole"]["ages"].items().size() == 6);
  check_numbers(office, board, director);

  THEN("a signature ends the wait") {
    (void)Casework::expect(
        office.post("/v1/batches",
                    Casework::batch({Casework::transition(assigned, "sign_for", {})}),
                    office.as("department_clerk", "civil_affairs_office")),
        200);
    const Value later = body_of(office.get("/v1/board", director));
    CHECK(count(later["whole"], "awaiting_sign_for") == 0);
  }
  THEN("who sees a village only is shown the board of that village") {
    const auto villager = office.as("village_worker", "shili_2");
    const Value village = body_of(office.get("/v1/board", villager));
    CHECK(count(village["whole"], "total") == 1);
    check_numbers(office, village, villager);
  }
  THEN("who sees no case is shown none") {
    CHECK(office.get("/v1/board").status == 401);
    const auto administrator = office.as("administrator", "station");
    CHECK(count(body_of(office.get("/v1/board", administrator))["whole"], "total") == 0);
    CHECK(office.get("/v1/board?unit=station", director).status == 400);
  }
}

SCENARIO("lists take the filters that the board links to, and no others") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id = office.found_case("shili_1");
  const auto items = [&](const std::string& query) {
    const auto list = office.get("/v1/cases?" + query, clerk);
    CAPTURE(query);
    REQUIRE(list.status == 200);
    return std::ssize(body_of(list)["items"].items());
  };
  CHECK(items("holder_unit=shili_1") == 1);
  CHECK(items("holder_unit=station") == 0);
  CHECK(items("colour=green") == 1);
  CHECK(items("colour=red") == 0);
  CHECK(items("colour=amber") == 0);
  CHECK(items("colour=blue") == 0);
  CHECK(items("age=0") == 1);
  CHECK(items("age=4-9") == 0);
  CHECK(items("waits_for=sign_for") == 0);
  CHECK(items("waits_for=state") == 1);
  CHECK(items("due_from=2026-03-02T01:00:00Z") == 1);
  CHECK(items("due_from=2027-03-02T01:00:00Z") == 0);
  const Value line = body_of(office.get("/v1/cases", clerk))["items"].items().front();
  CHECK(line["colour"].text() == "green");
  CHECK_FALSE(line["late"].truth());
  for (const char* wrong : {"colour=pink", "age=5", "due_from=today", "closed=1", "sort=name",
                            "holder=station", "limit=0"}) {
    CAPTURE(wrong);
    CHECK(code_of(office.get("/v1/cases?" + std::string(wrong), clerk)) == "invalid_parameter");
  }
}

TEST_CASE("colours and ages follow the working calendar") {
  const auto calendar = shared_rulebook().calendar();
  SECTION("in an ordinary week") {
    const auto colours = api::colours_at(at("2026-03-02T01:00:00Z"), *calendar);  // Monday
    CHECK(colours.amber_before == at("2026-03-03T16:00:00Z"));  // the end of Tuesday in Shanghai
    CHECK(colours.ages[0] == at("2026-03-01T16:00:00Z"));       // since Monday began
    CHECK(colours.ages[1] == at("2026-02-27T16:00:00Z"));       // since Saturday, a working day
  }
  SECTION("before a holiday the next working day lies behind it") {
    const auto colours = api::colours_at(at("2026-02-14T01:00:00Z"), *calendar);
    CHECK(colours.amber_before == at("2026-02-24T16:00:00Z"));
  }
  SECTION("a line's colour is derived when it is asked for") {
    const auto colours = api::colours_at(at("2026-03-02T01:00:00Z"), *calendar);
    persistence::CaseSummary line;
    CHECK(api::colour_of(line, colours) == "green");
    line.due_at = at("2026-03-03T15:59:59Z");
    CHECK(api::colour_of(line, colours) == "amber");
    line.suspended_at = at("2026-03-01T00:00:00Z");
    CHECK(api::colour_of(line, colours) == "blue");
    line.due_at = at("2026-03-02T00:59:59Z");
    CHECK(api::colour_of(line, colours) == "red");
    line.is_closed = true;
    CHECK(api::colour_of(line, colours).empty());
  }
}
