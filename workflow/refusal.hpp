// Why an event is not taken. Refusals come all at once, and a refused command changes nothing.
#pragma once

#include <string>
#include <vector>

#include "workflow/result.hpp"
#include "workflow/value.hpp"

namespace yimen::workflow {

// In order of precedence: the first kind that applies is the answer, with all refusals of it.
enum class RefusalKind {
  stale,              // the case has moved on since the client read it
  no_such_step,       // the table has no row for this event in this state
  not_allowed,        // not your post, not your unit, not the same person twice
  invalid_data,       // the form is not filled as it must be
  conditions_not_met  // guards of the row
};

struct Refusal {
  std::string code;     // a guard's name, or the engine's own, e.g. not_your_post
  std::string clause;   // of the plan; empty for the engine's own
  std::string pointer;  // RFC 6901 into the command's data; invalid_data only
  Object params;        // for the sentence that people read
  bool operator==(const Refusal&) const = default;
};

struct Refusals {
  RefusalKind kind = RefusalKind::conditions_not_met;
  std::vector<Refusal> all;
  bool operator==(const Refusals&) const = default;

  [[nodiscard]] bool has(std::string_view code) const {
    for (const Refusal& refusal : all) {
      if (refusal.code == code) return true;
    }
    return false;
  }
};

}  // namespace yimen::workflow
