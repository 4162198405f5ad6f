#include "definitions/calendar_loader.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "definitions/digest.hpp"

namespace yimen::definitions {

namespace {

using workflow::CalendarDay;
using workflow::CalendarYear;
using workflow::CivilDate;
using workflow::Value;
using workflow::WorkingCalendar;
using workflow::to_text;

constexpr int year_min = 1992;  // the first full year at UTC+8 without summer time
constexpr int year_max = 9998;

using Findings = std::vector<std::string>;

int year_of(CivilDate day) {
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

void find_unknown_members(const Value& value, const std::string& place,
                          std::initializer_list<std::string_view> known, Findings& findings) {
  for (const auto& [key, member] : value.members()) {
    if (std::ranges::find(known, key) == known.end()) {
      findings.push_back(place + key + ": is not a known member");
    }
  }
}

CalendarDay day_from(const Value& value, const std::string& place, int year, Findings& findings) {
  if (!value.is_object()) {
    findings.push_back(place + ": must be an object");
    return {};
  }
  find_unknown_members(value, place + ".", {"date", "day_off", "name"}, findings);
  CalendarDay day;
  const std::optional<CivilDate> date = workflow::civil_date_from(value["date"].text());
  if (!date) {
    findings.push_back(place + ".date: must be a civil date, YYYY-MM-DD");
  } else if (year != 0 && std::abs(year_of(*date) - year) > 1) {
    findings.push_back(place + ".date: must lie in the year or a neighbouring one");
  }
  if (!value["day_off"].is_bool()) findings.push_back(place + ".day_off: must be true or false");
  if (value["name"].text().empty()) findings.push_back(place + ".name: must be a text");
  day.date = date.value_or(CivilDate{});
  day.day_off = value["day_off"].truth();
  day.name = value["name"].text();
  return day;
}

std::vector<CalendarDay> days_from(const Value& value, int year, Findings& findings) {
  if (!value.is_array()) findings.push_back("days: must be an array");
  std::vector<CalendarDay> days;
  std::set<std::string> dates;
  for (const Value& item : value.items()) {
    const std::string place = "days[" + std::to_string(days.size()) + "]";
    days.push_back(day_from(item, place, year, findings));
    const std::string& date = item["date"].text();
    if (!date.empty() && !dates.insert(date).second) {
      findings.push_back(place + ".date: " + date + " is listed twice");
    }
  }
  return days;
}

std::string file_name_of(int year) { return std::to_string(year) + ".json"; }

bool is_year_file(const std::filesystem::path& path) {
  const std::string stem = path.stem().string();
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && path.extension() == ".json" &&
         stem.size() == 4 && stem.find_first_not_of("0123456789") == std::string::npos;
}

// The year of one file; its findings are added with the file's name before them.
std::optional<CalendarYear> year_in(const std::filesystem::path& path, Findings& findings) {
  const std::string name = path.filename().string();
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!file) {
    findings.push_back(name + ": cannot be read");
    return std::nullopt;
  }
  const auto value = workflow::parse(text);
  if (!value) {
    findings.push_back(name + ": " + value.error().code + " at byte " +
                       std::to_string(value.error().offset));
    return std::nullopt;
  }
  auto year = calendar_year_from(*value);
  if (!year) {
    for (const std::string& finding : year.error()) findings.push_back(name + ": " + finding);
    return std::nullopt;
  }
  if (file_name_of(year->year) != name) {
    findings.push_back(name + ": year: must be the year of the file's name");
  }
  return std::move(*year);
}

void find_contradictions(const std::vector<CalendarYear>& years, Findings& findings) {
  std::map<CivilDate, std::pair<int, bool>> seen;
  for (const CalendarYear& year : years) {
    for (const CalendarDay& day : year.days) {
      const auto [earlier, is_new] = seen.try_emplace(day.date, year.year, day.day_off);
      if (!is_new && earlier->second.second != day.day_off) {
        findings.push_back(file_name_of(year.year) + ": " + to_text(day.date) + " contradicts " +
                           file_name_of(earlier->second.first));
      }
    }
  }
}

}  // namespace

Result<CalendarYear, std::vector<std::string>> calendar_year_from(const Value& value) {
  if (!value.is_object()) return refuse(Findings{"must be an object"});
  Findings findings;
  find_unknown_members(value, "", {"year", "status", "days"}, findings);
  CalendarYear year;
  const std::int64_t number = value["year"].integer();
  if (number < year_min || number > year_max) {
    findings.push_back("year: must be an integer from " + std::to_string(year_min) + " to " +
                       std::to_string(year_max));
  } else {
    year.year = static_cast<int>(number);
  }
  const std::string& status = value["status"].text();
  if (status != "announced" && status != "provisional") {
    findings.push_back("status: must be announced or provisional");
  }
  year.provisional = status == "provisional";
  year.days = days_from(value["days"], year.year, findings);
  if (!findings.empty()) return refuse(std::move(findings));
  return year;
}

Value value_of(const CalendarYear& year) {
  workflow::Array days;
  for (const CalendarDay& day : year.days) {
    days.push_back(workflow::Object{
        {"date", to_text(day.date)}, {"day_off", day.day_off}, {"name", day.name}});
  }
  return workflow::Object{{"year", year.year},
                          {"status", year.provisional ? "provisional" : "announced"},
                          {"days", std::move(days)}};
}

WorkingCalendar calendar_of(std::vector<CalendarYear> years) {
  std::ranges::sort(years, {}, &CalendarYear::year);
  std::string bytes;
  for (const CalendarYear& year : years) bytes += workflow::canonical(value_of(year));
  return WorkingCalendar(std::move(years), sha256_hex(bytes));
}

Result<WorkingCalendar, std::vector<std::string>> load_calendar(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator item(folder, error), end; !error && item != end;
       item.increment(error)) {
    if (is_year_file(item->path())) files.push_back(item->path());
  }
  if (error) return refuse(Findings{folder.string() + ": " + error.message()});
  if (files.empty()) return refuse(Findings{folder.string() + ": holds no YEAR.json"});
  std::ranges::sort(files);
  Findings findings;
  std::vector<CalendarYear> years;
  for (const std::filesystem::path& file : files) {
    if (auto year = year_in(file, findings)) years.push_back(std::move(*year));
  }
  find_contradictions(years, findings);
  if (!findings.empty()) return refuse(std::move(findings));
  return calendar_of(std::move(years));
}

}  // namespace yimen::definitions
