// The one door. People, timers, imports and the county's answer all knock here; nothing else moves
// a case. Pure: the same arguments give the same answer.
#pragma once

#include <utility>
#include <vector>

#include "workflow/procedure.hpp"
#include "workflow/refusal.hpp"

namespace yimen::workflow {

struct Rules {
  const Procedure& procedure;
  const Edition& edition;
  const WorkingCalendar& calendar;
};

struct Decision {
  Case next;
  Entry entry;  // not yet sealed: the digests of personal values are still missing
  std::vector<Effect> effects;
  std::vector<std::pair<std::string, Value>> personal;  // pointer and value
};

// Decides one command on one case (an empty Case for an opening event). On refusal nothing has
// changed and every reason of the answering kind is named.
[[nodiscard]] Result<Decision, Refusals> decide(const Case& subject, const Command& command,
                                                const Rules& rules, Instant now);

// An event or annotation of the present state, and whether this actor may take it now. Conditions
// that only the form can satisfy are not judged.
struct PossibleAction {
  std::string name;
  EntryKind kind = EntryKind::transition;
  std::string form;  // code of the form; empty where there is none
  bool allowed = false;
  Refusals refusals;
};

[[nodiscard]] std::vector<PossibleAction> possible_actions(const Case& subject, const Actor& actor,
                                                           const Rules& rules, Instant now);

}  // namespace yimen::workflow
