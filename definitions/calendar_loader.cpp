#include "definitions/calendar_loader.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iterator>
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

using Findings = std::vector<workflow::Finding>;
using Lines = std::vector<std::string>;

int year_of(CivilDate day) {
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

void find_unknown_members(const Value& value, const std::string& place,
                          std::initializer_list<std::string_view> known, Findings& findings) {
  for (const auto& [key, member] : value.members()) {
    if (std::ranges::find(known, key) == known.end()) {
      findings.push_back({place + "/" + key, "unknown_member", {}});
    }
  }
}

void find_wrong_type(const std::string& place, const char* expected, Findings& findings) {
  findings.push_back({place, "wrong_type", {{"expected", expected}}});
}

CalendarDay day_from(const Value& value, const std::string& place, int year, Findings& findings) {
  if (!value.is_object()) {
    find_wrong_type(place, "object", findings);
    return {};
  }
  find_unknown_members(value, place, {"date", "day_off", "name"}, findings);
  CalendarDay day;
  const std::optional<CivilDate> date = workflow::civil_date_from(value["date"].text());
  if (!date) {
    findings.push_back({place + "/date", "civil_date", {}});
  } else if (year != 0 && std::abs(year_of(*date) - year) > 1) {
    findings.push_back({place + "/date", "outside_year", {{"year", year}}});
  }
  if (!value["day_off"].is_bool()) find_wrong_type(place + "/day_off", "boolean", findings);
  if (value["name"].text().empty()) findings.push_back({place + "/name", "required", {}});
  day.date = date.value_or(CivilDate{});
  day.day_off = value["day_off"].truth();
  day.name = value["name"].text();
  return day;
}

std::vector<CalendarDay> days_from(const Value& value, int year, Findings& findings) {
  if (!value.is_array()) find_wrong_type("/days", "array", findings);
  std::vector<CalendarDay> days;
  std::set<std::string> dates;
  for (const Value& item : value.items()) {
    const std::string place = "/days/" + std::to_string(days.size());
    days.push_back(day_from(item, place, year, findings));
    const std::string& date = item["date"].text();
    if (!date.empty() && !dates.insert(date).second) {
      findings.push_back({place + "/date", "named_twice", {{"name", date}}});
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

void add_lines(Lines& lines, const std::string& file, const Findings& findings) {
  for (const workflow::Finding& finding : findings) {
    lines.push_back(file + " " + finding.pointer + ": " + finding.code +
                    (finding.params.empty() ? "" : " " + canonical(finding.params)));
  }
}

// The year of one file; its findings are added with the file's name before them.
std::optional<CalendarYear> year_in(const std::filesystem::path& path, Lines& findings) {
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
    add_lines(findings, name, year.error());
    return std::nullopt;
  }
  if (file_name_of(year->year) != name) {
    findings.push_back(name + ": year: must be the year of the file's name");
  }
  return std::move(*year);
}

}  // namespace

Result<CalendarYear, Findings> calendar_year_from(const Value& value) {
  Findings findings;
  if (!value.is_object()) {
    find_wrong_type("", "object", findings);
    return refuse(std::move(findings));
  }
  find_unknown_members(value, "", {"year", "status", "days"}, findings);
  CalendarYear year;
  const std::int64_t number = value["year"].integer();
  if (number < year_min || number > year_max) {
    findings.push_back({"/year", "year_out_of_range", {{"min", year_min}, {"max", year_max}}});
  } else {
    year.year = static_cast<int>(number);
  }
  const std::string& status = value["status"].text();
  if (status != "announced" && status != "provisional") {
    findings.push_back({"/status", "unknown_status", {}});
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

WorkingCalendar with_year(const WorkingCalendar& calendar, CalendarYear year) {
  std::vector<CalendarYear> years = calendar.years();
  std::erase_if(years, [&](const CalendarYear& known) { return known.year == year.year; });
  years.push_back(std::move(year));
  return calendar_of(std::move(years));
}

std::string bytes_of(const WorkingCalendar& calendar) {
  workflow::Array years;
  for (const CalendarYear& year : calendar.years()) years.push_back(value_of(year));
  return canonical(years);
}

std::vector<workflow::Finding> contradictions(const CalendarYear& year,
                                              const std::vector<CalendarYear>& others) {
  Findings findings;
  for (std::size_t place = 0; place < year.days.size(); ++place) {
    const CalendarDay& day = year.days[place];
    for (const CalendarYear& other : others) {
      const bool differs =
          other.year != year.year && std::ranges::any_of(other.days, [&](const CalendarDay& known) {
            return known.date == day.date && known.day_off != day.day_off;
          });
      if (!differs) continue;
      findings.push_back({"/days/" + std::to_string(place) + "/date",
                          "contradicts_year",
                          {{"date", to_text(day.date)}, {"year", other.year}}});
    }
  }
  return findings;
}

Result<WorkingCalendar, std::vector<std::string>> load_calendar(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator item(folder, error), end; !error && item != end;
       item.increment(error)) {
    if (is_year_file(item->path())) files.push_back(item->path());
  }
  if (error) return refuse(Lines{folder.string() + ": " + error.message()});
  if (files.empty()) return refuse(Lines{folder.string() + ": holds no YEAR.json"});
  std::ranges::sort(files);
  Lines findings;
  std::vector<CalendarYear> years;
  for (const std::filesystem::path& file : files) {
    if (auto year = year_in(file, findings)) years.push_back(std::move(*year));
  }
  for (auto year = years.begin(); year != years.end(); ++year) {
    add_lines(findings, file_name_of(year->year), contradictions(*year, {years.begin(), year}));
  }
  if (!findings.empty()) return refuse(std::move(findings));
  return calendar_of(std::move(years));
}

}  // namespace yimen::definitions
