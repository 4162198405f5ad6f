#include "workflow/signoff.hpp"

#include <algorithm>

namespace yimen::workflow {

namespace {

bool names(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool has_agreed(const Proposal& proposal, const std::string& post) {
  return std::any_of(proposal.signatures.begin(), proposal.signatures.end(),
                     [&](const Signature& signature) {
                       return signature.by.post == post && signature.choice == "agree";
                     });
}

long count(const Proposal& proposal, std::string_view choice) {
  return std::count_if(
      proposal.signatures.begin(), proposal.signatures.end(),
      [&](const Signature& signature) { return signature.choice == choice; });
}

// The posts of the rule that still have to agree, in its order: a substitute's signature stands in
// for the first that has not signed itself.
std::vector<std::string> missing_posts(const Proposal& proposal, const SignoffRule& rule) {
  std::vector<std::string> missing;
  if (rule.mode != SignoffMode::all_of) return missing;
  for (const std::string& post : rule.posts) {
    if (!has_agreed(proposal, post)) missing.push_back(post);
  }
  const auto substitutes = std::count_if(
      proposal.signatures.begin(), proposal.signatures.end(), [&](const Signature& signature) {
        return signature.choice == "agree" && !names(rule.posts, signature.by.post) &&
               names(rule.substitutes, signature.by.post);
      });
  const auto filled = std::min(substitutes, std::ssize(missing));
  missing.erase(missing.begin(), missing.begin() + filled);
  return missing;
}

// Added signers were asked for by name of their post: nobody stands in for them.
bool added_signers_have_agreed(const Proposal& proposal) {
  const auto& added = proposal.added_signers;
  return std::all_of(added.begin(), added.end(),
                     [&](const auto& post) { return has_agreed(proposal, post); });
}

bool one_has_agreed(const Proposal& proposal, const SignoffRule& rule) {
  return std::any_of(proposal.signatures.begin(), proposal.signatures.end(),
                     [&](const Signature& signature) {
                       return signature.choice == "agree" &&
                              (names(rule.posts, signature.by.post) ||
                               names(rule.substitutes, signature.by.post));
                     });
}

SignoffOutcome outcome_of_vote(const Proposal& proposal, const SignoffRule& rule) {
  const long votes_for = count(proposal, "agree");
  const long votes_against = count(proposal, "refuse");
  const long recused = count(proposal, "recuse");
  const long voters = rule.members - recused;  // who may vote at all
  const bool quorum = votes_for + votes_against + recused >= rule.quorum;
  if (!quorum) return SignoffOutcome::open;
  // Certain: not even all outstanding votes could turn it.
  if (votes_for * 100 > rule.majority_percent * voters) return SignoffOutcome::performed;
  const long outstanding = voters - votes_for - votes_against;
  if ((votes_for + outstanding) * 100 <= rule.majority_percent * voters) {
    return SignoffOutcome::refused;
  }
  return SignoffOutcome::open;
}

// Added signers come after the posts of the rule.
bool is_next_in_sequence(const Proposal& proposal, const SignoffRule& rule, const Actor& actor) {
  const auto missing = missing_posts(proposal, rule);
  if (missing.empty()) return true;
  return missing.front() == actor.post || names(rule.substitutes, actor.post);
}

// In a village or a department the signer is the proposer's own superior; countersigning and votes
// bring several units together.
bool is_of_another_unit(const Proposal& proposal, const SignoffRule& rule, const Actor& actor) {
  const bool belongs_to_unit = actor.level == "village" || actor.level == "department";
  return rule.mode == SignoffMode::one_of && belongs_to_unit &&
         !names(proposal.added_signers, actor.post) && actor.unit != proposal.proposer.unit;
}

}  // namespace

std::vector<Refusal> may_not_sign(const Proposal& proposal, const SignoffRule& rule,
                                  const Actor& actor) {
  std::vector<Refusal> refusals;
  const bool is_signer = names(rule.posts, actor.post) || names(rule.substitutes, actor.post) ||
                         names(proposal.added_signers, actor.post);
  if (!is_signer) {
    refusals.push_back({"signature_not_yours", {}, {}, {}});
  } else if (is_of_another_unit(proposal, rule, actor)) {
    refusals.push_back({"not_your_unit", {}, {}, Object{{"holder", proposal.proposer.unit}}});
  }
  if (proposal.proposer.is_one_with(actor)) refusals.push_back({"four_eyes", {}, {}, {}});
  const bool signed_before = std::any_of(
      proposal.signatures.begin(), proposal.signatures.end(),
      [&](const Signature& signature) { return signature.by.is_one_with(actor); });
  if (signed_before) refusals.push_back({"already_signed", {}, {}, {}});
  if (refusals.empty() && rule.in_sequence && !is_next_in_sequence(proposal, rule, actor)) {
    refusals.push_back({"not_your_turn", {}, {}, {}});
  }
  return refusals;
}

SignoffOutcome outcome_of(const Proposal& proposal, const SignoffRule& rule) {
  if (rule.mode == SignoffMode::vote) return outcome_of_vote(proposal, rule);
  if (count(proposal, "refuse") > 0) return SignoffOutcome::refused;
  const bool one = rule.mode != SignoffMode::one_of || one_has_agreed(proposal, rule);
  const bool all = missing_posts(proposal, rule).empty() && added_signers_have_agreed(proposal);
  return one && all ? SignoffOutcome::performed : SignoffOutcome::open;
}

}  // namespace yimen::workflow
