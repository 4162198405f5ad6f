#include "workflow/deadline.hpp"

#include <fstream>
#include <map>
#include <sstream>

#include "definitions/calendar_loader.hpp"
#include "tests/support/catch.hpp"

using namespace yimen::workflow;

namespace {

using Days = std::vector<SkippedDay>;

const WorkingCalendar& the_calendar() {
  static const WorkingCalendar calendar =
      yimen::definitions::load_calendar(YIMEN_SOURCE_DIR "/definitions/calendars").value();
  return calendar;
}

CivilDate day(const std::string& text) { return civil_date_from(text).value(); }

// A date and time of day in Shanghai: "2026-02-13 09:30".
Instant at(const std::string& text) {
  return instant_from(text.substr(0, 10) + "T" + text.substr(11) + ":00+08:00").value();
}

Suspension stop(const std::string& from, const std::string& to) {
  return {at(from), at(to), "awaiting material", 0};
}

Suspension open_stop(const std::string& from) {
  return {at(from), std::nullopt, "awaiting material", 0};
}

Due due_of(const Budget& budget, const std::string& start,
           const std::vector<Suspension>& stops = {}, const std::string& now = "2030-01-01 00:00") {
  return due(budget, at(start), the_calendar(), stops, at(now));
}

std::string due_on(const Budget& budget, const std::string& start,
                   const std::vector<Suspension>& stops = {}) {
  const Due result = due_of(budget, start, stops);
  CHECK(result.at == end_of(civil_date_of(result.at)));
  return to_text(civil_date_of(result.at));
}

constexpr Budget working_days(int amount) { return {BudgetUnit::working_days, amount, false}; }
constexpr Budget calendar_days(int amount) { return {BudgetUnit::calendar_days, amount, false}; }
constexpr Budget rolled(Budget budget) { return {budget.unit, budget.amount, true}; }
constexpr Budget months_of(int amount) { return {BudgetUnit::months, amount, false}; }
constexpr Budget hours_of(int amount) { return {BudgetUnit::hours, amount, false}; }

}  // namespace

TEST_CASE("working days leave out the day of the start and know the make-up days") {
  const auto [start, amount, expected] = GENERATE(table<std::string, int, std::string>({
      {"2026-02-13", 3, "2026-02-25"},
      {"2026-09-18", 3, "2026-09-22"},
      {"2026-09-30", 10, "2026-10-20"},
      {"2025-09-26", 3, "2025-09-30"},
      {"2024-02-08", 5, "2024-02-21"},
      {"2022-12-30", 1, "2023-01-03"},
      {"2021-09-30", 20, "2021-11-03"},
      {"2026-04-30", 15, "2026-05-25"},
      {"2025-01-24", 30, "2025-03-13"},
      {"2026-02-13", 1, "2026-02-14"},
      {"2026-02-14", 1, "2026-02-24"},
      {"2026-02-27", 1, "2026-02-28"},
      {"2025-12-31", 1, "2026-01-04"},
      {"2024-02-28", 1, "2024-02-29"},
      {"2026-02-13", 0, "2026-02-13"},
      {"2026-02-13", -3, "2026-02-13"},
  }));
  CAPTURE(start, amount);
  CHECK(due_on(working_days(amount), start + " 00:00") == expected);
  CHECK(due_on(working_days(amount), start + " 23:59") == expected);
}

TEST_CASE("calendar days roll off a day off only where the budget says so") {
  const auto [start, amount, expected, expected_rolled] =
      GENERATE(table<std::string, int, std::string, std::string>({
          {"2026-09-24", 7, "2026-10-01", "2026-10-08"},
          {"2026-02-10", 7, "2026-02-17", "2026-02-24"},
          {"2026-03-02", 7, "2026-03-09", "2026-03-09"},
          {"2026-02-07", 7, "2026-02-14", "2026-02-14"},
          {"2026-02-21", 7, "2026-02-28", "2026-02-28"},
          {"2025-12-26", 7, "2026-01-02", "2026-01-04"},
          {"2024-02-22", 7, "2024-02-29", "2024-02-29"},
          {"2026-03-07", 0, "2026-03-07", "2026-03-09"},
      }));
  CAPTURE(start, amount);
  CHECK(due_on(calendar_days(amount), start + " 10:00") == expected);
  CHECK(due_on(rolled(calendar_days(amount)), start + " 10:00") == expected_rolled);
}

