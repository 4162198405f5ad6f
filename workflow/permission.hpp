// Who may take a step: the table says which level, the edition which posts of it, the case which
// unit.
#pragma once

#include <vector>

#include "workflow/procedure.hpp"
#include "workflow/refusal.hpp"

namespace yimen::workflow {

struct Permission {
  const StepPolicy& policy;
  std::vector<std::string_view> levels;  // of the table's rows
  bool moves = false;                    // a transition, not an annotation
};

// Why this actor may not; empty when they may. Villages and departments act on the cases that are
// shown to them; what lies with a department is moved on by that department alone.
[[nodiscard]] std::vector<Refusal> not_permitted(const Case& subject, const Actor& actor,
                                                 const Permission& permission,
                                                 const Edition& edition);

}  // namespace yimen::workflow
