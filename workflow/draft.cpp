#include "workflow/draft.hpp"

#include <algorithm>

#include "workflow/form.hpp"

namespace yimen::workflow {

namespace {

void check_form(const Form* form, const Value& data, std::vector<Refusal>& refusals) {
  if (form == nullptr) {
    const bool says_nothing = data.is_object() && data.members().empty();
    if (!says_nothing) refusals.push_back({"unknown_member", {}, "", {}});
    return;
  }
  for (Finding& finding : check_data(form->schema, data)) {
    refusals.push_back({std::move(finding.code), {}, std::move(finding.pointer),
                        std::move(finding.params)});
  }
}

void check_times(const Command& command, const Edition& edition, Instant recorded_at,
                 std::vector<Refusal>& refusals) {
  const auto& known = edition.lateness_reasons;
  const bool is_known =
      command.lateness_reason.empty() ||
      std::find(known.begin(), known.end(), command.lateness_reason) != known.end();
  if (!is_known) refusals.push_back({"unknown_lateness_reason", {}, "/lateness_reason", {}});
  if (!command.occurred_at) return;
  if (*command.occurred_at > recorded_at) {
    refusals.push_back({"in_the_future", {}, "/occurred_at", {}});
  }
  if (*command.occurred_at < recorded_at - std::chrono::days(edition.backdating_days_max)) {
    refusals.push_back({"backdated_too_far", {}, "/occurred_at",
                        Object{{"days", edition.backdating_days_max}}});
  }
}

}  // namespace

Draft draft_of(const Command& command, const std::string& form, const Edition& edition,
               std::int64_t sequence, Instant recorded_at) {
  Draft draft;
  const Form* known = edition.form(form);
  const Value data = command.data.is_null() ? Value(Object{}) : command.data;
  check_form(known, data, draft.refusals);
  check_times(command, edition, recorded_at, draft.refusals);
  if (!draft.refusals.empty()) return draft;
  SplitData split = known != nullptr ? split_personal(known->schema, data) : SplitData{data, {}};
  draft.record.sequence = sequence;
  draft.record.kind = command.event;
  draft.record.recorded_at = recorded_at;
  draft.record.occurred_at = command.occurred_at.value_or(recorded_at);
  draft.record.by = command.actor;
  draft.record.data = std::move(split.open);
  for (const auto& [pointer, value] : split.personal) draft.record.present.push_back(pointer);
  draft.personal = std::move(split.personal);
  return draft;
}

}  // namespace yimen::workflow
