#include "api/colours.hpp"

#include <algorithm>

namespace yimen::api {

namespace {

using persistence::CaseQuery;
using workflow::CivilDate;
using workflow::Instant;

constexpr std::array<std::string_view, 6> names{"0", "1", "2", "3", "4-9", "10-"};
// The greatest age that each name but the last holds.
constexpr std::array<int, 5> greatest{0, 1, 2, 3, 9};

// Due neither before one instant nor, where there is another, at or after that.
void due_between(CaseQuery& query, std::optional<Instant> from, std::optional<Instant> before) {
  if (from) query.due_from = query.due_from ? std::max(*query.due_from, *from) : from;
  if (before) query.due_before = query.due_before ? std::min(*query.due_before, *before) : before;
}

}  // namespace

Colours colours_at(Instant now, const workflow::WorkingCalendar& calendar) {
  const CivilDate today = workflow::civil_date_of(now);
  Colours colours;
  colours.now = now;
  colours.amber_before =
      workflow::start_of(calendar.working_day_after(today) + std::chrono::days(1));
  // The first working day that is not after today, and then back, one an age.
  CivilDate day = calendar.is_working_day(today) ? today : calendar.working_day_before(today);
  int age = 0;
  for (std::size_t place = 0; place < greatest.size(); ++place) {
    for (; age < greatest[place]; ++age) day = calendar.working_day_before(day);
    colours.ages[place] = workflow::start_of(day);
  }
  return colours;
}

std::string_view colour_of(const std::optional<Instant>& due_at, bool is_suspended,
                           const Colours& colours) {
  if (due_at && *due_at < colours.now) return "red";
  if (is_suspended) return "blue";
  return due_at && *due_at < colours.amber_before ? "amber" : "green";
}

std::string_view colour_of(const persistence::CaseSummary& line, const Colours& colours) {
  if (line.is_closed) return {};
  return colour_of(line.due_at, line.suspended_at.has_value(), colours);
}

const std::array<std::string_view, 6>& age_names() { return names; }

bool narrow_to_colour(CaseQuery& query, std::string_view colour, const Colours& colours) {
  query.is_closed = false;
  if (colour == "red") {
    due_between(query, {}, colours.now);
  } else if (colour == "blue") {
    due_between(query, colours.now, {});
    query.is_suspended = true;
  } else if (colour == "amber") {
    due_between(query, colours.now, colours.amber_before);
    query.is_suspended = false;
  } else if (colour == "green") {
    due_between(query, colours.amber_before, {});
    query.is_suspended = false;
  } else {
    return false;
  }
  return true;
}

bool narrow_to_age(CaseQuery& query, std::string_view age, const Colours& colours) {
  const auto name = std::ranges::find(names, age);
  if (name == names.end()) return false;
  const auto place = static_cast<std::size_t>(name - names.begin());
  query.is_closed = false;
  if (place < colours.ages.size()) query.in_state_from = colours.ages[place];
  if (place > 0) query.in_state_before = colours.ages[place - 1];
  return true;
}

}  // namespace yimen::api