TEST_CASE("months end on the same day number, or on the last day of a shorter month") {
  const auto [start, amount, expected] = GENERATE(table<std::string, int, std::string>({
      {"2026-03-15", 1, "2026-04-15"},
      {"2026-01-31", 1, "2026-02-28"},
      {"2024-01-31", 1, "2024-02-29"},
      {"2024-02-29", 12, "2025-02-28"},
      {"2024-02-29", 48, "2028-02-29"},
      {"2026-02-28", 1, "2026-03-28"},
      {"2025-12-31", 2, "2026-02-28"},
      {"2026-08-31", 1, "2026-09-30"},
      {"2026-12-15", 1, "2027-01-15"},
      {"2026-12-15", 0, "2026-12-15"},
  }));
  CAPTURE(start, amount);
  CHECK(due_on(months_of(amount), start + " 10:00") == expected);
}

TEST_CASE("months roll only where they say so") {
  CHECK(due_on(months_of(1), "2026-09-03 10:00") == "2026-10-03");
  CHECK(due_on(rolled(months_of(1)), "2026-09-03 10:00") == "2026-10-08");
}

TEST_CASE("hours run round the clock from the moment") {
  const auto [start, amount, expected] = GENERATE(table<std::string, int, std::string>({
      {"2026-02-13 23:30", 1, "2026-02-14 00:30"},
      {"2026-02-16 22:00", 24, "2026-02-17 22:00"},
      {"2025-12-31 23:00", 2, "2026-01-01 01:00"},
      {"2024-02-28 12:00", 24, "2024-02-29 12:00"},
      {"2026-10-01 08:00", 0, "2026-10-01 08:00"},
  }));
  CAPTURE(start, amount);
  CHECK(due_of(hours_of(amount), start).at == at(expected));
  CHECK(due_of(rolled(hours_of(amount)), start).at == at(expected));
  CHECK(due_of(hours_of(amount), start).skipped.empty());
}

TEST_CASE("an amount out of bounds counts as the nearest bound") {
  const std::string start = "2026-03-02 08:00";
  CHECK(due_of(hours_of(-3), start) == due_of(hours_of(0), start));
  CHECK(due_of(calendar_days(budget_amount_max + 1), start) ==
        due_of(calendar_days(budget_amount_max), start));
}

TEST_CASE("reporting dates stay where they fall unless they roll") {
  using enum BudgetUnit;
  const auto [start, budget, expected] = GENERATE(table<std::string, Budget, std::string>({
      {"2026-01-10", {end_of_month, 0, false}, "2026-01-31"},
      {"2026-01-31", {end_of_month, 0, false}, "2026-01-31"},
      {"2024-02-01", {end_of_month, 0, false}, "2024-02-29"},
      {"2026-02-01", {end_of_month, 0, true}, "2026-02-28"},
      {"2026-05-10", {end_of_month, 0, true}, "2026-06-01"},
      {"2026-09-10", {day_of_month, 25, false}, "2026-09-25"},
      {"2026-09-10", {day_of_month, 25, true}, "2026-09-28"},
      {"2026-09-25", {day_of_month, 25, false}, "2026-09-25"},
      {"2026-09-26", {day_of_month, 25, false}, "2026-10-25"},
      {"2026-12-26", {day_of_month, 25, false}, "2027-01-25"},
      {"2026-02-10", {day_of_month, 31, false}, "2026-02-28"},
      {"2026-01-31", {day_of_month, 30, false}, "2026-02-28"},
      {"2026-03-31", {day_of_next_month, 5, false}, "2026-04-05"},
      {"2026-03-31", {day_of_next_month, 5, true}, "2026-04-07"},
      {"2026-12-01", {day_of_next_month, 5, false}, "2027-01-05"},
      {"2026-01-31", {day_of_next_month, 31, false}, "2026-02-28"},
      {"2026-02-17", {same_day, 0, false}, "2026-02-17"},
      {"2026-02-17", {same_day, 0, true}, "2026-02-24"},
  }));
  CAPTURE(start, budget.amount, budget.rolls);
  CHECK(due_on(budget, start + " 10:00") == expected);
  const std::vector<Suspension> stops{stop(start + " 11:00", "2027-02-15 11:00")};
  CHECK(due_on(budget, start + " 10:00", stops) == expected);
}

