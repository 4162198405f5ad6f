#include "workflow/decide.hpp"

#include <algorithm>

#include "workflow/clockwork.hpp"
#include "workflow/draft.hpp"
#include "workflow/judgement.hpp"
#include "workflow/permission.hpp"
#include "workflow/signoff.hpp"

namespace yimen::workflow {

namespace {

constexpr std::string_view before_opening = "nothing";

tl::unexpected<Refusals> refused(RefusalKind kind, std::vector<Refusal> refusals) {
  return refuse(Refusals{kind, std::move(refusals)});
}

tl::unexpected<Refusals> refused(RefusalKind kind, std::string code, Object params = {}) {
  return refused(kind, {Refusal{std::move(code), {}, {}, std::move(params)}});
}

std::string_view state_of(const Case& subject) {
  return subject.state.empty() ? before_opening : std::string_view(subject.state);
}

const Proposal* open_proposal(const Case& subject) {
  for (const Proposal& proposal : subject.proposals) {
    if (proposal.outcome.empty()) return &proposal;
  }
  return nullptr;
}

// One command on its way through the door.
class Door {
 public:
  Door(const Case& subject, const Command& command, const Rules& rules, Instant now)
      : subject_(subject),
        command_(command),
        rules_(rules),
        recorded_at_(std::max(now, subject.recorded_at)) {}

  Result<Decision, Refusals> decide() {
    if (command_.revision && *command_.revision != subject_.revision) {
      return refused(RefusalKind::stale, "stale_revision",
                     Object{{"revision", subject_.revision}});
    }
    switch (command_.kind) {
      case EntryKind::transition:
      case EntryKind::proposal: return transition();
      case EntryKind::annotation: return annotation();
      case EntryKind::signature: return signature();
      case EntryKind::take_back: return take_back();
    }
    return refused(RefusalKind::no_such_step, "no_such_step");
  }

 private:
  // ---- the four kinds of command ----------------------------------------------------------------

  Result<Decision, Refusals> transition() {
    const auto rows = rows_of(command_.event);
    const StepPolicy* policy = rules_.edition.step(command_.event, state_of(subject_));
    if (rows.empty() || policy == nullptr) return no_such_step();
    auto denied =
        not_permitted(subject_, command_.actor, {*policy, levels_of(rows), true}, rules_.edition);
    if (!denied.empty()) return refused(RefusalKind::not_allowed, std::move(denied));
    auto findings = take_form(policy->form);
    if (!findings.empty()) return refused(RefusalKind::invalid_data, std::move(findings));

    const GuardContext context = context_of(command_);
    Judgement judgement = judge(rows, context, rules_.procedure);
    auto refusals = std::move(judgement.refusals);
    if (const auto late = lateness_refusal(command_.lateness_reason, occurred_at())) {
      refusals.push_back(*late);
    }
    const bool needs_signatures = policy->signoff.mode != SignoffMode::none;
    if (needs_signatures && open_proposal(subject_) != nullptr) {
      refusals.push_back({"pending_signoff", {}, {}, {}});
    }
    if (!refusals.empty()) return refused(RefusalKind::conditions_not_met, std::move(refusals));

    if (needs_signatures) return propose(judgement.row->clause);
    return perform(*judgement.row, context, EntryKind::transition);
  }

  Result<Decision, Refusals> annotation() {
    const AnnotationRow* row = rules_.procedure.annotation(command_.event);
    const StepPolicy* policy = rules_.edition.annotation(command_.event);
    const int state = rules_.procedure.state_index(state_of(subject_));
    const bool is_closed = state > 0 && rules_.procedure.is_closed[static_cast<std::size_t>(state)];
    if (row == nullptr || policy == nullptr || state <= 0 || (is_closed && !row->also_closed)) {
      return no_such_step();
    }
    auto denied =
        not_permitted(subject_, command_.actor, {*policy, row->levels, false}, rules_.edition);
    if (!denied.empty()) return refused(RefusalKind::not_allowed, std::move(denied));
    auto findings = take_form(policy->form);
    if (!findings.empty()) return refused(RefusalKind::invalid_data, std::move(findings));

    const GuardContext context = context_of(command_);
    auto refusals = annotation_refusals(*row, *policy, context, false);
    if (!refusals.empty()) return refused(RefusalKind::conditions_not_met, std::move(refusals));

    Entry entry = blank_entry(EntryKind::annotation, command_.event, row->clause);
    std::vector<Effect> effects;
    Outcome outcome{context, entry.changes, effects, entry.sequence};
    for (const Action act : row->actions) act(outcome);
    run_clocks(outcome, {command_.event, subject_.state, {}, false, occurred_at(), entry.sequence});
    clear_undo_of_others(entry.changes);
    return conclude(std::move(entry), std::move(effects));
  }

