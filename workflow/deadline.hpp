// Budgets of time and the clocks that they bind. A clock keeps its own ledger (started, suspended,
// resumed, extended, stopped); whether it is late is derived, never stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"

namespace yimen::workflow {

enum class BudgetUnit {
  working_days,         // the day of the start is not counted (Civil Code art. 201)
  calendar_days,        // rolls off a statutory day off only where `rolls` says so (art. 203)
  hours,                // round the clock, from the moment
  months,               // same day number; the last day of a shorter month (art. 202)
  same_day,             // end of the civil day of the start
  end_of_month,         // last civil day of the start's month
  day_of_month,         // day `amount` of the start's month, or of the next once it is past
  day_of_next_month     // day `amount` of the month after the start's
};

struct Budget {
  BudgetUnit unit = BudgetUnit::working_days;
  int amount = 0;
  bool rolls = false;
  bool operator==(const Budget&) const = default;
};

// A time in which a clock did not run. Days in (first, last] are not counted; hours are exact.
struct Suspension {
  Instant from;
  std::optional<Instant> to;
  std::string reason;
  std::int64_t sequence = 0;
  bool operator==(const Suspension&) const = default;
};

struct SkippedDay {
  CivilDate date;
  std::string name;
  bool operator==(const SkippedDay&) const = default;
};

// A date that explains itself.
struct Due {
  Instant at;
  std::vector<SkippedDay> skipped;
  bool provisional = false;
  bool operator==(const Due&) const = default;
};

// When a budget that starts at `start` is used up. A suspension without an end counts up to `now`.
[[nodiscard]] Due due(const Budget& budget, Instant start, const WorkingCalendar& calendar,
                      const std::vector<Suspension>& suspensions, Instant now);

// One limit on a clock: the code of the edition's rule and its date.
struct Limit {
  std::string code;
  Instant due_at;
  std::optional<Instant> extended_to;
  bool operator==(const Limit&) const = default;
};

// One step of a ladder: what happens at an instant while the clock runs.
struct Rung {
  std::string code;
  Instant at;
  bool operator==(const Rung&) const = default;
};

struct Clock {
  std::string name;
  std::string state;            // the state that a state clock measures, else empty
  int visit = 0;                // which visit of that state
  Instant started_at;
  std::int64_t started_by = 0;  // sequence of the entry
  std::optional<Instant> stopped_at;
  std::int64_t stopped_by = 0;
  std::vector<Suspension> suspensions;
  std::vector<Limit> limits;
  std::vector<Rung> rungs;      // in order of time
  bool operator==(const Clock&) const = default;

  [[nodiscard]] bool is_running() const { return !stopped_at; }
  [[nodiscard]] bool is_suspended() const {
    return is_running() && !suspensions.empty() && !suspensions.back().to;
  }
};

// The earliest of the limits, each at its extended date; nothing for a clock without limits.
[[nodiscard]] std::optional<Instant> binding_due_at(const Clock& clock);
// Late at `now` if it still runs, else at the moment it stopped. A suspended clock is judged at
// the moment of its suspension.
[[nodiscard]] bool is_late(const Clock& clock, Instant now);
// The time that counted: from start to stop (or `now`) without the suspensions.
[[nodiscard]] std::chrono::milliseconds elapsed(const Clock& clock, Instant now);

}  // namespace yimen::workflow
