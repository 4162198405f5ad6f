// Hot lists and look-ups go through the index that was made for them, without sorting.
#include <limits>

#include "persistence/mysql/audit_queries.hpp"
#include "persistence/mysql/case_queries.hpp"
#include "persistence/mysql/connection.hpp"
#include "persistence/mysql/deadline_queries.hpp"
#include "persistence/mysql/list_queries.hpp"
#include "tests/persistence/mysql_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

using Parameters = std::vector<Parameter>;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

struct Expectation {
  std::string text;
  std::string index;
  Parameters parameters;
};

Parameters followed_by(Parameters first, const Parameters& rest) {
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

// No filter, open cases of the jurisdiction from the beginning, and more.
Parameters of_list(const Parameters& rest) {
  return followed_by(followed_by(Parameters(22), {"511623", std::int64_t{0}, most, -most}), rest);
}

Parameters repeated(const Parameters& row, int times) {
  Parameters all;
  for (int time = 0; time < times; ++time) all = followed_by(std::move(all), row);
  return all;
}

// A line for each table: its name, the index, what else is done.
std::string plan_of(mysql::Connection& connection, const Expectation& expected) {
  std::string plan;
  mysql::Rows rows = connection.prepared(expected.text).query(expected.parameters);
  while (rows.next()) plan += rows.text(2) + " " + rows.text(5) + " " + rows.text(9) + "\n";
  return plan;
}

}  // namespace

SCENARIO("every hot query of the server's store uses the index that was made for it") {
  using namespace mysql;
  MysqlFixture fixture;
  // The optimiser does not look at indexes of tables that are all but empty.
  for (int number = 1; number <= 40; ++number) {
    REQUIRE(opening(number).commit(fixture.database().cases()));
  }
  Connection connection(fixture.options().server, nullptr);
  const std::string first = id_of(1);
  const std::string second = id_of(2);
  const std::int64_t one = 1;
  std::vector<Expectation> expectations{
      {std::string(select_cases_by_due), "c cases_by_due", of_list({-most, -most, "", one})},
      {std::string(select_cases_by_opened), "c cases_by_opened", of_list({most, most, "~", one})},
      {std::string(select_unit_cases_by_due), "u case_units_by_due",
       of_list({-most, -most, "", "village-1", one})},
      {std::string(select_unit_cases_by_opened), "u case_units_by_opened",
       of_list({most, most, "~", "village-1", one})},
      {std::string(select_cases_by_number), "c cases_by_number",
       of_list({"n", {}, {}, {}, {}, {}, {}})},
      {std::string(select_cases_of_person), "case_persons case_persons_by_person",
       followed_by({"511623", first, {}, {}}, of_list({{}, {}}))},
      {std::string(count_board), "c cases_by_holder",
       followed_by(repeated({one}, 9), {"511623"})},
      {std::string(count_awaiting_sign_for), "w clock_segments_running", {"511623", {}, {}}},
      {std::string(select_due_rungs), "rungs rungs_armed", {"511623", most, "0123", one}},
      {std::string(select_outbox), "outbox outbox_to_perform", {one, "511623", "0123", one}},
      {lock_cases.text(2), "cases PRIMARY", {first, second}},
      {delete_rungs_to_come.text(2), "rungs PRIMARY", {first, "state", one, second, "state", one}},
      {supersede_clocks.text(2), "held PRIMARY", repeated({first, "state", one, one}, 2)},
      {std::string(select_audit_lines), "a PRIMARY",
       followed_by(followed_by(repeated({one}, 3), {"511623", "state", -most, most}),
                   followed_by(repeated({one}, 2),
                               followed_by(repeated({Parameter()}, 6),
                                           {one, one, {}, one, {}, -most, "", one, one})))},
      {std::string(select_audit_marks), "m audit_marks_by_list",
       {"511623", "extensions", -most, most, {}, {}, most, "~", one, one}},
      {supersede_audit_clocks.text(2), "held PRIMARY",
       repeated({"511623", "state", one, first, one, one, most}, 2)}};
  // Statements are kept by the address of their text: each stays where it is from here on.
  for (Expectation& expected : expectations) expected.text.insert(0, "EXPLAIN ");
  for (const Expectation& expected : expectations) {
    const std::string plan = plan_of(connection, expected);
    CAPTURE(expected.text, plan);
    CHECK_THAT(plan, Catch::Matchers::Contains(expected.index));
    const bool is_list = expected.text.find("LIMIT") != std::string::npos;
    CHECK_FALSE((is_list && plan.find("filesort") != std::string::npos));
  }
}

}  // namespace yimen::persistence
