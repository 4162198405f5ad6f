#include "workflow/decide.hpp"

#include "workflow/clockwork.hpp"
#include "workflow/door.hpp"
#include "workflow/judgement.hpp"
#include "workflow/permission.hpp"

namespace yimen::workflow {

Result<Decision, Refusals> Door::decide() {
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

Door::Answer Door::transition() {
  const auto rows = rows_of(command_.event);
  const StepPolicy* policy = rules_.edition.step(command_.event, state());
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
  if (needs_signatures && open_proposal() != nullptr) {
    refusals.push_back({"pending_signoff", {}, {}, {}});
  }
  if (!refusals.empty()) return refused(RefusalKind::conditions_not_met, std::move(refusals));

  if (needs_signatures) return propose(judgement.row->clause);
  return perform(*judgement.row, context, EntryKind::transition);
}

Door::Answer Door::annotation() {
  const AnnotationRow* row = rules_.procedure.annotation(command_.event);
  const StepPolicy* policy = rules_.edition.annotation(command_.event);
  const int place = rules_.procedure.state_index(state());
  const bool is_closed = place > 0 && rules_.procedure.is_closed[static_cast<std::size_t>(place)];
  if (row == nullptr || policy == nullptr || place <= 0 || (is_closed && !row->also_closed)) {
    return no_such_step();
  }
  auto denied =
      not_permitted(subject_, command_.actor, {*policy, row->levels, false}, rules_.edition);
  if (!denied.empty()) return refused(RefusalKind::not_allowed, std::move(denied));
  auto findings = take_form(policy->form);
  if (!findings.empty()) return refused(RefusalKind::invalid_data, std::move(findings));

  const GuardContext context = context_of(command_);
  auto refusals = annotation_refusals(*row, *policy, context, rules_.procedure, false);
  if (!refusals.empty()) return refused(RefusalKind::conditions_not_met, std::move(refusals));

  Entry entry = blank_entry(EntryKind::annotation, command_.event, row->clause);
  std::vector<Effect> effects;
  Outcome outcome{context, entry.changes, effects, entry.sequence, entry.data};
  for (const Action act : row->actions) act(outcome);
  run_clocks(outcome, {command_.event, subject_.state, {}, false, occurred_at(), entry.sequence});
  clear_undo_of_others(entry.changes);
  return conclude(std::move(entry), std::move(effects));
}

Door::Answer Door::take_back() {
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
  Outcome outcome{context, entry.changes, effects, entry.sequence, entry.data};
  turn_back_clocks(outcome, undo.sequence);
  return conclude(std::move(entry), std::move(effects));
}

Result<Decision, Refusals> decide(const Case& subject, const Command& command, const Rules& rules,
                                  Instant now) {
  return Door(subject, command, rules, now).decide();
}

}  // namespace yimen::workflow
