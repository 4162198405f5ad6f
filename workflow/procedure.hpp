// A procedure as a runtime value: names, rows, guards and the step of its Boost.MSM machine, all
// derived from one list of rules. The engine knows procedures only through this.
#pragma once

#include <bitset>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/command.hpp"
#include "workflow/edition.hpp"
#include "workflow/step.hpp"

namespace yimen::workflow {

// All that a guard may read. `draft` is the record that the event's own form would leave.
struct GuardContext {
  const Case& subject;
  const Command& command;
  const Record& draft;
  const Edition& edition;
  const WorkingCalendar& calendar;
  Instant now;

  // Records of a kind that are not void, the draft included, oldest first.
  [[nodiscard]] std::vector<const Record*> records(std::string_view kind) const;
  [[nodiscard]] const Record* last(std::string_view kind) const;
};

// What an action may change.
struct Outcome {
  const GuardContext& context;
  Changes& changes;
  std::vector<Effect>& effects;
  std::int64_t sequence;
  Value& data;  // of the entry: what an action found out is put beside what the form said

  void set_fact(std::string_view name, Value value) { changes.facts.set(name, std::move(value)); }
  void hold(std::string unit) { changes.holder = Holder{std::move(unit), {}}; }
  void show_to(std::string unit);
  void void_records(std::initializer_list<std::string_view> kinds);
  void tell(std::string kind, Value details);
  // The fact as it will stand after this entry.
  [[nodiscard]] const Value& fact(std::string_view name) const;
};

// Nothing when the condition holds; else the parameters of the refusal.
using Check = std::optional<Object> (*)(const GuardContext&);
using Action = void (*)(Outcome&);

struct Guard {
  std::string_view name;
  Check check = nullptr;
  bool reads_form = false;  // cannot be judged before the form is filled
};

// Holds when one of the guards holds; a refusal names the first and tells of the others.
using GuardUse = std::vector<int>;

struct RuleRow {
  int from = 0;  // state index
  int event = 0;
  int to = 0;
  bool stays = false;
  bool undoable = false;
  std::vector<std::string_view> levels;  // which levels may act
  std::vector<int> selectors;            // guards that tell this row from its siblings
  std::vector<GuardUse> guards;
  std::vector<Action> actions;
  std::string_view clause;
};

struct AnnotationRow {
  std::string_view name;
  bool also_closed = false;
  std::vector<std::string_view> levels;
  std::vector<GuardUse> guards;
  std::vector<Action> actions;
  std::string_view clause;
};

struct Procedure {
  std::string_view name;
  std::vector<std::string_view> states;  // index 0 is `nothing`: not yet opened
  std::vector<bool> is_closed;           // by state
  std::vector<std::string_view> events;
  std::vector<Guard> guards;
  std::vector<RuleRow> rows;             // in the order of the table
  std::vector<AnnotationRow> annotations;
  Step (*step)(int state, int event, const RowBits& bits) = nullptr;
  std::string_view numbering_event;               // the event that gives the case its number
  // The form of an event that expiry itself takes; nullptr where every such form is empty.
  Value (*expiry_data)(const Case& subject, std::string_view event, const Edition& edition) =
      nullptr;

  // -1 where there is none.
  [[nodiscard]] int state_index(std::string_view state) const;
  [[nodiscard]] int event_index(std::string_view event) const;
  [[nodiscard]] int guard_index(std::string_view guard) const;
  [[nodiscard]] const AnnotationRow* annotation(std::string_view name) const;
  // The rows of one (state, event), in the order of the table.
  [[nodiscard]] std::vector<int> rows_of(int state, int event) const;
};

}  // namespace yimen::workflow
