#include "workflow/deadline.hpp"

#include <random>

#include "tests/support/catch.hpp"

using namespace yimen::workflow;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

// A date and time of day in Shanghai: "2026-02-13 09:30".
Instant at(const std::string& text) {
  return instant_from(text.substr(0, 10) + "T" + text.substr(11) + ":00+08:00").value();
}

Suspension stop(const std::string& from, const std::string& to) {
  return {at(from), at(to), "awaiting material", 0};
}

Suspension open_stop(const std::string& from) {
  return {at(from), std::nullopt, "awaiting material", 0};
}

// Started on Monday 2 March 2026 at 8, due at the end of Friday.
Clock a_clock() {
  Clock clock;
  clock.name = "statutory";
  clock.started_at = at("2026-03-02 08:00");
  clock.limits = {{"30_calendar_days", at("2026-03-09 00:00") - milliseconds(1), {}},
                  {"5_working_days", at("2026-03-07 00:00") - milliseconds(1), {}}};
  return clock;
}

}  // namespace

TEST_CASE("the earliest limit binds, each at its extended date") {
  Clock clock = a_clock();
  CHECK(binding_due_at(clock) == clock.limits[1].due_at);
  clock.limits[1].extended_to = at("2026-03-20 00:00");
  CHECK(binding_due_at(clock) == clock.limits[0].due_at);
  clock.limits[0].extended_to = at("2026-03-25 00:00");
  CHECK(binding_due_at(clock) == clock.limits[1].extended_to);
  CHECK_FALSE(binding_due_at(Clock{}));
}

TEST_CASE("a running clock is late from the moment after its limit") {
  Clock clock = a_clock();
  CHECK_FALSE(is_late(clock, at("2026-03-07 00:00") - milliseconds(1)));
  CHECK(is_late(clock, at("2026-03-07 00:00")));
  clock.limits[1].extended_to = at("2026-03-08 00:00");
  CHECK_FALSE(is_late(clock, at("2026-03-07 00:00")));
  clock.limits.clear();
  CHECK_FALSE(is_late(clock, at("2030-01-01 00:00")));
}

TEST_CASE("a stopped clock is judged at the moment it stopped, for ever") {
  Clock clock = a_clock();
  clock.stopped_at = at("2026-03-06 17:00");
  CHECK_FALSE(is_late(clock, at("2026-04-01 00:00")));
  clock.stopped_at = at("2026-03-07 00:00");
  CHECK(is_late(clock, at("2026-04-01 00:00")));
  CHECK(is_late(clock, at("2026-03-03 00:00")));
}

TEST_CASE("a suspended clock is judged at the moment of its suspension") {
  Clock clock = a_clock();
  clock.suspensions = {open_stop("2026-03-05 10:00")};
  CHECK(clock.is_suspended());
  CHECK_FALSE(is_late(clock, at("2026-04-01 00:00")));
  clock.suspensions = {open_stop("2026-03-07 10:00")};
  CHECK(is_late(clock, at("2026-04-01 00:00")));
}

TEST_CASE("a clock is suspended as long as any of its suspensions is open") {
  Clock clock = a_clock();
  clock.suspensions = {open_stop("2026-03-05 10:00"), stop("2026-03-05 11:00", "2026-03-05 12:00")};
  CHECK(clock.is_suspended());
  CHECK_FALSE(is_late(clock, at("2026-04-01 00:00")));
  clock.suspensions[0].to = at("2026-03-06 10:00");
  CHECK_FALSE(clock.is_suspended());
  CHECK(is_late(clock, at("2026-04-01 00:00")));
}

TEST_CASE("a clock that stops while it is suspended is judged at the suspension") {
  Clock clock = a_clock();
  clock.suspensions = {open_stop("2026-03-05 10:00")};
  clock.stopped_at = at("2026-03-20 10:00");
  CHECK_FALSE(clock.is_suspended());
  CHECK_FALSE(is_late(clock, at("2026-04-01 00:00")));
  clock.suspensions[0].to = clock.stopped_at;
  CHECK_FALSE(is_late(clock, at("2026-04-01 00:00")));
}

