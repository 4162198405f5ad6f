// Reads the working calendar from a folder of YEAR.json files, one yearly notice each.
// All findings come at once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/form.hpp"
#include "workflow/result.hpp"
#include "workflow/value.hpp"

namespace yimen::definitions {

// One notice: `year`, `status` (announced or provisional) and `days`, each with `date` (of the year
// or a neighbouring one, each once), `day_off` and `name`. Unknown members are findings.
[[nodiscard]] Result<workflow::CalendarYear, std::vector<workflow::Finding>> calendar_year_from(
    const workflow::Value& value);

// The file of a year as a value; calendar_year_from reads it back.
[[nodiscard]] workflow::Value value_of(const workflow::CalendarYear& year);

// A calendar whose digest is the SHA-256 of the years' canonical bytes, in ascending order.
[[nodiscard]] workflow::WorkingCalendar calendar_of(std::vector<workflow::CalendarYear> years);
// The same calendar with the year in place of the one of its number, or beside the others.
[[nodiscard]] workflow::WorkingCalendar with_year(const workflow::WorkingCalendar& calendar,
                                                  workflow::CalendarYear year);
// All years as one canonical array; calendar_year_from reads each back.
[[nodiscard]] std::string bytes_of(const workflow::WorkingCalendar& calendar);

// The days on which a year contradicts another year of the calendar.
[[nodiscard]] std::vector<workflow::Finding> contradictions(
    const workflow::CalendarYear& year, const std::vector<workflow::CalendarYear>& others);

// Every file named for four digits and .json; others are left alone. Two years that disagree about
// a day are a finding, and so is a folder without any year. A finding is a line, its file first.
[[nodiscard]] Result<workflow::WorkingCalendar, std::vector<std::string>> load_calendar(
    const std::filesystem::path& folder);

}  // namespace yimen::definitions
