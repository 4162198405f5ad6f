#include "workflow/procedure.hpp"

#include <algorithm>

namespace yimen::workflow {

namespace {

int place_of(const std::vector<std::string_view>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  return at != names.end() ? static_cast<int>(at - names.begin()) : -1;
}

}  // namespace

std::vector<const Record*> GuardContext::records(std::string_view kind) const {
  std::vector<const Record*> found = subject.all(kind);
  if (draft.kind == kind) found.push_back(&draft);
  return found;
}

const Record* GuardContext::last(std::string_view kind) const {
  return draft.kind == kind ? &draft : subject.last(kind);
}

void Outcome::show_to(std::string unit) {
  const auto& known = context.subject.units;
  const bool is_new = std::find(known.begin(), known.end(), unit) == known.end() &&
                      std::find(changes.units.begin(), changes.units.end(), unit) ==
                          changes.units.end();
  if (is_new && !unit.empty()) changes.units.push_back(std::move(unit));
}

void Outcome::void_records(std::initializer_list<std::string_view> kinds) {
  for (const Record& record : context.subject.records) {
    const bool named = std::find(kinds.begin(), kinds.end(), record.kind) != kinds.end();
    if (named && !record.is_void()) changes.voided.push_back(record.sequence);
  }
}

void Outcome::tell(std::string kind, Value details) {
  effects.push_back({std::move(kind), std::move(details)});
}

const Value& Outcome::fact(std::string_view name) const {
  const Value* changed = changes.facts.find(name);
  return changed != nullptr ? *changed : context.subject.fact(name);
}

int Procedure::state_index(std::string_view state) const { return place_of(states, state); }

int Procedure::event_index(std::string_view event) const { return place_of(events, event); }

int Procedure::guard_index(std::string_view guard) const {
  const auto at = std::find_if(guards.begin(), guards.end(),
                               [&](const Guard& known) { return known.name == guard; });
  return at != guards.end() ? static_cast<int>(at - guards.begin()) : -1;
}

const AnnotationRow* Procedure::annotation(std::string_view wanted) const {
  const auto at = std::find_if(annotations.begin(), annotations.end(),
                               [&](const AnnotationRow& row) { return row.name == wanted; });
  return at != annotations.end() ? &*at : nullptr;
}

std::vector<int> Procedure::rows_of(int state, int event) const {
  std::vector<int> found;
  for (std::size_t index = 0; index < rows.size(); ++index) {
    if (rows[index].from == state && rows[index].event == event) {
      found.push_back(static_cast<int>(index));
    }
  }
  return found;
}

}  // namespace yimen::workflow