TEST_CASE("the elapsed time leaves out the suspensions and ends with the clock") {
  Clock clock = a_clock();
  CHECK(elapsed(clock, at("2026-03-02 08:00")) == milliseconds(0));
  CHECK(elapsed(clock, at("2026-03-01 08:00")) == milliseconds(0));
  CHECK(elapsed(clock, at("2026-03-03 08:00")) == hours(24));
  clock.suspensions = {stop("2026-03-02 10:00", "2026-03-02 12:00"),
                       stop("2026-03-02 11:00", "2026-03-02 13:00"),
                       stop("2026-03-01 08:00", "2026-03-02 08:30"),
                       open_stop("2026-03-03 07:00")};
  CHECK(elapsed(clock, at("2026-03-02 12:00")) == minutes(90));
  CHECK(elapsed(clock, at("2026-03-03 08:00")) == minutes(23 * 60 - 210));
  CHECK(elapsed(clock, at("2026-03-09 08:00")) == minutes(23 * 60 - 210));
  clock.stopped_at = at("2026-03-03 06:00");
  CHECK(elapsed(clock, at("2026-03-09 08:00")) == minutes(22 * 60 - 210));
}

namespace {

// A clock that stops and suspends at whole minutes, in the hundred hours after its start.
Clock a_random_clock(std::mt19937& random) {
  const auto minute = [&random](unsigned range) { return minutes(random() % range); };
  Clock clock = a_clock();
  for (auto count = random() % 6; count > 0; --count) {
    const Instant from = clock.started_at + minute(6000) - minute(100);
    Suspension suspension{from, from + minute(1500), "", 0};
    if (random() % 5 == 0) suspension.to.reset();
    clock.suspensions.push_back(suspension);
  }
  if (random() % 2 == 0) clock.stopped_at = clock.started_at + minute(6000);
  return clock;
}

struct Segment {
  Instant from;
  Instant to;
};

// Minute by minute, so that nothing is shared with the engine's merging of suspensions.
std::vector<Segment> segments_of(const Clock& clock, Instant end) {
  std::vector<Segment> segments;
  bool ran = false;
  for (Instant moment = clock.started_at; moment < end; moment += minutes(1)) {
    bool runs = true;
    for (const Suspension& suspension : clock.suspensions) {
      if (suspension.from <= moment && moment < suspension.to.value_or(end)) runs = false;
    }
    if (runs && !ran) segments.push_back({moment, moment});
    if (runs) segments.back().to = moment + minutes(1);
    ran = runs;
  }
  return segments;
}

}  // namespace

TEST_CASE("the segments in which a clock runs add up to its elapsed time") {
  const unsigned seed = GENERATE(range(1U, 151U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  const Clock clock = a_random_clock(random);
  const Instant now = clock.started_at + minutes(random() % 6000);
  milliseconds sum{0};
  for (const Segment& segment : segments_of(clock, clock.stopped_at.value_or(now))) {
    sum += segment.to - segment.from;
  }
  CHECK(sum == elapsed(clock, now));
}

TEST_CASE("when a budget of hours is due, exactly so many hours have elapsed") {
  const unsigned seed = GENERATE(range(1U, 151U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  Clock clock = a_random_clock(random);
  clock.stopped_at.reset();
  const Instant now = clock.started_at + minutes(12000);
  std::erase_if(clock.suspensions, [](const Suspension& stop) { return !stop.to; });
  const int amount = static_cast<int>(random() % 100);
  const Due result = due({BudgetUnit::hours, amount, false}, clock.started_at, WorkingCalendar(),
                         clock.suspensions, now);
  CHECK(elapsed(clock, result.at) == hours(amount));
  CHECK(elapsed(clock, result.at - milliseconds(1)) ==
        (amount == 0 ? milliseconds(0) : hours(amount) - milliseconds(1)));
}
