// Budgets of time and the clocks that they bind. A clock keeps its own ledger (started, suspended,
// resumed, extended, stopped); whether it is late is derived, never stored.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"

namespace yimen::workflow {

// Days, months and dates end with the last millisecond of the due day in Asia/Shanghai.
enum class BudgetUnit {
  working_days,         // the day of the start is not counted (Civil Code art. 201)
  calendar_days,        // the same, every day counts
  hours,                // round the clock, from the moment; never rolls
  months,               // same day number; the last day of a shorter month (art. 202)
  same_day,             // end of the civil day of the start
  end_of_month,         // last civil day of the start's month
  day_of_month,         // day `amount` of the start's month, or of the next once it is past
  day_of_next_month     // day `amount` of the month after the start's
};

constexpr int budget_amount_max = 10'000;

struct Budget {
  BudgetUnit unit = BudgetUnit::working_days;
  int amount = 0;      // counted as the nearest of 0 and budget_amount_max when it lies outside
  bool rolls = false;  // a due day that is off moves to the next working day (art. 203)
  bool operator==(const Budget&) const = default;
};

// A time in which a clock did not run. The days behind that of `from`, up to that of `to`, are not
// counted; hours are exact. Where suspensions overlap, they count once. One that begins on the last
// day moves it to the day of `to`, or for working days to the next one that is.
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
  std::vector<SkippedDay> skipped;  // not counted or rolled over, in order; "中止" while suspended
  bool provisional = false;         // a day from start to due lies in a provisional year
  bool operator==(const Due&) const = default;
};

// When a budget that starts at `start` is used up. A suspension without an end counts up to `now`.
// Months are lengthened by the suspended days; suspensions do not move budgets that name a date
// (same_day, end_of_month, day_of_month, day_of_next_month).
[[nodiscard]] Due due(const Budget& budget, Instant start, const WorkingCalendar& calendar,
                      const std::vector<Suspension>& suspensions, Instant now);

// One limit on a clock: the code of the edition's rule and its date. It counts from the clock's
// start, or from `counts_from` where it came to apply later (an emergency declared on the way).
struct Limit {
  std::string code;
  Instant due_at;
  std::optional<Instant> extended_to;
  std::optional<Instant> counts_from{};
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
    return is_running() && std::ranges::any_of(suspensions, [](const Suspension& suspension) {
      return !suspension.to;
    });
  }
};

// The earliest of the limits, each at its extended date; nothing for a clock without limits.
[[nodiscard]] std::optional<Instant> binding_due_at(const Clock& clock);
// The moment by which a running clock is judged at `now`: within a suspension, or at its end, the
// one at which it began.
[[nodiscard]] Instant judged_at(const Clock& clock, Instant now);
// Late at `now` if it still runs, else at the moment it stopped; a moment within a suspension, or
// at its end, is judged as the moment of that suspension. The limit's own millisecond is in time.
[[nodiscard]] bool is_late(const Clock& clock, Instant now);
// The time that counted: from start to stop (or `now`) without the suspensions.
[[nodiscard]] std::chrono::milliseconds elapsed(const Clock& clock, Instant now);

}  // namespace yimen::workflow
