// Sign-offs: who may still sign a proposal, and what the signatures so far amount to.
#pragma once

#include "workflow/case.hpp"
#include "workflow/edition.hpp"
#include "workflow/refusal.hpp"

namespace yimen::workflow {

enum class SignoffOutcome { open, performed, refused };

// Why this actor may not sign now; empty when they may. Four eyes are judged by person: nobody
// signs off their own step, nobody signs twice.
[[nodiscard]] std::vector<Refusal> may_not_sign(const Proposal& proposal, const SignoffRule& rule,
                                                const Actor& actor);

// What the proposal's signatures amount to under the rule. One refusal ends `one_of` and `all_of`;
// a vote ends when its quorum is present and the majority is certain either way.
[[nodiscard]] SignoffOutcome outcome_of(const Proposal& proposal, const SignoffRule& rule);

}  // namespace yimen::workflow
