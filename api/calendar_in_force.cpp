#include "api/calendar_in_force.hpp"

#include <algorithm>
#include <utility>

#include "definitions/calendar_loader.hpp"

namespace yimen::api {

namespace {

using persistence::StoreError;
using persistence::StoreErrorKind;
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

Value names_in(const std::string& setting) {
  return workflow::parse(setting).value_or(Value{});
}

std::string setting_of(const std::string& digest, const std::string& files) {
  return canonical(Object{{"digest", digest}, {"files", files}});
}

// `conflict` unless the setting still is `from`.
Result<void, StoreError> put_in_force(persistence::Database& database, CalendarInForce& in_force,
                                      WorkingCalendar calendar, const std::string& files,
                                      const std::string& from) {
  if (auto kept = keep(database, calendar); !kept) return kept;
  const std::string to = setting_of(calendar.digest(), files);
  if (auto set = database.change_setting(setting_name, from, to); !set) return set;
  in_force.replace(std::move(calendar));
  return {};
}

Result<void, StoreError> settle(persistence::Database& database, CalendarInForce& in_force,
                                const WorkingCalendar& files) {
  const auto text = database.setting(setting_name);
  if (!text) return refuse(text.error());
  const Value names = names_in(*text);
  if (names["digest"].text().empty()) {
    return database.change_setting(setting_name, *text,
                                   setting_of(files.digest(), files.digest()));
  }
  const auto stored = kept_years(database, names["digest"].text());
  if (!stored) return refuse(stored.error());
  const auto then = kept_years(database, names["files"].text());
  if (!then) return refuse(then.error());
  return put_in_force(database, in_force,
                      definitions::calendar_of(merged(files.years(), *then, *stored)),
                      files.digest(), *text);
}

// The digest of the calendar with which the dates of running clocks were projected last.
constexpr const char* projected_name = "calendar_projected";

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
  // Of several processes that start together the last one has the others' years before it.
  constexpr int tries_max = 20;
  const auto files = in_force.get();
  if (auto kept = keep(database, *files); !kept) return kept;
  Result<void, StoreError> settled;
  for (int tries = 0; tries < tries_max; ++tries) {
    settled = settle(database, in_force, *files);
    if (settled || settled.error().kind != StoreErrorKind::conflict) break;
  }
  return settled;
}

Result<void, StoreError> take_up_calendar(persistence::Database& database,
                                          CalendarInForce& in_force) {
  const auto text = database.setting(setting_name);
  if (!text) return refuse(text.error());
  const Value names = names_in(*text);
  const std::string& digest = names["digest"].text();
  if (digest.empty() || digest == in_force.get()->digest()) return {};
  const auto years = kept_years(database, digest);
  if (!years) return refuse(years.error());
  in_force.replace(definitions::calendar_of(*years));
  return {};
}

Result<void, StoreError> put_year(persistence::Database& database, CalendarInForce& in_force,
                                  CalendarYear year) {
  const auto text = database.setting(setting_name);
  if (!text) return refuse(text.error());
  const Value names = names_in(*text);
  const auto now = in_force.get();
  const bool is_of_now = names["digest"].text() == now->digest();
  if (!names.is_null() && !is_of_now) return refuse(StoreError{StoreErrorKind::conflict, {}, {}});
  const std::string files = names.is_null() ? now->digest() : names["files"].text();
  return put_in_force(database, in_force, definitions::with_year(*now, std::move(year)), files,
                      *text);
}

Result<std::optional<WorkingCalendar>, StoreError> calendar_projected(
    persistence::Database& database) {
  const auto digest = database.setting(projected_name);
  if (!digest) return refuse(digest.error());
  if (digest->empty()) return std::nullopt;
  auto years = kept_years(database, *digest);
  if (years) return definitions::calendar_of(std::move(*years));
  if (years.error().kind == persistence::StoreErrorKind::not_found) return std::nullopt;
  return refuse(years.error());
}

Result<void, StoreError> note_projected(persistence::Database& database,
                                        const WorkingCalendar& calendar) {
  return database.set_setting(projected_name, calendar.digest());
}

}  // namespace yimen::api
