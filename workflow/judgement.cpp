#include "workflow/judgement.hpp"

#include <algorithm>
#include <iterator>

namespace yimen::workflow {

namespace {

const Guard& guard_at(const Procedure& procedure, int index) {
  return procedure.guards[static_cast<std::size_t>(index)];
}

// Nothing when one of the alternatives holds; else the refusal of the first, naming the others.
std::optional<Refusal> refusal_of(const GuardUse& use, std::string_view clause,
                                  const GuardContext& context, const Procedure& procedure) {
  std::optional<Refusal> first;
  Array others;
  for (const int index : use) {
    const Guard& guard = guard_at(procedure, index);
    auto params = guard.check(context);
    if (!params) return std::nullopt;
    if (first) {
      others.emplace_back(guard.name);
    } else {
      first = Refusal{std::string(guard.name), std::string(clause), {}, std::move(*params)};
    }
  }
  if (first && !others.empty()) first->params.set("or", std::move(others));
  return first;
}

bool reads_form(const GuardUse& use, const Procedure& procedure) {
  return std::any_of(use.begin(), use.end(),
                     [&](int index) { return guard_at(procedure, index).reads_form; });
}

std::vector<GuardUse> selectors_as_uses(const RuleRow& row) {
  std::vector<GuardUse> uses;
  for (const int selector : row.selectors) uses.push_back({selector});
  return uses;
}

struct JudgedRow {
  const RuleRow* row;
  std::vector<Refusal> unselected;
  std::vector<Refusal> refusals;
};

}  // namespace

std::vector<Refusal> refusals_of(const std::vector<GuardUse>& uses, std::string_view clause,
                                 const GuardContext& context, const Procedure& procedure,
                                 bool without_form) {
  std::vector<Refusal> refusals;
  for (const GuardUse& use : uses) {
    if (without_form && reads_form(use, procedure)) continue;
    if (auto refusal = refusal_of(use, clause, context, procedure)) {
      refusals.push_back(std::move(*refusal));
    }
  }
  return refusals;
}

Judgement judge(const std::vector<int>& rows, const GuardContext& context,
                const Procedure& procedure) {
  RowBits bits;
  std::vector<JudgedRow> judged;
  for (const int index : rows) {
    const RuleRow& row = procedure.rows[static_cast<std::size_t>(index)];
    judged.push_back({&row,
                      refusals_of(selectors_as_uses(row), row.clause, context, procedure, false),
                      refusals_of(row.guards, row.clause, context, procedure, false)});
    const bool holds = judged.back().unselected.empty() && judged.back().refusals.empty();
    bits.set(static_cast<std::size_t>(index), holds);
  }
  const RuleRow& any = procedure.rows[static_cast<std::size_t>(rows.front())];
  const Step step = procedure.step(any.from, any.event, bits);
  if (step.result == StepResult::taken) {
    return {&procedure.rows[static_cast<std::size_t>(step.row)], {}};
  }
  // The row that was meant is the one whose selectors hold.
  for (JudgedRow& row : judged) {
    if (row.unselected.empty()) return {nullptr, std::move(row.refusals)};
  }
  Judgement none;
  for (JudgedRow& row : judged) {
    std::move(row.unselected.begin(), row.unselected.end(), std::back_inserter(none.refusals));
  }
  return none;
}

std::vector<Refusal> foreseeable_refusals(const std::vector<int>& rows,
                                          const GuardContext& context,
                                          const Procedure& procedure) {
  std::vector<Refusal> unselected;
  std::optional<std::vector<Refusal>> fewest;
  for (const int index : rows) {
    const RuleRow& row = procedure.rows[static_cast<std::size_t>(index)];
    auto against = refusals_of(selectors_as_uses(row), row.clause, context, procedure, true);
    if (!against.empty()) {
      std::move(against.begin(), against.end(), std::back_inserter(unselected));
      continue;
    }
    auto refusals = refusals_of(row.guards, row.clause, context, procedure, true);
    if (!fewest || refusals.size() < fewest->size()) fewest = std::move(refusals);
  }
  return fewest ? std::move(*fewest) : std::move(unselected);
}

}  // namespace yimen::workflow
