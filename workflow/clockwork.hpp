// How an entry starts, stops, suspends and extends the clocks of its case. Everything that depends
// on the edition or the calendar is worked out here and written into the entry as dates.
#pragma once

#include "workflow/procedure.hpp"

namespace yimen::workflow {

// What the clocks need to know of the entry in the making.
struct ClockStep {
  std::string_view event;
  std::string_view from;     // state before
  std::string_view to;       // state entered; empty when the case stays
  bool closes = false;       // the entered state is closed
  Instant at;                // when it happened
  std::int64_t sequence = 0;
};

// Stops and starts clocks by the edition's rules, recomputes limits whose conditions changed, and
// arms the ladders. The changed clocks are put into the outcome.
void run_clocks(Outcome& outcome, const ClockStep& step);

// On the running clock of a name; the guards have seen that there is one in the right condition.
void suspend(Outcome& outcome, std::string_view clock, std::string reason);
void resume(Outcome& outcome, std::string_view clock);
void extend(Outcome& outcome, std::string_view clock, std::string_view limit, Instant until);

// A date that was counted anew.
struct MovedDate {
  std::string clock;
  std::string limit;
  Instant from;
  Instant to;
};

// The dates and ladders of all running clocks anew, by the edition and the calendar of now. A date
// that has passed stays, and none that is still to come is moved to before the end of today: a
// calendar makes nobody late. A suspended clock is counted when it is resumed. What moved.
std::vector<MovedDate> recount(Outcome& outcome);
// Whether `recount` would change anything.
[[nodiscard]] bool recount_changes(const GuardContext& context);
// As they stand in an entry: [{"clock", "limit", "from", "to"}, …].
[[nodiscard]] Value to_value(const std::vector<MovedDate>& moved);

// Clocks as they were before the entry of a sequence: what it started goes, what it stopped runs.
void turn_back_clocks(Outcome& outcome, std::int64_t sequence);

// The limits of a clock as the edition's rules give them, for explanations and projections.
[[nodiscard]] std::vector<const LimitRule*> limits_of(const Clock& clock, const Object& facts,
                                                      const Edition& edition);

}  // namespace yimen::workflow
