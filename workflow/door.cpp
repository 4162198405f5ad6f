#include "workflow/door.hpp"

#include <algorithm>

#include "workflow/clockwork.hpp"
#include "workflow/draft.hpp"
#include "workflow/judgement.hpp"

namespace yimen::workflow {

tl::unexpected<Refusals> refused(RefusalKind kind, std::vector<Refusal> refusals) {
  return refuse(Refusals{kind, std::move(refusals)});
}

tl::unexpected<Refusals> refused(RefusalKind kind, std::string code, Object params) {
  return refused(kind, {Refusal{std::move(code), {}, {}, std::move(params)}});
}

std::vector<Refusal> annotation_refusals(const AnnotationRow& row, const StepPolicy& policy,
                                         const GuardContext& context, const Procedure& procedure,
                                         bool without_form) {
  std::vector<GuardUse> uses = row.guards;
  for (const std::string& guard : policy.guards) {
    const int index = procedure.guard_index(guard);
    if (index >= 0) uses.push_back({index});
  }
  return refusals_of(uses, row.clause, context, procedure, without_form);
}

Door::Door(const Case& subject, const Command& command, const Rules& rules, Instant now)
    : subject_(subject),
      command_(command),
      rules_(rules),
      recorded_at_(std::max(now, subject.recorded_at)) {}

// ---- performing ---------------------------------------------------------------------------------

Door::Answer Door::perform(const RuleRow& row, const GuardContext& context,
                                   EntryKind kind) {
  Entry entry = blank_entry(kind, context.command.event, row.clause);
  entry.lateness_reason = context.command.lateness_reason;
  Changes& changes = entry.changes;
  if (!row.stays) {
    changes.state = rules_.procedure.states[static_cast<std::size_t>(row.to)];
    if (*changes.state == rules_.procedure.states.front()) changes.state.reset();
  }
  std::vector<Effect> effects;
  Outcome outcome{context, changes, effects, entry.sequence, entry.data};
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

void Door::withdraw_open_proposal(Changes& changes) const {
  const Proposal* waiting = open_proposal();
  if (waiting == nullptr) return;
  changes.proposal = *waiting;
  changes.proposal->outcome = "withdrawn";
}

void Door::note_undo(const RuleRow& row, const std::string& person, Entry& entry) const {
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

void Door::clear_undo_of_others(Changes& changes) const {
  if (subject_.undo && subject_.undo->person != command_.actor.person) changes.clears_undo = true;
}

Door::Answer Door::conclude(Entry entry, std::vector<Effect> effects) {
  Case next = apply(subject_, entry);
  return Decision{std::move(next), std::move(entry), std::move(effects), std::move(personal_)};
}

Entry Door::blank_entry(EntryKind kind, std::string_view event, std::string_view clause) const {
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

// ---- reading the command ------------------------------------------------------------------------

std::vector<Refusal> Door::take_form(const std::string& form) {
  Draft draft =
      draft_of(command_, form, rules_.edition, subject_.sequence + 1, recorded_at_);
  draft_ = std::move(draft.record);
  personal_ = std::move(draft.personal);
  return std::move(draft.refusals);
}

std::optional<Refusal> Door::lateness_refusal(const std::string& reason, Instant moved_at) const {
  const Clock* clock = subject_.running_clock("state");
  const std::string& level = command_.actor.level;
  const bool is_accounted = !reason.empty() || level == "system" || level == "public";
  if (is_accounted || clock == nullptr || !is_late(*clock, moved_at)) return std::nullopt;
  return Refusal{"lateness_reason_required", {}, "/lateness_reason",
                 Object{{"due_at", to_text(*binding_due_at(*clock))}}};
}

GuardContext Door::context_of(const Command& command) const {
  return {subject_, command, draft_, rules_.edition, rules_.calendar, recorded_at_};
}

std::string_view Door::state() const {
  return subject_.state.empty() ? rules_.procedure.states.front()
                                : std::string_view(subject_.state);
}

std::vector<int> Door::rows_of(std::string_view event) const {
  return rules_.procedure.rows_of(rules_.procedure.state_index(state()),
                                  rules_.procedure.event_index(event));
}

std::vector<std::string_view> Door::levels_of(const std::vector<int>& rows) const {
  std::vector<std::string_view> levels;
  for (const int row : rows) {
    const auto& own = rules_.procedure.rows[static_cast<std::size_t>(row)].levels;
    levels.insert(levels.end(), own.begin(), own.end());
  }
  return levels;
}

Instant Door::occurred_at() const { return command_.occurred_at.value_or(recorded_at_); }

tl::unexpected<Refusals> Door::no_such_step() const {
  return refused(RefusalKind::no_such_step, "no_such_step",
                 Object{{"event", command_.event}, {"state", state()}});
}

}  // namespace yimen::workflow
