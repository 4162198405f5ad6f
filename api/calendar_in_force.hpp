// The working calendar that counts now. It may be replaced while the program runs, by this process
// or by another one on the same database; whoever counts holds the one that they began with.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "persistence/store.hpp"
#include "workflow/calendar.hpp"

namespace yimen::api {

class CalendarInForce {
 public:
  explicit CalendarInForce(workflow::WorkingCalendar calendar);

  // Never null. Both are safe from many threads.
  [[nodiscard]] std::shared_ptr<const workflow::WorkingCalendar> get() const;
  void replace(workflow::WorkingCalendar calendar);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const workflow::WorkingCalendar> calendar_;
};

// Keeps the calendar of the files, then puts in force the years that were loaded at run time: each
// holds until its file says something else than it did when the year was loaded.
[[nodiscard]] Result<void, persistence::StoreError> settle_calendar(
    persistence::Database& database, CalendarInForce& in_force);

// Takes up what another process has put in force since.
[[nodiscard]] Result<void, persistence::StoreError> take_up_calendar(
    persistence::Database& database, CalendarInForce& in_force);

// Puts one year in force and keeps it: later decisions count with it. `conflict` where another
// process has put something else in force. Dates of clocks that run already are projected again by
// the workers.
[[nodiscard]] Result<void, persistence::StoreError> put_year(persistence::Database& database,
                                                             CalendarInForce& in_force,
                                                             workflow::CalendarYear year);

// The calendar that the dates of all running clocks were last projected with; nothing where it is
// not known.
[[nodiscard]] Result<std::optional<workflow::WorkingCalendar>, persistence::StoreError>
calendar_projected(persistence::Database& database);
[[nodiscard]] Result<void, persistence::StoreError> note_projected(
    persistence::Database& database, const workflow::WorkingCalendar& calendar);

}  // namespace yimen::api
