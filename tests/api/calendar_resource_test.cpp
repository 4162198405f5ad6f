// The working calendar at run time, and the check of editions.
#include "api/calendar_in_force.hpp"
#include "definitions/calendar_loader.hpp"
#include "definitions/definition_file.hpp"
#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

api::Rulebook fresh_rulebook() {
  return api::Rulebook::load(std::string(YIMEN_SOURCE_DIR) + "/definitions").value();
}

// Friday, 5 March 2027, is off; otherwise an ordinary year.
Value notice(int year = 2027, const char* status = "announced") {
  return Object{{"year", year},
                {"status", status},
                {"days", Array{Object{{"date", std::to_string(year) + "-03-05"},
                                      {"day_off", true},
                                      {"name", "调休"}}}}};
}

std::string tag_of(const api::http::Response& answer) {
  return std::string(answer.headers.get("etag"));
}

std::string due_on(Casework& office, const api::http::Fields& reader) {
  const auto answer =
      office.get("/v1/calendar/add?from=2027-03-04&days=1&unit=working_days", reader);
  return body_of(answer)["due_on"].text();
}

}  // namespace

SCENARIO("an administrator replaces a year, and later counting goes by it") {
  const api::Rulebook rulebook = fresh_rulebook();
  Casework office(rulebook);
  const auto administrator = office.as("administrator", "station");
  const auto before = office.get("/v1/calendar/2027", administrator);
  REQUIRE(before.status == 200);
  CHECK(body_of(before)["status"].text() == "provisional");
  CHECK(due_on(office, administrator) == "2027-03-05");
  auto headers = administrator;
  headers.add("if-match", tag_of(before));

  const auto answer = office.put("/v1/calendar/2027", notice(), headers);
  REQUIRE(answer.status == 200);
  CHECK(body_of(answer) == body_of(office.get("/v1/calendar/2027", administrator)));
  CHECK(tag_of(answer) != tag_of(before));
  CHECK(due_on(office, administrator) == "2027-03-08");
  CHECK(office.audit_log.lines.back().action == "calendar_loaded");

  THEN("the tag that was read before names it no more") {
    CHECK(office.put("/v1/calendar/2027", notice(), administrator).status == 428);
    CHECK(office.put("/v1/calendar/2027", notice(), headers).status == 412);
  }
  THEN("entries name the calendar that they counted with, and it is kept") {
    const std::string id = office.found_case();
    const auto row = office.database->cases().journal(id, 0, 1);
    const Value entry = workflow::parse(row->front().bytes).value();
    CHECK(entry["calendar"].text() == rulebook.calendar()->digest());
    CHECK(office.database->calendar(entry["calendar"].text()));
  }
}

SCENARIO("a year that is new is made, not replaced") {
  const api::Rulebook rulebook = fresh_rulebook();
  Casework office(rulebook);
  const auto administrator = office.as("administrator", "station");
  auto headers = administrator;
  CHECK(office.put("/v1/calendar/2028", notice(2028), headers).status == 428);
  headers.add("if-none-match", "*");
  CHECK(office.put("/v1/calendar/2028", notice(2028), headers).status == 201);
  CHECK(office.put("/v1/calendar/2028", notice(2028), headers).status == 412);
  CHECK(office.get("/v1/calendar/2028", administrator).status == 200);
}

SCENARIO("a year is refused with everything that is wrong with it") {
  const api::Rulebook rulebook = fresh_rulebook();
  Casework office(rulebook);
  const auto clerk = office.as("station_clerk", "station");
  CHECK(office.put("/v1/calendar/2027", notice(), {}).status == 401);
  CHECK(office.put("/v1/calendar/2027", notice(), clerk).status == 403);
  const auto administrator = office.as("administrator", "station");
  auto headers = administrator;
  headers.add("if-match", tag_of(office.get("/v1/calendar/2027", administrator)));
  const auto wrong = office.put(
      "/v1/calendar/2027",
      Object{{"year", 2026},
             {"status", "sure"},
             {"days", Array{Object{{"date", "2026-02-30"}, {"day_off", true}, {"name", "x"}}}}},
      headers);
  CHECK(wrong.status == 422);
  CHECK(refusals_of(wrong) == "unknown_status /status, civil_date /days/0/date");
  CHECK(refusals_of(office.put("/v1/calendar/2027", notice(2029), headers)) ==
        "another_year /year");
  const Value contrary = Object{
      {"year", 2027},
      {"status", "announced"},
      {"days", Array{Object{{"date", "2026-10-01"}, {"day_off", false}, {"name", "国庆节"}}}}};
  CHECK(refusals_of(office.put("/v1/calendar/2027", contrary, headers)) ==
        "contradicts_year /days/0/date");
  CHECK(office.put("/v1/calendar/2027", Array{}, headers).status == 400);
  CHECK(office.get("/v1/calendar/1066", administrator).status == 404);
}

