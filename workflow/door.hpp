// One command on its way through the door: what `decide` is made of. Internal to the engine.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workflow/decide.hpp"

namespace yimen::workflow {

class Door {
 public:
  Door(const Case& subject, const Command& command, const Rules& rules, Instant now);

  [[nodiscard]] Result<Decision, Refusals> decide();

 private:
  using Answer = Result<Decision, Refusals>;

  // The four kinds of command.
  Answer transition();
  Answer annotation();
  Answer signature();
  Answer take_back();

  // Proposals and their signatures.
  Answer propose(std::string_view clause);
  Answer put_signature(Proposal proposal);
  // The last signature that was needed performs the event, now and on what stands now.
  Answer perform_signed(Proposal proposal);
  [[nodiscard]] bool is_known_choice(const SignoffRule& rule) const;
  // The rule under which a proposal is signed: of the state in which it waits; once it is
  // performed and the case has moved on, the rule of the event under which this actor may sign.
  [[nodiscard]] const SignoffRule* signoff_of(const Proposal& proposal) const;
  [[nodiscard]] const Proposal* proposal_named(std::int64_t sequence) const;
  [[nodiscard]] const Proposal* open_proposal() const;

  // Performing.
  Answer perform(const RuleRow& row, const GuardContext& context, EntryKind kind);
  // What was proposed for the former state is superseded.
  void withdraw_open_proposal(Changes& changes) const;
  void note_undo(const RuleRow& row, const std::string& person, Entry& entry) const;
  // Once somebody else has acted, a step can no longer be taken back.
  void clear_undo_of_others(Changes& changes) const;
  Answer conclude(Entry entry, std::vector<Effect> effects);
  [[nodiscard]] Entry blank_entry(EntryKind kind, std::string_view event,
                                  std::string_view clause) const;

  // Reading the command. Where the form is taken, the draft record and the personal values are set.
  std::vector<Refusal> take_form(const std::string& form);
  // Lateness in the present state must be accounted for by whoever moves on; not by the public,
  // who cannot know it, nor by the timers.
  [[nodiscard]] std::optional<Refusal> lateness_refusal(const std::string& reason,
                                                        Instant moved_at) const;
  [[nodiscard]] GuardContext context_of(const Command& command) const;
  [[nodiscard]] std::string_view state() const;
  [[nodiscard]] std::vector<int> rows_of(std::string_view event) const;
  [[nodiscard]] std::vector<std::string_view> levels_of(const std::vector<int>& rows) const;
  [[nodiscard]] Instant occurred_at() const;
  [[nodiscard]] tl::unexpected<Refusals> no_such_step() const;

  const Case& subject_;
  const Command& command_;
  const Rules& rules_;
  const Instant recorded_at_;
  Record draft_;
  std::vector<std::pair<std::string, Value>> personal_;
  std::optional<Proposal> signed_;
};

[[nodiscard]] tl::unexpected<Refusals> refused(RefusalKind kind, std::vector<Refusal> refusals);
[[nodiscard]] tl::unexpected<Refusals> refused(RefusalKind kind, std::string code,
                                               Object params = {});
// The refusals of an annotation: the table's guards and the edition's.
[[nodiscard]] std::vector<Refusal> annotation_refusals(const AnnotationRow& row,
                                                       const StepPolicy& policy,
                                                       const GuardContext& context,
                                                       const Procedure& procedure,
                                                       bool without_form);

}  // namespace yimen::workflow
