#include "workflow/deadline.hpp"

#include <algorithm>
#include <utility>

namespace yimen::workflow {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

struct Span {
  Instant from;
  Instant to;
};

// The suspensions from `start` on, in order and without overlap; an open one ends at `now`.
std::vector<Span> merged(const std::vector<Suspension>& suspensions, Instant start, Instant now) {
  std::vector<Span> spans;
  for (const Suspension& suspension : suspensions) {
    const Span span{std::max(suspension.from, start), suspension.to.value_or(now)};
    if (span.from < span.to) spans.push_back(span);
  }
  std::ranges::sort(spans, {}, &Span::from);
  std::vector<Span> result;
  for (const Span& span : spans) {
    if (result.empty() || result.back().to < span.from) {
      result.push_back(span);
    } else {
      result.back().to = std::max(result.back().to, span.to);
    }
  }
  return result;
}

// Goes forward day by day from the day of the start and notes the days that do not count.
class Walk {
 public:
  Walk(const WorkingCalendar& calendar, const std::vector<Span>& suspended, CivilDate start)
      : calendar_(calendar), day_(start) {
    for (const Span& span : suspended) {
      suspended_.push_back({civil_date_of(span.from), civil_date_of(span.to)});
    }
  }

  void count(int amount, bool working_days_only) {
    while (amount > 0) {
      day_ += days(1);
      if (is_suspended()) {
        skip("中止");
      } else if (working_days_only && !calendar_.is_working_day(day_)) {
        skip(calendar_.name_of(day_));
      } else {
        --amount;
      }
    }
    give_back_last_day(working_days_only);
  }

  void roll() {
    while (is_suspended() || !calendar_.is_working_day(day_)) {
      skip(is_suspended() ? "中止" : calendar_.name_of(day_));
      day_ += days(1);
    }
  }

  [[nodiscard]] CivilDate day() const { return day_; }
  [[nodiscard]] const std::vector<SkippedDay>& skipped() const { return skipped_; }

 private:
  struct DaySpan {
    CivilDate first;
    CivilDate last;
  };

  [[nodiscard]] bool is_suspended() const {
    return std::ranges::any_of(suspended_, [this](const DaySpan& span) {
      return span.first < day_ && day_ <= span.last;
    });
  }

  // A clock that was suspended on its last day has until the end of the day on which it is resumed.
  void give_back_last_day(bool working_days_only) {
    const auto begins_here = [this](const DaySpan& span) {
      return span.first <= day_ && day_ < span.last;
    };
    for (auto span = std::ranges::find_if(suspended_, begins_here); span != suspended_.end();
         span = std::ranges::find_if(suspended_, begins_here)) {
      const CivilDate last = span->last;
      while (day_ + days(1) < last) {
        day_ += days(1);
        skip("中止");
      }
      day_ = last;
      while (working_days_only && !calendar_.is_working_day(day_)) {
        skip(calendar_.name_of(day_));
        day_ += days(1);
      }
    }
  }

  void skip(std::string name) { skipped_.push_back({day_, std::move(name)}); }