SCENARIO("a year that was loaded holds over a restart, until its file changes") {
  const api::Rulebook rulebook = fresh_rulebook();
  Casework office(rulebook);
  const auto calendar_now = [&] { return *rulebook.calendar(); };
  const workflow::WorkingCalendar files = calendar_now();
  const auto year = definitions::calendar_year_from(notice()).value();
  REQUIRE(api::settle_calendar(*office.database, rulebook.calendar_in_force()));
  REQUIRE(api::put_year(*office.database, rulebook.calendar_in_force(), year));
  const std::string loaded = calendar_now().digest();
  CHECK(loaded != files.digest());

  WHEN("the program starts again with the same files") {
    api::CalendarInForce again(files);
    REQUIRE(api::settle_calendar(*office.database, again));
    CHECK(again.get()->digest() == loaded);
  }
  WHEN("the files have another year beside") {
    api::CalendarInForce again(definitions::with_year(files, {2028, true, {}}));
    REQUIRE(api::settle_calendar(*office.database, again));
    CHECK(again.get()->years().size() == files.years().size() + 1);
    CHECK_FALSE(again.get()->is_provisional(workflow::civil_date_from("2027-06-01").value()));
  }
  WHEN("the file of the year has changed since") {
    const workflow::CalendarYear newer{2027, false, {}};
    api::CalendarInForce again(definitions::with_year(files, newer));
    REQUIRE(api::settle_calendar(*office.database, again));
    CHECK(again.get()->years().back() == newer);
    api::CalendarInForce once_more(definitions::with_year(files, newer));
    REQUIRE(api::settle_calendar(*office.database, once_more));
    CHECK(once_more.get()->years().back() == newer);
  }
}

SCENARIO("editions are listed, and one is checked before it is deployed") {
  Casework office;
  const auto administrator = office.as("administrator", "station");
  const auto list = office.get("/v1/procedures/assistance/editions", administrator);
  REQUIRE(list.status == 200);
  CHECK(body_of(list)["items"].items().front()["name"].text() == "heyu-2021");
  CHECK(office.get("/v1/procedures/nothing/editions", administrator).status == 404);
  CHECK(office.get("/v1/procedures/assistance/editions").status == 401);

  const std::string place = "/v1/procedures/assistance/editions/heyu-2021/check";
  Value edition = definitions::value_in(std::string(YIMEN_SOURCE_DIR) +
                                        "/definitions/assistance/editions/heyu-2021.json")
                      .value();
  const auto passed = office.post(place, edition, administrator);
  REQUIRE(passed.status == 200);
  CHECK(body_of(passed)["passes"].truth());
  CHECK(body_of(passed)["digest"] == body_of(list)["items"].items().front()["digest"]);
  CHECK(office.post(place, edition, office.as("commander", "station")).status == 403);
  CHECK(office.post("/v1/procedures/nothing/editions/x/check", edition, administrator).status ==
        404);

  edition.make_object().set("name", "heyu-2027");
  edition.make_object().set("paying_unit", "nowhere");
  const Value failed = body_of(office.post(place, edition, administrator));
  CHECK_FALSE(failed["passes"].truth());
  CHECK(failed["findings"].items().size() >= 2);
  const Value shapeless = body_of(office.post(place, Object{}, administrator));
  CHECK_FALSE(shapeless["passes"].truth());
  CHECK_FALSE(shapeless.has("digest"));
}

SCENARIO("a year that one process loads is taken up by the others") {
  const api::Rulebook rulebook = fresh_rulebook();
  const api::Rulebook elsewhere = fresh_rulebook();
  Casework office(rulebook);
  persistence::Database& database = office.database.beside();
  const auto year = [](int number) {
    return definitions::calendar_year_from(notice(number)).value();
  };
  REQUIRE(api::settle_calendar(*office.database, rulebook.calendar_in_force()));
  REQUIRE(api::settle_calendar(database, elsewhere.calendar_in_force()));
  REQUIRE(api::put_year(*office.database, rulebook.calendar_in_force(), year(2027)));
  CHECK(elsewhere.calendar()->digest() != rulebook.calendar()->digest());

  WHEN("another one looks") {
    REQUIRE(api::take_up_calendar(database, elsewhere.calendar_in_force()));
    THEN("it counts with the same calendar, and may add to it") {
      CHECK(elsewhere.calendar()->digest() == rulebook.calendar()->digest());
      REQUIRE(api::put_year(database, elsewhere.calendar_in_force(), year(2028)));
      REQUIRE(api::take_up_calendar(*office.database, rulebook.calendar_in_force()));
      CHECK(rulebook.calendar()->digest() == elsewhere.calendar()->digest());
    }
  }
  WHEN("another one loads a year without having looked") {
    const auto put = api::put_year(database, elsewhere.calendar_in_force(), year(2028));
    THEN("the first one's year is not lost") {
      REQUIRE_FALSE(put);
      CHECK(put.error().kind == persistence::StoreErrorKind::conflict);
      REQUIRE(api::take_up_calendar(*office.database, rulebook.calendar_in_force()));
      REQUIRE(api::take_up_calendar(database, elsewhere.calendar_in_force()));
      CHECK(rulebook.calendar()->digest() == elsewhere.calendar()->digest());
    }
  }
}
