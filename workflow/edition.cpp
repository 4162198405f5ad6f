#include "workflow/edition.hpp"

#include <algorithm>

namespace yimen::workflow {

namespace {

template <class Map>
auto pointer_to(const Map& map, std::string_view key) {
  const auto at = map.find(std::string(key));
  return at != map.end() ? &at->second : nullptr;
}

}  // namespace

const StepPolicy* Edition::step(std::string_view event, std::string_view from) const {
  const std::vector<StepPolicy>* policies = pointer_to(events, event);
  if (policies == nullptr) return nullptr;
  const StepPolicy* general = nullptr;
  for (const StepPolicy& policy : *policies) {
    if (!policy.from.empty() && policy.from == from) return &policy;
    if (policy.from.empty() && general == nullptr) general = &policy;
  }
  return general;
}

const StepPolicy* Edition::annotation(std::string_view code) const {
  return pointer_to(annotations, code);
}

const Form* Edition::form(std::string_view code) const { return pointer_to(forms, code); }

const Category* Edition::category(std::string_view code) const {
  return pointer_to(categories, code);
}

const LadderRung* Edition::rung(std::string_view code, bool emergency) const {
  const auto& first = emergency ? emergency_ladder : ladder;
  const auto& second = emergency ? ladder : emergency_ladder;
  for (const auto* rungs : {&first, &second}) {
    const auto at = std::ranges::find(*rungs, code, &LadderRung::code);
    if (at != rungs->end()) return &*at;
  }
  return nullptr;
}

}  // namespace yimen::workflow
