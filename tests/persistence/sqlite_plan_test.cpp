// Hot lists and look-ups go through the index that was made for them, without sorting.
#include <sqlite3.h>

#include "persistence/sqlite/account_queries.hpp"
#include "persistence/sqlite/audit_queries.hpp"
#include "persistence/sqlite/case_queries.hpp"
#include "persistence/sqlite/deadline_queries.hpp"
#include "persistence/sqlite/document_queries.hpp"
#include "persistence/sqlite/list_queries.hpp"
#include "persistence/sqlite/person_queries.hpp"
#include "tests/persistence/sqlite_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

// The whole plan, a line a step.
std::string plan_of(sqlite3* handle, std::string_view query) {
  const std::string sql = "EXPLAIN QUERY PLAN " + std::string(query);
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
  std::string plan;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    plan += reinterpret_cast<const char*>(sqlite3_column_text(statement, 3));
    plan += "\n";
  }
  sqlite3_finalize(statement);
  return plan;
}

struct Expectation {
  std::string_view query;
  std::string index;
};

}  // namespace

SCENARIO("every hot query uses the index that was made for it") {
  using namespace sqlite;
  const SqliteFixture fixture;
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(fixture.path().c_str(), &handle) == SQLITE_OK);
  for (const Expectation& expected : std::vector<Expectation>{
           {select_cases_by_due, "USING INDEX cases_by_due (jurisdiction=? AND is_closed=? AND"},
           {select_cases_by_opened,
            "USING INDEX cases_by_opened (jurisdiction=? AND is_closed=? AND"},
           {select_unit_cases_by_due,
            "SEARCH u USING PRIMARY KEY (jurisdiction=? AND unit=? AND is_closed=? AND"},
           {select_unit_cases_by_opened,
            "SEARCH u USING PRIMARY KEY (jurisdiction=? AND unit=? AND is_closed=? AND"},
           {select_desk_cases_by_due,
            "INDEX cases_by_holder (jurisdiction=? AND is_closed=? AND holder_unit=? AND"},
           {select_desk_cases_by_due,
            "SEARCH u USING PRIMARY KEY (jurisdiction=? AND unit=? AND is_closed=? AND due_at=? "
            "AND case_id=?)"},
           {select_cases_by_number, "USING INDEX cases_by_number (jurisdiction=? AND number=?)"},
           {select_cases_of_person,
            "SEARCH case_persons USING PRIMARY KEY (jurisdiction=? AND person=?)"},
           {select_case, "cases_1 (id=?)"},
           {select_journal, "journal_1 (case_id=? AND sequence>?)"},
           {select_personal_values, "personal_values_1 (case_id=?)"},
           {select_idempotency, "idempotency_1 (principal=? AND key=?)"},
           {select_case_ids, "cases_1 (id>?)"},
           {select_person_of_identity, "persons_by_identity (jurisdiction=? AND identity_index=?)"},
           {select_household_members, "persons_by_household (jurisdiction=? AND household=?)"},
           {select_account_named, "accounts_2 (name=?)"},
           {count_board, "USING COVERING INDEX cases_by_holder (jurisdiction=? AND is_closed=?)"},
           {count_board_of_units,
            "SEARCH case_units_by_due USING PRIMARY KEY (jurisdiction=? AND unit=? AND"},
           {count_awaiting_sign_for, "INDEX clock_segments_awaiting_sign_for (jurisdiction=?)"},
           {select_attachments_of, "attachments_2 (case_id=?)"},
           {select_chunk, "attachment_chunks_1 (attachment=? AND number=?)"},
           {select_batch_of_key, "batches_2 (account=? AND key=?)"},
           {select_token_with, "tokens_2 (token_hash=?)"},
           {select_tokens_of, "tokens_by_account (account=?)"},
           {update_case_unit,
            "PRIMARY KEY (jurisdiction=? AND unit=? AND is_closed=? AND due_at=? AND case_id=?"},
           {update_case_unit_opened,
            "PRIMARY KEY (jurisdiction=? AND unit=? AND is_closed=? AND opened_at=? AND case_id="},
           {delete_rungs_to_come, "PRIMARY KEY (case_id=? AND clock=? AND started_by=?)"},
           {select_due_rungs, "INDEX rungs_armed (jurisdiction=? AND due_at<?)"},
           {select_armed_rung, "PRIMARY KEY (case_id=? AND clock=? AND started_by=? AND rung=?)"},
           {select_outbox, "outbox_to_perform (place>?)"},
           {select_notifications,
            "INDEX notifications_by_address (jurisdiction=? AND address=? AND place<?)"},
           {select_notifications_to_mail, "notifications_to_mail (place>?)"},
           {supersede_clock, "PRIMARY KEY (case_id=? AND clock=? AND started_by=?)"},
           {select_audit_outcomes,
            "SEARCH a USING PRIMARY KEY (jurisdiction=? AND clock=? AND started_at>? AND"},
           {select_audit_outcomes,
            "SEARCH h USING PRIMARY KEY (jurisdiction=? AND clock=? AND started_at=? AND"},
           {select_audit_lines,
            "SEARCH a USING PRIMARY KEY (jurisdiction=? AND clock=? AND started_at>? AND"},
           {select_audit_lines, "SEARCH m USING PRIMARY KEY (case_id=?)"},
           {select_audit_marks,
            "audit_marks_by_list (jurisdiction=? AND list=? AND recorded_at>? AND recorded_at<?)"},
           {supersede_audit_clock,
            "PRIMARY KEY (jurisdiction=? AND clock=? AND started_at=? AND case_id=? AND"},
       }) {
    const std::string plan = plan_of(handle, expected.query);
    CAPTURE(expected.query);
    CHECK_THAT(plan, Catch::Matchers::Contains(expected.index));
    const bool is_plain = plan.find("SCAN c") == std::string::npos &&
                          plan.find("SCAN u") == std::string::npos &&
                          plan.find("ORDER BY") == std::string::npos;
    CHECK(is_plain);
  }
  sqlite3_close(handle);
}

SCENARIO("the look for stray clocks walks the cases that it was given, by their keys") {
  const SqliteFixture fixture;
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(fixture.path().c_str(), &handle) == SQLITE_OK);
  const std::string plan = plan_of(handle, sqlite::select_stray_clocks);
  CAPTURE(plan);
  CHECK_THAT(plan, Catch::Matchers::Contains("clock_segments USING PRIMARY KEY (case_id>? AND"));
  CHECK_THAT(plan, Catch::Matchers::Contains("rungs USING PRIMARY KEY (case_id>? AND"));
  sqlite3_close(handle);
}

}  // namespace yimen::persistence
