#include "workflow/calendar.hpp"

#include "tests/support/catch.hpp"

using namespace yimen::workflow;

namespace {

CivilDate day(const std::string& text) { return civil_date_from(text).value(); }

// The turn of 2026 as its notices have it, 2027 still without one.
WorkingCalendar a_calendar() {
  return WorkingCalendar({{2027, true, {{day("2027-01-01"), true, "元旦"}}},
                          {2026,
                           false,
                           {{day("2025-12-31"), true, "元旦"},
                            {day("2026-01-01"), true, "元旦"},
                            {day("2026-01-02"), true, "元旦"},
                            {day("2026-01-04"), false, "元旦"},
                            {day("2026-02-28"), false, "春节"}}},
                          {2025, false, {}}},
                         "abc");
}

}  // namespace

TEST_CASE("notices decide which days count, the week decides the others") {
  const WorkingCalendar calendar = a_calendar();
  const auto [date, works, name] = GENERATE(table<std::string, bool, std::string>({
      {"2025-12-30", true, ""},
      {"2025-12-31", false, "元旦"},
      {"2026-01-02", false, "元旦"},
      {"2026-01-03", false, "周末"},
      {"2026-01-04", true, ""},
      {"2026-01-05", true, ""},
      {"2026-01-11", false, "周末"},
      {"2026-02-28", true, ""},
      {"2030-06-07", true, ""},
      {"2030-06-08", false, "周末"},
  }));
  CAPTURE(date);
  CHECK(calendar.is_working_day(day(date)) == works);
  CHECK(calendar.name_of(day(date)) == name);
}

TEST_CASE("a year without its notice is provisional, loaded or not") {
  const WorkingCalendar calendar = a_calendar();
  CHECK_FALSE(calendar.is_provisional(day("2026-12-31")));
  CHECK(calendar.is_provisional(day("2027-01-01")));
  CHECK(calendar.is_provisional(day("2028-02-29")));
  CHECK(calendar.is_provisional(day("2024-12-31")));
  CHECK(WorkingCalendar().is_provisional(day("2026-01-01")));
}

TEST_CASE("the neighbouring working days leave out the day itself") {
  const WorkingCalendar calendar = a_calendar();
  CHECK(calendar.working_day_before(day("2026-01-01")) == day("2025-12-30"));
  CHECK(calendar.working_day_after(day("2025-12-30")) == day("2026-01-04"));
  CHECK(calendar.working_day_after(day("2026-01-04")) == day("2026-01-05"));
  CHECK(calendar.working_day_before(day("2026-01-05")) == day("2026-01-04"));
  CHECK(calendar.working_day_before(day("2026-03-01")) == day("2026-02-28"));
}

TEST_CASE("years are kept in order, and the later notice holds where two name a day") {
  const WorkingCalendar calendar({{2023, false, {{day("2022-12-31"), true, "元旦"}}},
                                  {2022, false, {{day("2022-12-31"), false, "元旦"}}}},
                                 "abc");
  CHECK(calendar.digest() == "abc");
  REQUIRE(calendar.years().size() == 2);
  CHECK(calendar.years().front().year == 2022);
  CHECK_FALSE(calendar.is_working_day(day("2022-12-31")));
}
