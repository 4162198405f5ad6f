#include "workflow/calendar.hpp"

#include <algorithm>
#include <utility>

namespace yimen::workflow {

namespace {

using std::chrono::days;

bool is_weekend(CivilDate day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

int year_of(CivilDate day) {
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

}  // namespace

WorkingCalendar::WorkingCalendar(std::vector<CalendarYear> years, std::string digest)
    : years_(std::move(years)), digest_(std::move(digest)) {
  std::ranges::sort(years_, {}, &CalendarYear::year);
  for (const CalendarYear& year : years_) {
    for (const CalendarDay& day : year.days) listed_.insert_or_assign(day.date, day);
  }
}

bool WorkingCalendar::is_working_day(CivilDate day) const {
  const auto listed = listed_.find(day);
  return listed == listed_.end() ? !is_weekend(day) : !listed->second.day_off;
}

std::string WorkingCalendar::name_of(CivilDate day) const {
  if (is_working_day(day)) return {};
  const auto listed = listed_.find(day);
  return listed == listed_.end() ? "周末" : listed->second.name;
}

bool WorkingCalendar::is_provisional(CivilDate day) const {
  const auto year = std::ranges::find(years_, year_of(day), &CalendarYear::year);
  return year == years_.end() || year->provisional;
}

CivilDate WorkingCalendar::working_day_before(CivilDate day) const {
  do {
    day -= days(1);
  } while (!is_working_day(day));
  return day;
}

CivilDate WorkingCalendar::working_day_after(CivilDate day) const {
  do {
    day += days(1);
  } while (!is_working_day(day));
  return day;
}

std::optional<CivilDate> first_difference(const WorkingCalendar& left,
                                          const WorkingCalendar& right) {
  std::optional<CivilDate> first;
  for (const WorkingCalendar* calendar : {&left, &right}) {
    for (const CalendarYear& year : calendar->years()) {
      for (const CalendarDay& day : year.days) {
        const bool differs = left.is_working_day(day.date) != right.is_working_day(day.date);
        if (differs && (!first || day.date < *first)) first = day.date;
      }
    }
  }
  return first;
}

}  // namespace yimen::workflow
