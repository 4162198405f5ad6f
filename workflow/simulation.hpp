// What a case would have looked like under another edition's deadlines. Its journal is folded with
// that edition's clocks: the movements stay where people made them, only dates change.
#pragma once

#include <string>
#include <vector>

#include "workflow/procedure.hpp"

namespace yimen::workflow {

// A clock and the unit that held the case while it came to its end, or holds it now.
struct ClockInHand {
  Clock clock;
  std::string unit;
};

struct Simulation {
  std::vector<ClockInHand> was;    // as the journal has them
  std::vector<ClockInHand> would;  // under the edition
};

// `entries` are a whole journal; dates are counted by the calendar given. What people suspended,
// resumed and extended is suspended, resumed and extended to the same day, where the edition has
// the clock. Clocks are in no order.
[[nodiscard]] Simulation simulate(const std::vector<Entry>& entries, const Procedure& procedure,
                                  const Edition& edition, const WorkingCalendar& calendar);

}  // namespace yimen::workflow
