#include "tests/workflow/tiny_procedure.hpp"

namespace yimen::tests {

namespace {

using namespace workflow;

using Unmet = std::optional<Object>;

Unmet unless(bool holds, Object params = {}) {
  return holds ? Unmet{} : Unmet{std::move(params)};
}

Unmet is_small(const GuardContext& given) {
  return unless(given.subject.fact("size").text() == "small");
}
Unmet is_large(const GuardContext& given) {
  return unless(given.subject.fact("size").text() == "large");
}
Unmet paid(const GuardContext& given) {
  return unless(given.subject.fact("paid").truth(), {{"due", 5}});
}
Unmet checked(const GuardContext& given) { return unless(given.subject.fact("checked").truth()); }
Unmet waived(const GuardContext& given) { return unless(given.subject.fact("waived").truth()); }
Unmet note_given(const GuardContext& given) { return unless(given.draft.has("/note")); }

void keep_facts(Outcome& outcome) {
  for (const char* fact : {"size", "paid", "checked", "waived"}) {
    if (outcome.context.draft.data.has(fact)) {
      outcome.set_fact(fact, outcome.context.draft.data[fact]);
    }
  }
  outcome.hold("station");
}

// Events: open 0, finish 1, look 2. Rows in the order below.
Step step(int state, int event, const RowBits& bits) {
  constexpr int cells[][3] = {{0, 0, 0}, {1, 1, 1}, {1, 1, 2}, {1, 2, 3}};
  Step step;
  for (const auto& [from, on, row] : cells) {
    if (from != state || on != event) continue;
    if (bits.test(static_cast<std::size_t>(row))) return {StepResult::taken, row};
    step.result = StepResult::refused;
  }
  return step;
}

Value schema_of(const char* properties) {
  return *parse(std::string(R"({"type":"object","additionalProperties":false,"required":[],)") +
                R"("properties":{)" + properties + "}}");
}

Form form_of(const char* code, const char* properties) {
  return {code, code, schema_of(properties), {Object{}}};
}

Procedure make() {
  Procedure made;
  made.name = "tiny";
  made.states = {"nothing", "waiting", "done"};
  made.is_closed = {false, false, true};
  made.events = {"open", "finish", "look"};
  made.guards = {{"is_small", is_small, false}, {"is_large", is_large, false},
                 {"paid", paid, false},         {"checked", checked, false},
                 {"waived", waived, false},     {"note_given", note_given, true}};
  const std::vector<std::string_view> station{"station"};
  made.rows = {
      {0, 0, 1, false, false, station, {}, {}, {keep_facts}, "1"},
      {1, 1, 2, false, false, station, {0}, {{2, 4}, {3}, {5}}, {}, "2"},
      {1, 1, 2, false, false, station, {1}, {{2}}, {}, "3"},
      {1, 2, 1, true, false, station, {}, {}, {}, "4"},
  };
  made.annotations = {{"set", false, station, {}, {keep_facts}, ""},
                      {"remember", true, station, {}, {}, ""}};
  made.step = step;
  return made;
}

}  // namespace

const Procedure& tiny_procedure() {
  static const Procedure made = make();
  return made;
}

Edition tiny_edition() {
  Edition edition;
  edition.procedure = "tiny";
  edition.digest = "tiny";
  const char* facts = R"("size":{"type":"string","enum":["small","large"]},)"
                      R"("paid":{"type":"boolean"},"checked":{"type":"boolean"},)"
                      R"("waived":{"type":"boolean"})";
  const char* note = R"("note":{"type":"string","minLength":2,"maxLength":9,"x-personal":true},)"
                     R"("copies":{"type":"integer","minimum":1,"maximum":3})";
  edition.forms = {{"facts", form_of("facts", facts)}, {"note", form_of("note", note)}};
  edition.events["open"] = {{"", {"clerk"}, "facts", {}, {}}};
  edition.events["finish"] = {{"", {"clerk"}, "note", {}, {}}};
  edition.events["look"] = {{"", {"clerk", "head"}, "", {}, {}}};
  edition.annotations["set"] = {"", {"clerk"}, "facts", {}, {}};
  edition.annotations["remember"] = {"", {"clerk"}, "", {}, {"paid"}};
  edition.post_level = {{"clerk", "station"}, {"head", "station"}, {"elder", "village"}};
  edition.lateness_reasons = {"oversight"};
  edition.clocks = {{"state", "waiting", {}, {}, {}, {}, {}, {},
                     {{"two_hours", {}, {BudgetUnit::hours, 2, false}, "", "", "", "", "red"}}}};
  edition.ladder = {{"expired", {}, {}, false}};
  edition.take_back_window = {BudgetUnit::hours, 1, false};
  return edition;
}

}  // namespace yimen::tests
