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

// The posts that must all agree: the rule's and those that were added to this proposal.
std::vector<std::string> required_posts(const Proposal& proposal, const SignoffRule& rule) {
  std::vector<std::string> posts;
  if (rule.mode == SignoffMode::all_of) posts = rule.posts;
  posts.insert(posts.end(), proposal.added_signers.begin(), proposal.added_signers.end());
  return posts;
}

long count(const Proposal& proposal, std::string_view choice) {
  return std::count_if(
      proposal.signatures.begin(), proposal.signatures.end(),
      [&](const Signature& signature) { return signature.choice == choice; });
}

// Signatures of substitutes stand in for the required posts that have not signed themselves.
bool all_have_agreed(const Proposal& proposal, const SignoffRule& rule) {
  const auto required = required_posts(proposal, rule);
  const auto missing = std::count_if(required.begin(), required.end(), [&](const auto& post) {
    return !has_agreed(proposal, post);
  });
  const auto substitutes = std::count_if(
      proposal.signatures.begin(), proposal.signatures.end(), [&](const Signature& signature) {
        return signature.choice == "agree" && !names(required, signature.by.post) &&
               names(rule.substitutes, signature.by.post);
      });
  return missing <= substitutes;
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

bool is_next_in_sequence(const Proposal& proposal, const SignoffRule& rule, const Actor& actor) {
  for (const std::string& post : required_posts(proposal, rule)) {
    if (has_agreed(proposal, post)) continue;
    return post == actor.post || names(rule.substitutes, actor.post);
  }
  return true;
}

}  // namespace

std::vector<Refusal> may_not_sign(const Proposal& proposal, const SignoffRule& rule,
                                  const Actor& actor) {
  std::vector<Refusal> refusals;
  const bool is_signer = names(rule.posts, actor.post) || names(rule.substitutes, actor.post) ||
                         names(proposal.added_signers, actor.post);
  if (!is_signer) refusals.push_back({"signature_not_yours", {}, {}, {}});
  if (proposal.proposer.person == actor.person) refusals.push_back({"four_eyes", {}, {}, {}});
  const bool signed_before = std::any_of(
      proposal.signatures.begin(), proposal.signatures.end(),
      [&](const Signature& signature) { return signature.by.person == actor.person; });
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
  return one && all_have_agreed(proposal, rule) ? SignoffOutcome::performed
                                                : SignoffOutcome::open;
}

}  // namespace yimen::workflow