  const WorkingCalendar& calendar_;
  CivilDate day_;
  std::vector<DaySpan> suspended_;
  std::vector<SkippedDay> skipped_;
};

year_month month_of(CivilDate day) {
  const year_month_day date(day);
  return date.year() / date.month();
}

CivilDate last_day_of(year_month month) {
  return CivilDate(year_month_day_last(month.year(), month.month() / std::chrono::last));
}

// The day with that number, or the last day of a month that is too short for it.
CivilDate day_in(year_month month, int number) {
  return std::min(CivilDate(month / std::chrono::day(1)) + days(std::max(number, 1) - 1),
                  last_day_of(month));
}

CivilDate next_day_with(int number, CivilDate start) {
  const CivilDate day = day_in(month_of(start), number);
  return day < start ? day_in(month_of(start) + months(1), number) : day;
}

// How many days lie between a day and its like so many months later.
int days_in_months(int amount, CivilDate start) {
  const unsigned number{year_month_day(start).day()};
  const CivilDate end = day_in(month_of(start) + months(amount), static_cast<int>(number));
  return static_cast<int>((end - start).count());
}

// Suspensions do not move a budget that names a date.
Walk walk_to_due_day(const Budget& budget, CivilDate start, const WorkingCalendar& calendar,
                     const std::vector<Span>& suspended) {
  Walk walk(calendar, suspended, start);
  switch (budget.unit) {
    case BudgetUnit::working_days:
      walk.count(budget.amount, true);
      return walk;
    case BudgetUnit::calendar_days:
      walk.count(budget.amount, false);
      return walk;
    case BudgetUnit::months:
      walk.count(days_in_months(budget.amount, start), false);
      return walk;
    case BudgetUnit::end_of_month:
      return Walk(calendar, {}, last_day_of(month_of(start)));
    case BudgetUnit::day_of_month:
      return Walk(calendar, {}, next_day_with(budget.amount, start));
    case BudgetUnit::day_of_next_month:
      return Walk(calendar, {}, day_in(month_of(start) + months(1), budget.amount));
    case BudgetUnit::hours:
    case BudgetUnit::same_day:
      break;
  }
  return Walk(calendar, {}, start);
}

Instant hours_later(int amount, Instant start, const std::vector<Span>& suspended) {
  Instant at = start + hours(amount);
  for (const Span& span : suspended) {
    if (span.from < at) at += span.to - span.from;
  }
  return at;
}

bool reaches_provisional_year(CivilDate first, CivilDate last, const WorkingCalendar& calendar) {
  const auto end = year_month_day(last).year();
  for (auto year = year_month_day(first).year(); year <= end; ++year) {
    if (calendar.is_provisional(CivilDate(year / std::chrono::January / 1))) return true;
  }
  return false;
}

Instant end_of_reckoning(const Clock& clock, Instant now) { return clock.stopped_at.value_or(now); }

}  // namespace

Due due(const Budget& budget, Instant start, const WorkingCalendar& calendar,
        const std::vector<Suspension>& suspensions, Instant now) {
  const std::vector<Span> suspended = merged(suspensions, start, now);
  Budget counted = budget;
  counted.amount = std::clamp(budget.amount, 0, budget_amount_max);
  Due result;
  if (counted.unit == BudgetUnit::hours) {
    result.at = hours_later(counted.amount, start, suspended);
  } else {
    Walk walk = walk_to_due_day(counted, civil_date_of(start), calendar, suspended);
    if (counted.rolls) walk.roll();
    result.at = end_of(walk.day());
    result.skipped = walk.skipped();
  }
  result.provisional =
      reaches_provisional_year(civil_date_of(start), civil_date_of(result.at), calendar);
  return result;
}

std::optional<Instant> binding_due_at(const Clock& clock) {
  std::optional<Instant> earliest;
  for (const Limit& limit : clock.limits) {
    const Instant at = limit.extended_to.value_or(limit.due_at);
    if (!earliest || at < *earliest) earliest = at;
  }
  return earliest;
}

Instant judged_at(const Clock& clock, Instant now) {
  for (const Span& span : merged(clock.suspensions, clock.started_at, now)) {
    if (span.from < now && now <= span.to) return span.from;
  }
  return now;
}

bool is_late(const Clock& clock, Instant now) {
  const std::optional<Instant> due_at = binding_due_at(clock);
  return due_at && judged_at(clock, end_of_reckoning(clock, now)) > *due_at;
}

milliseconds elapsed(const Clock& clock, Instant now) {
  const Instant end = end_of_reckoning(clock, now);
  milliseconds counted = std::max(end - clock.started_at, milliseconds(0));
  for (const Span& span : merged(clock.suspensions, clock.started_at, end)) {
    counted -= std::max(std::min(span.to, end) - span.from, milliseconds(0));
  }
  return counted;
}

}  // namespace yimen::workflow