  Result<Decision, Refusals> signature() {
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

  Result<Decision, Refusals> take_back() {
    if (!subject_.undo) return refused(RefusalKind::conditions_not_met, "nothing_to_take_back");
    const Undo& undo = *subject_.undo;
    if (undo.person != command_.actor.person) {
      return refused(RefusalKind::not_allowed, "not_your_step");
    }
    auto findings = take_form({});
    if (!findings.empty()) return refused(RefusalKind::invalid_data, std::move(findings));
    const Instant closes =
        due(rules_.edition.take_back_window, undo.at, rules_.calendar, {}, recorded_at_).at;
    if (recorded_at_ > closes) {
      return refused(RefusalKind::conditions_not_met, "take_back_window_passed",
                     Object{{"closed_at", to_text(closes)}});
    }
    Entry entry = blank_entry(EntryKind::take_back, "take_back", {});
    entry.leaves_record = false;
    entry.changes.state = undo.state;
    entry.changes.holder = undo.holder;
    entry.changes.facts = undo.facts;
    entry.changes.voided = {undo.sequence};
    for (const Record& record : subject_.records) {
      if (record.voided_by == undo.sequence) entry.changes.restored.push_back(record.sequence);
    }
    entry.changes.clears_undo = true;
    withdraw_open_proposal(entry.changes);
    const GuardContext context = context_of(command_);
    std::vector<Effect> effects;
    Outcome outcome{context, entry.changes, effects, entry.sequence};
    turn_back_clocks(outcome, undo.sequence);
    return conclude(std::move(entry), std::move(effects));
  }

  // ---- proposals --------------------------------------------------------------------------------

  Result<Decision, Refusals> propose(std::string_view clause) {
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

  Result<Decision, Refusals> put_signature(Proposal proposal) {
    Entry entry = blank_entry(EntryKind::signature, proposal.event, {});
    entry.leaves_record = false;
    entry.data = Object{{"proposal", proposal.sequence}, {"choice", command_.choice}};
    entry.changes.revises = !proposal.outcome.empty() && proposal.outcome != "performed";
    entry.changes.proposal = std::move(proposal);
    return conclude(std::move(entry), {});
  }

  // The last signature that was needed performs the event, now and on what stands now.
  Result<Decision, Refusals> perform_signed(Proposal proposal) {
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

  // ---- performing -------------------------------------------------------------------------------

  Result<Decision, Refusals> perform(const RuleRow& row, const GuardContext& context,
                                     EntryKind kind) {
    Entry entry = blank_entry(kind, context.command.event, row.clause);
    entry.lateness_reason = context.command.lateness_reason;
    Changes& changes = entry.changes;
    if (!row.stays) {
      changes.state = rules_.procedure.states[static_cast<std::size_t>(row.to)];
      if (*changes.state == before_opening) changes.state.reset();
    }
    std::vector<Effect> effects;
    Outcome outcome{context, changes, effects, entry.sequence};
    for (const Action act : row.actions) act(outcome);
    const bool closes = !row.stays && rules_.procedure.is_closed[static_cast<std::size_t>(row.to)];
    run_clocks(outcome, {context.command.event, subject_.state,
                         changes.state ? std::string_view(*changes.state) : std::string_view(),
                         closes, draft_.occurred_at, entry.sequence});
    note_undo(row, context.command.actor.person, entry);
    if (signed_) {
      changes.proposal = signed_;
    } else {
      withdraw_open_proposal(changes);
    }
    return conclude(std::move(entry), std::move(effects));
  }

  // What was proposed for the former state is superseded.
  void withdraw_open_proposal(Changes& changes) const {
    const Proposal* waiting = open_proposal(subject_);
    if (waiting == nullptr) return;
    changes.proposal = *waiting;
    changes.proposal->outcome = "withdrawn";
  }

  void note_undo(const RuleRow& row, const std::string& person, Entry& entry) const {
    if (!row.undoable || subject_.state.empty()) {
      entry.changes.clears_undo = true;
      return;
    }
    Undo undo{entry.sequence, person, recorded_at_, subject_.state, subject_.holder, {}};
    for (const auto& [name, value] : entry.changes.facts) {
      undo.facts.set(name, subject_.fact(name));
    }
    entry.changes.undo = std::move(undo);
  }

  // Once somebody else has acted, a step can no longer be taken back.
  void clear_undo_of_others(Changes& changes) const {
    if (subject_.undo && subject_.undo->person != command_.actor.person) changes.clears_undo = true;
  }

  Result<Decision, Refusals> conclude(Entry entry, std::vector<Effect> effects) {
    Case next = apply(subject_, entry);
    return Decision{std::move(next), std::move(entry), std::move(effects), std::move(personal_)};
  }

  Entry blank_entry(EntryKind kind, std::string_view event, std::string_view clause) const {
    Entry entry;
    entry.case_id = command_.case_id;
    entry.procedure = rules_.procedure.name;
    entry.sequence = subject_.sequence + 1;
    entry.kind = kind;
    entry.event = event;
    entry.clause = clause;
    entry.from = subject_.state;
    entry.actor = command_.actor;
    entry.recorded_at = recorded_at_;
    entry.occurred_at = kind == EntryKind::signature ? recorded_at_ : occurred_at();
    entry.command = command_.id;
    entry.edition = rules_.edition.digest;
    entry.calendar = rules_.calendar.digest();
    entry.data = draft_.data.is_null() ? Value(Object{}) : draft_.data;
    entry.present = draft_.present;
    return entry;
  }

  // ---- reading the command ----------------------------------------------------------------------

  // Checks the form and the times; on success the draft record and the personal values are set.
  std::vector<Refusal> take_form(const std::string& form) {
    Draft draft =
        draft_of(command_, form, rules_.edition, subject_.sequence + 1, recorded_at_);
    draft_ = std::move(draft.record);
    personal_ = std::move(draft.personal);
    return std::move(draft.refusals);
  }

  // Lateness in the present state must be accounted for by whoever moves on; not by the public,
  // who cannot know it, nor by the timers.
  std::optional<Refusal> lateness_refusal(const std::string& reason, Instant moved_at) const {
    const Clock* clock = subject_.running_clock("state");
    const std::string& level = command_.actor.level;
    const bool is_accounted = !reason.empty() || level == "system" || level == "public";
    if (is_accounted || clock == nullptr || !is_late(*clock, moved_at)) return std::nullopt;
    return Refusal{"lateness_reason_required", {}, "/lateness_reason",
                   Object{{"due_at", to_text(*binding_due_at(*clock))}}};
  }

  std::vector<Refusal> annotation_refusals(const AnnotationRow& row, const StepPolicy& policy,
                                           const GuardContext& context, bool without_form) const {
    std::vector<GuardUse> uses = row.guards;
    for (const std::string& guard : policy.guards) {
      const int index = rules_.procedure.guard_index(guard);
      if (index >= 0) uses.push_back({index});
    }
    return refusals_of(uses, row.clause, context, rules_.procedure, without_form);
  }

  bool is_known_choice(const SignoffRule& rule) const {
    return command_.choice == "agree" || command_.choice == "refuse" ||
           (command_.choice == "recuse" && rule.mode == SignoffMode::vote);
  }

  // The rule under which a proposal is signed: of the state in which it waits; once it is
  // performed and the case has moved on, the rule of the event under which this actor may sign.
  const SignoffRule* signoff_of(const Proposal& proposal) const {
    const StepPolicy* here = rules_.edition.step(proposal.event, state_of(subject_));
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

  const Proposal* proposal_named(std::int64_t sequence) const {
    for (const Proposal& proposal : subject_.proposals) {
      if (proposal.sequence == sequence) return &proposal;
    }
    return nullptr;
  }

  GuardContext context_of(const Command& command) const {
    return {subject_, command, draft_, rules_.edition, rules_.calendar, recorded_at_};
  }

  std::vector<int> rows_of(std::string_view event) const {
    return rules_.procedure.rows_of(rules_.procedure.state_index(state_of(subject_)),
                                    rules_.procedure.event_index(event));
  }

  std::vector<std::string_view> levels_of(const std::vector<int>& rows) const {
    std::vector<std::string_view> levels;
    for (const int row : rows) {
      const auto& own = rules_.procedure.rows[static_cast<std::size_t>(row)].levels;
      levels.insert(levels.end(), own.begin(), own.end());
    }
    return levels;
  }

  Instant occurred_at() const { return command_.occurred_at.value_or(recorded_at_); }

  tl::unexpected<Refusals> no_such_step() const {
    return refused(RefusalKind::no_such_step, "no_such_step",
                   Object{{"event", command_.event}, {"state", state_of(subject_)}});
  }

  const Case& subject_;
  const Command& command_;
  const Rules& rules_;
  const Instant recorded_at_;
  Record draft_;
  std::vector<std::pair<std::string, Value>> personal_;
  std::optional<Proposal> signed_;
};

}  // namespace

Result<Decision, Refusals> decide(const Case& subject, const Command& command, const Rules& rules,
                                  Instant now) {
  return Door(subject, command, rules, now).decide();
}

}  // namespace yimen::workflow
