#include "definitions/edition_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "definitions/digest.hpp"

namespace yimen::definitions {

namespace {

using workflow::Budget;
using workflow::BudgetUnit;
using workflow::SignoffMode;
using workflow::SignoffRule;
using workflow::StepPolicy;
using workflow::Value;

using Findings = std::vector<Finding>;
using Conditions = std::map<std::string, std::vector<Value>>;

constexpr int largest_vote = 500;

constexpr std::array<std::pair<std::string_view, BudgetUnit>, 8> budget_units{{
    {"working_days", BudgetUnit::working_days},
    {"calendar_days", BudgetUnit::calendar_days},
    {"hours", BudgetUnit::hours},
    {"months", BudgetUnit::months},
    {"same_day", BudgetUnit::same_day},
    {"end_of_month", BudgetUnit::end_of_month},
    {"day_of_month", BudgetUnit::day_of_month},
    {"day_of_next_month", BudgetUnit::day_of_next_month},
}};

constexpr std::array<std::pair<std::string_view, SignoffMode>, 4> signoff_modes{{
    {"none", SignoffMode::none},
    {"one_of", SignoffMode::one_of},
    {"all_of", SignoffMode::all_of},
    {"vote", SignoffMode::vote},
}};

// The enumerator of a name in the list; the first one, with a finding, for any other name.
template <class Enum, std::size_t Size>
Enum named(ObjectReader& reader, std::string_view key,
           const std::array<std::pair<std::string_view, Enum>, Size>& names) {
  const std::string name = reader.text(key);
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  if (!name.empty()) {
    workflow::Array allowed;
    for (const auto& [known, value] : names) allowed.emplace_back(known);
    reader.add(key, "unknown_value", {{"allowed", std::move(allowed)}});
  }
  return names[0].second;
}

Budget budget_member(ObjectReader& reader, std::string_view key, Findings& findings) {
  return budget_from(reader.any(key), reader.pointer_to(key), findings);
}

SignoffRule signoff_from(const Value& value, std::string pointer, Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  SignoffRule rule;
  rule.mode = named(reader, "mode", signoff_modes);
  rule.posts = reader.texts("posts", Presence::optional);
  rule.substitutes = reader.texts("substitutes", Presence::optional);
  rule.in_sequence = reader.truth("in_sequence", Presence::optional);
  rule.members = reader.integer("members", 0, largest_vote, Presence::optional);
  rule.quorum = reader.integer("quorum", 0, largest_vote, Presence::optional);
  rule.majority_percent = reader.integer("majority_percent", 0, 100, Presence::optional);
  reader.finish();
  return rule;
}

StepPolicy policy_from(ObjectReader& reader, Findings& findings) {
  StepPolicy policy;
  policy.posts = reader.texts("posts");
  policy.form = reader.text("form", Presence::optional);
  if (reader.has("signoff")) {
    policy.signoff =
        signoff_from(reader.any("signoff"), reader.pointer_to("signoff"), findings);
  }
  return policy;
}

// {"category": ["medical"], "emergency": [false, null]}: one of the values for each name.
Conditions conditions_from(ObjectReader& reader, std::string_view key) {
  Conditions conditions;
  for (const auto& [name, values] : reader.members(key, Presence::optional)) {
    if (!values.is_array() || values.items().empty()) {
      reader.add(key, "condition_without_values", {{"name", name}});
    }
    conditions[name] = values.items();
  }
  return conditions;
}

workflow::LimitRule limit_from(const Value& value, std::string pointer, Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  workflow::LimitRule limit;
  limit.code = reader.text("code");
  limit.when = conditions_from(reader, "when");
  limit.budget = budget_member(reader, "budget", findings);
  limit.basis = reader.text("basis");
  limit.mark = reader.choice("mark", {"statute", "plan", "regional", "proposal"});
  limit.valid_from = reader.text("valid_from", Presence::optional);
  limit.valid_to = reader.text("valid_to", Presence::optional);
  limit.on_expiry = reader.text("on_expiry");
  reader.finish();
  return limit;
}

}  // namespace

Budget budget_from(const Value& value, std::string pointer, Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  Budget budget;
  budget.unit = named(reader, "unit", budget_units);
  budget.amount = reader.integer("amount", 0, workflow::budget_amount_max);
  budget.rolls = reader.truth("rolls", Presence::optional);
  reader.finish();
  return budget;
}

StepPolicy event_policy_from(const Value& value, std::string pointer, Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  StepPolicy policy = policy_from(reader, findings);
  policy.from = reader.text("from", Presence::optional);
  reader.finish();
  return policy;
}

StepPolicy annotation_policy_from(const Value& value, std::string pointer, Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  StepPolicy policy = policy_from(reader, findings);
  policy.guards = reader.texts("guards", Presence::optional);
  reader.finish();
  return policy;
}

workflow::Category category_from(const std::string& code, const Value& value, std::string pointer,
                                 Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  workflow::Category category;
  category.code = code;
  category.department = reader.text("department");
  category.approval = reader.choice("approval", {"local", "county", "none"});
  category.notice = reader.choice("notice", {"required", "exempt"});
  category.notice_period = budget_member(reader, "notice_period", findings);
  category.repeat_notice_period = budget_member(reader, "repeat_notice_period", findings);
  category.recipient = reader.truth("recipient");
  category.required_documents = reader.texts("required_documents");
  reader.finish();
  return category;
}

workflow::ClockRule clock_rule_from(const Value& value, std::string pointer, Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  workflow::ClockRule clock;
  clock.name = reader.text("name");
  clock.state = reader.text("state", Presence::optional);
  clock.starts_on = reader.texts("starts_on", Presence::optional);
  clock.starts_where = conditions_from(reader, "starts_where");
  clock.starts_entering = reader.texts("starts_entering", Presence::optional);
  clock.stops_on = reader.texts("stops_on", Presence::optional);
  clock.stops_entering = reader.texts("stops_entering", Presence::optional);
  clock.stops_leaving = reader.texts("stops_leaving", Presence::optional);
  const std::string limits = reader.pointer_to("limits") + "/";
  for (const Value& item : reader.items("limits")) {
    clock.limits.push_back(
        limit_from(item, limits + std::to_string(clock.limits.size()), findings));
  }
  reader.finish();
  return clock;
}

workflow::LadderRung rung_from(const Value& value, std::string pointer, Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  workflow::LadderRung rung;
  rung.code = reader.text("code");
  if (reader.has("percent")) rung.percent = reader.integer("percent", 1, 99);
  if (reader.has("after")) rung.after = budget_member(reader, "after", findings);
  rung.day_before = reader.truth("day_before", Presence::optional);
  rung.takes = reader.text("takes", Presence::optional);
  rung.tells = reader.texts("tells");
  const int places = (rung.percent ? 1 : 0) + (rung.after ? 1 : 0) + (rung.day_before ? 1 : 0);
  if (places > 1) reader.add("code", "rung_in_two_places");
  reader.finish();
  return rung;
}

workflow::Form form_from(const std::string& code, const Value& value, std::string pointer,
                         Findings& findings) {
  ObjectReader reader(value, std::move(pointer), findings);
  workflow::Form form;
  form.code = code;
  form.schema = reader.any("schema");
  form.digest = sha256_hex(canonical(form.schema));
  form.examples = reader.items("examples");
  reader.finish();
  return form;
}

}  // namespace yimen::definitions
