// The whole procedure, read as one table, and the machine measured against it. A new rule fails
// the first test until the table here has been read and changed.
#include <algorithm>
#include <map>
#include <sstream>

#include "definitions/assistance/procedure.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

using workflow::GuardUse;
using workflow::Procedure;
using workflow::RowBits;
using workflow::RuleRow;
using workflow::StepResult;

const Procedure& procedure() { return definitions::assistance::procedure(); }

// Columns are the state before, cells the state after: `=` stays, `.` no such step; a figure
// counts the rows of a cell that conditions tell apart.
const std::map<std::string_view, std::string_view> short_names{
    {"nothing", "no"},          {"discovered", "di"},       {"village_review", "vi"},
    {"declined_by_village", "de"}, {"reported_to_station", "re"}, {"joint_review", "jo"},
    {"referred_out", "ro"},     {"assigned_to_department", "as"}, {"handled", "ha"},
    {"explained", "ex"},        {"publicized", "pu"},       {"objection_review", "ob"},
    {"escalated_to_county", "co"}, {"archived", "AR"},      {"withdrawn", "WI"}};

constexpr std::string_view table_as_read = R"(
                      no  di  vi  de  re  jo  ro  as  ha  ex  pu  ob  co  AR  WI
discover              di  .   .   .   .   .   .   .   .   .   .   .   .   .   .
submit_for_review     .   vi  .   .   .   .   .   .   .   .   .   .   .   .   .
receive_application   .   re  .   .   .   .   .   .   .   .   .   .   .   .   .
report_emergency      .   re  re  re  .   .   .   .   .   .   .   .   .   .   .
report_restricted     .   re  re  .   .   .   .   .   .   .   .   .   .   .   .
agree                 .   .   re  .   .   .   .   .   .   .   .   .   .   .   .
decline               .   .   de  .   .   .   .   .   .   .   .   .   .   .   .
request_facts         .   .   di  .   .   .   .   .   .   .   .   .   .   .   .
call_up               .   .   re  re  .   .   .   .   .   .   .   .   .   .   .
accept                .   .   .   .   =   .   .   .   .   .   .   .   .   .   .
return_to_village     .   .   .   .   vi  .   .   .   .   .   .   .   .   .   .
assign                .   .   .   .   as  as  .   .   .   .   .   .   .   .   .
refer_to_joint_review .   .   .   .   jo  .   .   jo  .   .   .   .   .   .   .
split_off             as  .   .   .   .   .   .   .   .   .   .   .   .   .   .
refer_out             .   .   .   .   ro  .   .   ro  .   .   .   .   .   .   .
receive_answer        .   .   .   .   .   .   re  .   .   .   .   .   .   .   .
sign_for              .   .   .   .   .   .   .   =   .   .   .   .   .   .   .
transfer              .   .   .   .   .   .   .   =   .   .   .   .   .   .   .
return_to_station     .   .   .   .   .   .   .   re  .   .   .   .   .   .   .
handle                .   .   .   .   .   .   .   ha  .   .   .   .   .   .   .
explain               .   ex  .   ex  ex  ex  .   ex  .   .   .   .   .   .   .
publish               .   .   .   .   .   pu  .   .   pu  pu  .   .   .   .   .
object                .   .   .   .   .   .   .   .   ob  .   ob  .   ob  .   .
uphold_objection      .   .   .   .   .   .   .   .   .   .   .   as  .   .   .
reject_objection      .   .   .   .   .   .   .   .   .   .   .   pu  .   .   .
approve               .   .   .   .   .   .   .   .   ha  .   ha  .   .   .   .
escalate              .   .   .   .   .   co2 .   .   co2 .   co2 .   .   .   .
county_approve        .   .   .   .   .   .   .   .   .   .   .   .   ha  .   .
county_refuse         .   .   .   .   .   .   .   .   .   .   .   .   as  .   .
county_return         .   .   .   .   .   .   .   .   .   .   .   .   re  .   .
archive               .   .   .   .   .   .   .   .   AR  AR  AR2 .   .   .   .
withdraw              .   WI  WI  WI  WI  WI  WI  WI  WI  WI  WI  WI  WI  .   .
reopen                .   .   .   .   .   .   .   .   re  re  .   .   .   re  re
)";

std::string padded(std::string_view text, std::size_t width) {
  std::string cell(text);
  cell.resize(std::max(width, cell.size()), ' ');
  return cell;
}

std::string_view short_name(int state) {
  return short_names.at(procedure().states[static_cast<std::size_t>(state)]);
}

