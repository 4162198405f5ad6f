// Judges the rows of a state and event: which conditions hold, which row fires, and everything
// that stands against it when none does.
#pragma once

#include "workflow/decide.hpp"

namespace yimen::workflow {

struct Judgement {
  const RuleRow* row = nullptr;  // the row that the machine fired
  std::vector<Refusal> refusals;
};

// Evaluates every guard of every row of (state, event), then lets the procedure's machine choose.
[[nodiscard]] Judgement judge(const std::vector<int>& rows, const GuardContext& context,
                              const Procedure& procedure);

// The same without a form: conditions that only a form can satisfy are left out. Of several rows
// that the form will choose among, the one with the fewest refusals answers.
[[nodiscard]] std::vector<Refusal> foreseeable_refusals(const std::vector<int>& rows,
                                                        const GuardContext& context,
                                                        const Procedure& procedure);

// The refusals of a list of uses; those that read the form are left out on demand.
[[nodiscard]] std::vector<Refusal> refusals_of(const std::vector<GuardUse>& uses,
                                               std::string_view clause,
                                               const GuardContext& context,
                                               const Procedure& procedure, bool without_form);

}  // namespace yimen::workflow
