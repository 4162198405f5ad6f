#include <algorithm>

#include "workflow/door.hpp"
#include "workflow/judgement.hpp"
#include "workflow/permission.hpp"

namespace yimen::workflow {

namespace {

class Possibilities {
 public:
  Possibilities(const Case& subject, const Actor& actor, const Rules& rules, Instant now)
      : subject_(subject),
        actor_(actor),
        rules_(rules),
        from_(subject.state.empty() ? rules.procedure.states.front() : subject.state),
        state_(rules.procedure.state_index(from_)),
        now_(std::max(now, subject.recorded_at)) {
    command_.actor = actor;
  }

  void add_events(std::vector<PossibleAction>& actions) const {
    const Procedure& procedure = rules_.procedure;
    for (std::size_t event = 0; event < procedure.events.size(); ++event) {
      const auto rows = procedure.rows_of(state_, static_cast<int>(event));
      const StepPolicy* policy = rules_.edition.step(procedure.events[event], from_);
      if (rows.empty() || policy == nullptr) continue;
      std::vector<std::string_view> levels;
      for (const int row : rows) {
        const auto& own = procedure.rows[static_cast<std::size_t>(row)].levels;
        levels.insert(levels.end(), own.begin(), own.end());
      }
      auto unmet = foreseeable_refusals(rows, context(), procedure);
      if (policy->signoff.mode != SignoffMode::none && waits_for_signatures()) {
        unmet.push_back({"pending_signoff", {}, {}, {}});
      }
      actions.push_back(judged(std::string(procedure.events[event]), EntryKind::transition,
                               *policy, levels, std::move(unmet)));
    }
  }

  void add_annotations(std::vector<PossibleAction>& actions) const {
    const bool is_closed =
        state_ >= 0 && rules_.procedure.is_closed[static_cast<std::size_t>(state_)];
    for (const AnnotationRow& row : rules_.procedure.annotations) {
      const StepPolicy* policy = rules_.edition.annotation(row.name);
      if (policy == nullptr || (is_closed && !row.also_closed)) continue;
      actions.push_back(judged(std::string(row.name), EntryKind::annotation, *policy, row.levels,
                               annotation_refusals(row, *policy, context(), rules_.procedure,
                                                   true)));
    }
  }

  void add_take_back(std::vector<PossibleAction>& actions) const {
    if (!subject_.undo || subject_.undo->person != actor_.person) return;
    const Instant closes =
        due(rules_.edition.take_back_window, subject_.undo->at, rules_.calendar, {}, now_).at;
    if (now_ <= closes) actions.push_back({"take_back", EntryKind::take_back, {}, true, {}});
  }

 private:
  PossibleAction judged(std::string name, EntryKind kind, const StepPolicy& policy,
                        const std::vector<std::string_view>& levels,
                        std::vector<Refusal> unmet) const {
    PossibleAction action{std::move(name), kind, policy.form, false, {}};
    auto denied = not_permitted(
        subject_, actor_, {policy, levels, kind == EntryKind::transition}, rules_.edition);
    if (!denied.empty()) {
      action.refusals = {RefusalKind::not_allowed, std::move(denied)};
    } else if (!unmet.empty()) {
      action.refusals = {RefusalKind::conditions_not_met, std::move(unmet)};
    } else {
      action.allowed = true;
    }
    return action;
  }

  bool waits_for_signatures() const {
    return std::any_of(subject_.proposals.begin(), subject_.proposals.end(),
                       [](const Proposal& proposal) { return proposal.outcome.empty(); });
  }

  GuardContext context() const {
    return {subject_, command_, draft_, rules_.edition, rules_.calendar, now_};
  }

  const Case& subject_;
  const Actor& actor_;
  const Rules& rules_;
  const std::string_view from_;
  const int state_;
  const Instant now_;
  Command command_;
  Record draft_;
};

}  // namespace

std::vector<PossibleAction> possible_actions(const Case& subject, const Actor& actor,
                                             const Rules& rules, Instant now) {
  std::vector<PossibleAction> actions;
  const Possibilities possibilities(subject, actor, rules, now);
  possibilities.add_events(actions);
  if (!subject.state.empty()) possibilities.add_annotations(actions);
  possibilities.add_take_back(actions);
  return actions;
}

}  // namespace yimen::workflow
