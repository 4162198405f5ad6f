// Reads the working calendar from a folder of YEAR.json files, one yearly notice each.
// A finding names the place first ("days[3].date: …"); all findings come at once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/result.hpp"
#include "workflow/value.hpp"

namespace yimen::definitions {

// One notice: `year`, `status` (announced or provisional) and `days`, each with `date` (of the year
// or a neighbouring one, each once), `day_off` and `name`. Unknown members are findings.
[[nodiscard]] Result<workflow::CalendarYear, std::vector<std::string>> calendar_year_from(
    const workflow::Value& value);

// The file of a year as a value; calendar_year_from reads it back.
[[nodiscard]] workflow::Value value_of(const workflow::CalendarYear& year);

// A calendar whose digest is the SHA-256 of the years' canonical bytes, in ascending order.
[[nodiscard]] workflow::WorkingCalendar calendar_of(std::vector<workflow::CalendarYear> years);

// Every file named for four digits and .json; others are left alone. Two years that disagree about
// a day are a finding, and so is a folder without any year.
[[nodiscard]] Result<workflow::WorkingCalendar, std::vector<std::string>> load_calendar(
    const std::filesystem::path& folder);

}  // namespace yimen::definitions
