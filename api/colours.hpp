// The colour of an open case and its age, both derived when they are asked for: red is late, amber
// due by the end of the next working day, blue suspended, green in time.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "persistence/store.hpp"
#include "workflow/calendar.hpp"

namespace yimen::api {

struct Colours {
  workflow::Instant now;
  workflow::Instant amber_before;
  // Since when a case must have been in its state to be of each age but the last; descending.
  std::array<workflow::Instant, 5> ages;
};

// Ages are counted in working days that have begun since the day of entry.
[[nodiscard]] Colours colours_at(workflow::Instant now, const workflow::WorkingCalendar& calendar);

// "red", "amber", "blue" or "green".
[[nodiscard]] std::string_view colour_of(const std::optional<workflow::Instant>& due_at,
                                         bool is_suspended, const Colours& colours);
// Empty for a closed case.
[[nodiscard]] std::string_view colour_of(const persistence::CaseSummary& line,
                                         const Colours& colours);

// "0", "1", "2", "3", "4-9" and "10-".
[[nodiscard]] const std::array<std::string_view, 6>& age_names();

// Keep the open cases of a colour or an age only; false for a word that names none.
[[nodiscard]] bool narrow_to_colour(persistence::CaseQuery& query, std::string_view colour,
                                    const Colours& colours);
[[nodiscard]] bool narrow_to_age(persistence::CaseQuery& query, std::string_view age,
                                 const Colours& colours);

}  // namespace yimen::api