TEST_CASE("a reporting date on a day off is reminded of on the working day before") {
  const auto [date, reminder] = GENERATE(table<std::string, std::string>({
      {"2026-04-05", "2026-04-03"},
      {"2026-05-05", "2026-04-30"},
      {"2026-07-05", "2026-07-03"},
      {"2026-09-05", "2026-09-04"},
      {"2026-10-05", "2026-09-30"},
      {"2026-12-05", "2026-12-04"},
      {"2026-01-31", "2026-01-30"},
      {"2026-05-31", "2026-05-29"},
      {"2026-10-31", "2026-10-30"},
  }));
  CHECK_FALSE(the_calendar().is_working_day(day(date)));
  CHECK(to_text(the_calendar().working_day_before(day(date))) == reminder);
}

TEST_CASE("a due date says which days it skipped and why") {
  CHECK(due_of(working_days(3), "2026-09-30 10:00").skipped ==
        Days{{day("2026-10-01"), "国庆节"}, {day("2026-10-02"), "国庆节"},
             {day("2026-10-03"), "国庆节"}, {day("2026-10-04"), "国庆节"},
             {day("2026-10-05"), "国庆节"}, {day("2026-10-06"), "国庆节"},
             {day("2026-10-07"), "国庆节"}});
  CHECK(due_of(working_days(1), "2026-03-06 10:00").skipped ==
        Days{{day("2026-03-07"), "周末"}, {day("2026-03-08"), "周末"}});
  CHECK(due_of(rolled(calendar_days(2)), "2026-03-05 10:00").skipped ==
        Days{{day("2026-03-07"), "周末"}, {day("2026-03-08"), "周末"}});
  CHECK(due_of(calendar_days(2), "2026-03-05 10:00").skipped.empty());
  CHECK(due_of(calendar_days(4), "2026-03-05 10:00").skipped.empty());
  CHECK(due_of(calendar_days(2), "2026-03-02 10:00",
               {stop("2026-03-02 11:00", "2026-03-04 11:00")})
            .skipped == Days{{day("2026-03-03"), "中止"}, {day("2026-03-04"), "中止"}});
}

TEST_CASE("a date that reaches into a year without its notice is provisional") {
  CHECK_FALSE(due_of(working_days(5), "2026-12-21 10:00").provisional);
  CHECK(due_of(working_days(9), "2026-12-21 10:00").provisional);
  CHECK(due_of(hours_of(24), "2026-12-31 10:00").provisional);
  CHECK(due_of(working_days(1), "2028-03-01 10:00").provisional);
  CHECK(due_of(months_of(72), "2020-12-31 10:00").provisional);
  CHECK_FALSE(due_of(rolled(calendar_days(1)), "2025-12-31 10:00").provisional);
}

TEST_CASE("the days of a suspension do not count") {
  const auto [budget, stops, expected] =
      GENERATE(table<Budget, std::vector<Suspension>, std::string>({
          {working_days(5), {}, "2026-03-09"},
          {working_days(5), {stop("2026-03-03 09:00", "2026-03-05 17:00")}, "2026-03-11"},
          {working_days(5), {stop("2026-03-03 09:00", "2026-03-03 17:00")}, "2026-03-09"},
          {working_days(5), {stop("2026-03-06 09:00", "2026-03-08 17:00")}, "2026-03-09"},
          {working_days(5), {stop("2026-03-09 09:00", "2026-03-12 17:00")}, "2026-03-12"},
          {working_days(5), {stop("2026-03-09 09:00", "2026-03-09 17:00")}, "2026-03-09"},
          {working_days(5), {stop("2026-03-09 09:00", "2026-03-14 17:00")}, "2026-03-16"},
          {working_days(5),
           {stop("2026-03-09 09:00", "2026-03-12 17:00"),
            stop("2026-03-12 18:00", "2026-03-13 17:00")},
           "2026-03-13"},
          {working_days(5), {stop("2026-03-10 09:00", "2026-03-12 17:00")}, "2026-03-09"},
          {calendar_days(7), {stop("2026-03-09 09:00", "2026-03-14 17:00")}, "2026-03-14"},
          {rolled(calendar_days(7)),
           {stop("2026-03-09 09:00", "2026-03-14 17:00")},
           "2026-03-16"},
          {working_days(5), {stop("2026-03-08 09:00", "2026-03-12 17:00")}, "2026-03-13"},
          {working_days(5),
           {stop("2026-03-03 09:00", "2026-03-05 17:00"),
            stop("2026-03-04 09:00", "2026-03-06 17:00")},
           "2026-03-12"},
          {working_days(5),
           {stop("2026-03-05 18:00", "2026-03-06 17:00"),
            stop("2026-03-03 09:00", "2026-03-05 17:00")},
           "2026-03-12"},
          {working_days(5), {stop("2026-02-20 09:00", "2026-03-01 17:00")}, "2026-03-09"},
          {working_days(5), {stop("2026-02-20 09:00", "2026-03-03 17:00")}, "2026-03-10"},
          {calendar_days(7), {stop("2026-03-03 09:00", "2026-03-05 17:00")}, "2026-03-11"},
          {rolled(calendar_days(5)), {stop("2026-03-08 09:00", "2026-03-10 17:00")}, "2026-03-11"},
          {months_of(1), {stop("2026-03-30 09:00", "2026-04-01 17:00")}, "2026-04-04"},
          {months_of(1),
           {stop("2026-03-30 09:00", "2026-04-01 17:00"),
            stop("2026-04-02 09:00", "2026-04-04 17:00")},
           "2026-04-06"},
      }));
  CAPTURE(static_cast<int>(budget.unit), budget.amount, stops.size(), expected);
  CHECK(due_on(budget, "2026-03-02 08:00", stops) == expected);
}