std::string cell_of(int state, int event) {
  const auto rows = procedure().rows_of(state, event);
  if (rows.empty()) return ".";
  const RuleRow& first = procedure().rows[static_cast<std::size_t>(rows.front())];
  std::string cell = first.stays ? "=" : std::string(short_name(first.to));
  if (rows.size() > 1) cell += std::to_string(rows.size());
  return cell;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string table_as_compiled() {
  const int states = static_cast<int>(procedure().states.size());
  std::string text = "\n";
  std::string line = padded("", 22);
  for (int state = 0; state < states; ++state) line += padded(short_name(state), 4);
  text += without_trailing_spaces(line) + "\n";
  for (int event = 0; event < static_cast<int>(procedure().events.size()); ++event) {
    line = padded(procedure().events[static_cast<std::size_t>(event)], 22);
    for (int state = 0; state < states; ++state) line += padded(cell_of(state, event), 4);
    text += without_trailing_spaces(line) + "\n";
  }
  return text;
}

// The guards that the rows of one cell name, each once.
std::vector<int> guards_of(const std::vector<int>& rows) {
  std::vector<int> guards;
  const auto note = [&](int guard) {
    if (std::ranges::find(guards, guard) == guards.end()) guards.push_back(guard);
  };
  for (const int index : rows) {
    const RuleRow& row = procedure().rows[static_cast<std::size_t>(index)];
    std::ranges::for_each(row.selectors, note);
    for (const GuardUse& use : row.guards) std::ranges::for_each(use, note);
  }
  return guards;
}

// One assignment of truth to the guards of a cell: bit n is the n-th of them.
struct Truth {
  const std::vector<int>& guards;
  unsigned long bits;

  [[nodiscard]] bool operator()(int guard) const {
    const auto place = std::ranges::find(guards, guard) - guards.begin();
    return ((bits >> place) & 1UL) != 0;
  }
};

bool holds(const RuleRow& row, const Truth& truth) {
  return std::ranges::all_of(row.selectors, truth) &&
         std::ranges::all_of(row.guards, [&](const GuardUse& use) {
           return std::ranges::any_of(use, truth);
         });
}

// What the table says for one assignment: the first row, from the top, that holds.
workflow::Step step_by_the_table(const std::vector<int>& rows, const Truth& truth) {
  if (rows.empty()) return {StepResult::no_rule, -1};
  for (const int row : rows) {
    if (holds(procedure().rows[static_cast<std::size_t>(row)], truth)) {
      return {StepResult::taken, row};
    }
  }
  return {StepResult::refused, -1};
}

// The bits of the cell's rows; every row of other cells is set, and must not matter.
RowBits bits_of(const std::vector<int>& rows, const Truth& truth) {
  RowBits bits;
  bits.set();
  for (const int row : rows) {
    const auto index = static_cast<std::size_t>(row);
    bits.set(index, holds(procedure().rows[index], truth));
  }
  return bits;
}

}  // namespace

TEST_CASE("the table of the assistance procedure is the one that was read") {
  CHECK(table_as_compiled() == table_as_read);
  CHECK(procedure().rows.size() == 71);
  CHECK(procedure().annotations.size() == 35);
}

TEST_CASE("the machine takes the step of the table, whatever the guards say") {
  long steps = 0;
  long wrong = 0;
  for (int state = 0; state < static_cast<int>(procedure().states.size()); ++state) {
    for (int event = 0; event < static_cast<int>(procedure().events.size()); ++event) {
      const auto rows = procedure().rows_of(state, event);
      const auto guards = guards_of(rows);
      REQUIRE(guards.size() <= 16);
      for (unsigned long bits = 0; bits < (1UL << guards.size()); ++bits) {
        const Truth truth{guards, bits};
        const auto expected = step_by_the_table(rows, truth);
        const auto taken = procedure().step(state, event, bits_of(rows, truth));
        ++steps;
        if (taken.result != expected.result || taken.row != expected.row) ++wrong;
      }
    }
  }
  CHECK(wrong == 0);
  CHECK(steps == 7'884);
}

TEST_CASE("the machine knows no states and events beyond the table") {
  RowBits all;
  all.set();
  const int states = static_cast<int>(procedure().states.size());
  const int events = static_cast<int>(procedure().events.size());
  for (const auto& [state, event] : {std::pair{-1, 0}, {states, 0}, {0, -1}, {0, events}}) {
    CHECK(procedure().step(state, event, all).result == StepResult::no_rule);
  }
}

TEST_CASE("rows that only conditions tell apart are taken by the same levels") {
  // The door asks who may take an event before the conditions say which row it is.
  for (const RuleRow& row : procedure().rows) {
    for (const RuleRow& other : procedure().rows) {
      if (row.from == other.from && row.event == other.event) CHECK(row.levels == other.levels);
    }
  }
}

TEST_CASE("what may come next, state by state") {
  std::ostringstream next;
  for (int state = 0; state < static_cast<int>(procedure().states.size()); ++state) {
    next << short_name(state) << ":";
    for (int event = 0; event < static_cast<int>(procedure().events.size()); ++event) {
      if (procedure().rows_of(state, event).empty()) continue;
      next << " " << procedure().events[static_cast<std::size_t>(event)];
    }
    next << "\n";
  }
  CHECK(next.str() ==
        "no: discover split_off\n"
        "di: submit_for_review receive_application report_emergency report_restricted explain"
        " withdraw\n"
        "vi: report_emergency report_restricted agree decline request_facts call_up withdraw\n"
        "de: report_emergency call_up explain withdraw\n"
        "re: accept return_to_village assign refer_to_joint_review refer_out explain withdraw\n"
        "jo: assign explain publish escalate withdraw\n"
        "ro: receive_answer withdraw\n"
        "as: refer_to_joint_review refer_out sign_for transfer return_to_station handle explain"
        " withdraw\n"
        "ha: publish object approve escalate archive withdraw reopen\n"
        "ex: publish archive withdraw reopen\n"
        "pu: object approve escalate archive withdraw\n"
        "ob: uphold_objection reject_objection withdraw\n"
        "co: object county_approve county_refuse county_return withdraw\n"
        "AR: reopen\n"
        "WI: reopen\n");
}

}  // namespace yimen::tests
