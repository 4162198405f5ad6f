// The working calendar: which days count, with the make-up working days of the State Council's
// yearly notices. A year without its notice is provisional, and dates that reach into it say so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workflow/time.hpp"
#include "workflow/value.hpp"

namespace yimen::workflow {

struct CalendarDay {
  CivilDate date;
  bool day_off = false;
  std::string name;
  bool operator==(const CalendarDay&) const = default;
};

struct CalendarYear {
  int year = 0;
  bool provisional = false;
  std::vector<CalendarDay> days;
  bool operator==(const CalendarYear&) const = default;
};

class WorkingCalendar {
 public:
  WorkingCalendar() = default;
  // All years are read together: a year's notice may name days of its neighbours; where two name
  // the same day, the later year's holds. `digest` is the hexadecimal digest of the files, named
  // in every journal entry that counted with them.
  WorkingCalendar(std::vector<CalendarYear> years, std::string digest);

  [[nodiscard]] bool is_working_day(CivilDate day) const;
  // Why a day is off, as its notice names it; "周末" for an unlisted Saturday or Sunday; empty for
  // a working day.
  [[nodiscard]] std::string name_of(CivilDate day) const;
  // True when the day's year has no notice yet or is not loaded at all.
  [[nodiscard]] bool is_provisional(CivilDate day) const;
  [[nodiscard]] const std::string& digest() const { return digest_; }
  [[nodiscard]] const std::vector<CalendarYear>& years() const { return years_; }

  // The nearest working day before or after, not counting the day itself.
  [[nodiscard]] CivilDate working_day_before(CivilDate day) const;
  [[nodiscard]] CivilDate working_day_after(CivilDate day) const;

 private:
  std::vector<CalendarYear> years_;
  std::map<CivilDate, CalendarDay> listed_;
  std::string digest_;
};

// The first day that counts in one and not in the other; nothing where they count alike.
[[nodiscard]] std::optional<CivilDate> first_difference(const WorkingCalendar& left,
                                                        const WorkingCalendar& right);

}  // namespace yimen::workflow
