// Proposals that wait for signatures, and the signatures.
#include "workflow/door.hpp"
#include "workflow/judgement.hpp"
#include "workflow/signoff.hpp"

namespace yimen::workflow {

Door::Answer Door::signature() {
  const Proposal* proposal = proposal_named(command_.proposal);
  if (proposal == nullptr) return no_such_step();
  const bool is_open = proposal->outcome.empty();
  const SignoffRule* rule = signoff_of(*proposal);
  if (rule == nullptr) return no_such_step();
  auto denied = may_not_sign(*proposal, *rule, command_.actor);
  if (!denied.empty()) return refused(RefusalKind::not_allowed, std::move(denied));
  auto findings = take_form({});
  if (!is_known_choice(*rule)) findings.push_back({"unknown_choice", {}, "/choice", {}});
  if (!findings.empty()) return refused(RefusalKind::invalid_data, std::move(findings));
  if (!is_open && proposal->outcome != "performed") {
    return refused(RefusalKind::conditions_not_met, "proposal_closed");
  }
  Proposal with_signature = *proposal;
  with_signature.signatures.push_back(
      {command_.actor, command_.choice, recorded_at_, subject_.sequence + 1});
  if (!is_open) return put_signature(std::move(with_signature));  // it came too late to matter
  switch (outcome_of(with_signature, *rule)) {
    case SignoffOutcome::open: return put_signature(std::move(with_signature));
    case SignoffOutcome::refused: with_signature.outcome = "refused"; break;
    case SignoffOutcome::performed: return perform_signed(std::move(with_signature));
  }
  return put_signature(std::move(with_signature));
}

Door::Answer Door::propose(std::string_view clause) {
  Entry entry = blank_entry(EntryKind::proposal, command_.event, clause);
  entry.leaves_record = false;
  Proposal proposal;
  proposal.sequence = entry.sequence;
  proposal.event = command_.event;
  proposal.proposer = command_.actor;
  proposal.data = draft_.data;
  proposal.present = draft_.present;
  proposal.occurred_at = occurred_at();
  proposal.lateness_reason = command_.lateness_reason;
  entry.changes.proposal = std::move(proposal);
  clear_undo_of_others(entry.changes);
  return conclude(std::move(entry), {});
}

Door::Answer Door::put_signature(Proposal proposal) {
  Entry entry = blank_entry(EntryKind::signature, proposal.event, {});
  entry.leaves_record = false;
  entry.data = Object{{"proposal", proposal.sequence}, {"choice", command_.choice}};
  entry.changes.revises = !proposal.outcome.empty() && proposal.outcome != "performed";
  entry.changes.proposal = std::move(proposal);
  return conclude(std::move(entry), {});
}

Door::Answer Door::perform_signed(Proposal proposal) {
  const auto rows = rows_of(proposal.event);
  if (rows.empty()) return no_such_step();
  Command proposed = command_;
  proposed.event = proposal.event;
  proposed.actor = proposal.proposer;
  if (proposed.lateness_reason.empty()) proposed.lateness_reason = proposal.lateness_reason;
  draft_ = {subject_.sequence + 1, proposal.event, recorded_at_,     recorded_at_,
            proposal.proposer,     proposal.data,  proposal.present, 0};
  const GuardContext context = context_of(proposed);
  Judgement judgement = judge(rows, context, rules_.procedure);
  auto refusals = std::move(judgement.refusals);
  if (const auto late = lateness_refusal(proposed.lateness_reason, recorded_at_)) {
    refusals.push_back(*late);
  }
  if (!refusals.empty()) return refused(RefusalKind::conditions_not_met, std::move(refusals));
  proposal.outcome = "performed";
  signed_ = std::move(proposal);
  return perform(*judgement.row, context, EntryKind::signature);
}

bool Door::is_known_choice(const SignoffRule& rule) const {
  return command_.choice == "agree" || command_.choice == "refuse" ||
         (command_.choice == "recuse" && rule.mode == SignoffMode::vote);
}

const SignoffRule* Door::signoff_of(const Proposal& proposal) const {
  const StepPolicy* here = rules_.edition.step(proposal.event, state());
  const bool is_open = proposal.outcome.empty();
  if (is_open) return here != nullptr ? &here->signoff : nullptr;
  const auto policies = rules_.edition.events.find(proposal.event);
  if (policies == rules_.edition.events.end()) return nullptr;
  for (const StepPolicy& policy : policies->second) {
    const SignoffRule& rule = policy.signoff;
    if (rule.mode == SignoffMode::none) continue;
    if (may_not_sign(proposal, rule, command_.actor).empty()) return &rule;
  }
  return here != nullptr ? &here->signoff : nullptr;
}

const Proposal* Door::proposal_named(std::int64_t sequence) const {
  for (const Proposal& proposal : subject_.proposals) {
    if (proposal.sequence == sequence) return &proposal;
  }
  return nullptr;
}

const Proposal* Door::open_proposal() const {
  for (const Proposal& proposal : subject_.proposals) {
    if (proposal.outcome.empty()) return &proposal;
  }
  return nullptr;
}

}  // namespace yimen::workflow