TEST_CASE("hours are moved by exactly the time that was suspended") {
  const auto [stops, expected] = GENERATE(table<std::vector<Suspension>, std::string>({
      {{stop("2026-03-02 09:00", "2026-03-02 09:45")}, "2026-03-03 08:45"},
      {{stop("2026-03-02 07:00", "2026-03-02 09:00")}, "2026-03-03 09:00"},
      {{stop("2026-03-02 10:00", "2026-03-02 12:00"), stop("2026-03-02 11:00", "2026-03-02 13:00")},
       "2026-03-03 11:00"},
      {{stop("2026-03-03 08:30", "2026-03-03 09:00"), stop("2026-03-02 10:00", "2026-03-02 11:00")},
       "2026-03-03 09:30"},
      {{stop("2026-03-03 08:00", "2026-03-03 09:00")}, "2026-03-03 08:00"},
      {{stop("2026-03-02 12:00", "2026-03-02 11:00")}, "2026-03-03 08:00"},
  }));
  CAPTURE(expected);
  CHECK(due_of(hours_of(24), "2026-03-02 08:00", stops).at == at(expected));
}

TEST_CASE("an open suspension counts up to now") {
  const std::vector<Suspension> stops{open_stop("2026-03-03 09:00")};
  const auto [now, expected] = GENERATE(table<std::string, std::string>({
      {"2026-03-03 08:00", "2026-03-09"},
      {"2026-03-03 18:00", "2026-03-09"},
      {"2026-03-04 00:00", "2026-03-10"},
      {"2026-03-20 10:00", "2026-03-26"},
  }));
  const Due result = due_of(working_days(5), "2026-03-02 08:00", stops, now);
  CHECK(to_text(civil_date_of(result.at)) == expected);
  CHECK(due_of(hours_of(24), "2026-03-02 08:00", stops, "2026-03-03 11:00").at ==
        at("2026-03-03 08:00"));
  CHECK(due_of(hours_of(48), "2026-03-02 08:00", stops, "2026-03-03 11:00").at ==
        at("2026-03-04 10:00"));
}

TEST_CASE("the engine agrees with the day-by-day walk of the oracle") {
  const std::map<std::string, BudgetUnit> units{
      {"working_days", BudgetUnit::working_days}, {"calendar_days", BudgetUnit::calendar_days},
      {"hours", BudgetUnit::hours},               {"months", BudgetUnit::months},
      {"same_day", BudgetUnit::same_day},         {"end_of_month", BudgetUnit::end_of_month},
      {"day_of_month", BudgetUnit::day_of_month},
      {"day_of_next_month", BudgetUnit::day_of_next_month}};
  std::ifstream file(YIMEN_SOURCE_DIR "/tests/workflow/deadline_vectors.txt");
  int lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    CAPTURE(line);
    std::istringstream words(line);
    std::string start, unit, expected;
    int amount = 0;
    words >> start >> unit >> amount >> expected;
    std::vector<Suspension> stops;
    for (std::string span; words >> span;) {
      const std::size_t slash = span.find('/');
      stops.push_back({instant_from(span.substr(0, slash)).value(),
                       instant_from(span.substr(slash + 1)), "", 0});
    }
    const Budget budget{units.at(unit.substr(0, unit.find('+'))), amount,
                        unit.ends_with("+rolls")};
    const Instant from = instant_from(start).value();
    CHECK(to_text(due(budget, from, the_calendar(), stops, from).at) == expected);
  }
  CHECK(lines == 740);
}
