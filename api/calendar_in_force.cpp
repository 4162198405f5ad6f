#include "api/calendar_in_force.hpp"

#include <algorithm>
#include <utility>

#include "definitions/calendar_loader.hpp"

namespace yimen::api {

namespace {

using persistence::StoreError;
using workflow::CalendarYear;
using workflow::Object;
using workflow::Value;
using workflow::WorkingCalendar;
using Years = std::vector<CalendarYear>;

// {"digest": of the calendar in force, "files": of the files' when it was put in force}
constexpr const char* setting_name = "calendar_in_force";

Result<void, StoreError> keep(persistence::Database& database, const WorkingCalendar& calendar) {
  return database.keep_calendar(calendar.digest(), definitions::bytes_of(calendar));
}

Result<Years, StoreError> kept_years(persistence::Database& database, const std::string& digest) {
  const auto bytes = database.calendar(digest);
  if (!bytes) return refuse(bytes.error());
  Years years;
  const auto value = workflow::parse(*bytes);
  if (!value) return years;
  for (const Value& item : value->items()) {
    if (auto year = definitions::calendar_year_from(item)) years.push_back(std::move(*year));
  }
  return years;
}

const CalendarYear* year_in(const Years& years, int year) {
  const auto found = std::ranges::find(years, year, &CalendarYear::year);
  return found != years.end() ? &*found : nullptr;
}

// A year of the file that has changed since is newer than the one that was loaded.
Years merged(Years files, const Years& files_then, const Years& in_force) {
  for (const CalendarYear& loaded : in_force) {
    const auto file = std::ranges::find(files, loaded.year, &CalendarYear::year);
    const CalendarYear* then = year_in(files_then, loaded.year);
    if (file == files.end()) {
      files.push_back(loaded);
    } else if (then != nullptr && *then == *file) {
      *file = loaded;
    }
  }
  return files;
}

Result<Value, StoreError> setting(persistence::Database& database) {
  const auto text = database.setting(setting_name);
  if (!text) return refuse(text.error());
  return workflow::parse(*text).value_or(Value{});
}

Result<void, StoreError> put_in_force(persistence::Database& database, CalendarInForce& in_force,
                                      WorkingCalendar calendar, const std::string& files) {
  if (auto kept = keep(database, calendar); !kept) return kept;
  const Object names{{"digest", calendar.digest()}, {"files", files}};
  if (auto set = database.set_setting(setting_name, canonical(names)); !set) return set;
  in_force.replace(std::move(calendar));
  return {};
}

}  // namespace

CalendarInForce::CalendarInForce(WorkingCalendar calendar)
    : calendar_(std::make_shared<const WorkingCalendar>(std::move(calendar))) {}

std::shared_ptr<const WorkingCalendar> CalendarInForce::get() const {
  const std::lock_guard lock(mutex_);
  return calendar_;
}

void CalendarInForce::replace(WorkingCalendar calendar) {
  auto next = std::make_shared<const WorkingCalendar>(std::move(calendar));
  const std::lock_guard lock(mutex_);
  calendar_.swap(next);
}

Result<void, StoreError> settle_calendar(persistence::Database& database,
                                         CalendarInForce& in_force) {
  const auto files = in_force.get();
  if (auto kept = keep(database, *files); !kept) return kept;
  const auto names = setting(database);
  if (!names) return refuse(names.error());
  if ((*names)["digest"].text().empty()) {
    return database.set_setting(
        setting_name,
        canonical(Object{{"digest", files->digest()}, {"files", files->digest()}}));
  }
  const auto stored = kept_years(database, (*names)["digest"].text());
  if (!stored) return refuse(stored.error());
  const auto then = kept_years(database, (*names)["files"].text());
  if (!then) return refuse(then.error());
  return put_in_force(database, in_force,
                      definitions::calendar_of(merged(files->years(), *then, *stored)),
                      files->digest());
}

Result<void, StoreError> put_year(persistence::Database& database, CalendarInForce& in_force,
                                  CalendarYear year) {
  const auto names = setting(database);
  if (!names) return refuse(names.error());
  const auto now = in_force.get();
  const std::string& files = (*names)["files"].text();
  return put_in_force(database, in_force, definitions::with_year(*now, std::move(year)),
                      files.empty() ? now->digest() : files);
}

}  // namespace yimen::api
