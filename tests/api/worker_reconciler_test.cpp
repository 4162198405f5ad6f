// Every running clock has exactly one armed rung; what has not is repaired through the door.
#include <sqlite3.h>

#include "tests/api/worker_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;

namespace {

// What a failing disk or a careless hand might do to the table.
void damage(const WorkedCasework& office, const std::string& sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(office.database.file().c_str(), &handle) == SQLITE_OK);
  sqlite3_busy_timeout(handle, 5'000);
  char* why = nullptr;
  const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &why);
  CAPTURE(sql, why != nullptr ? why : "");
  REQUIRE(code == SQLITE_OK);
  sqlite3_close(handle);
}

std::size_t strays(const WorkedCasework& office) {
  return office.database->deadlines().stray_clocks("", 100)->found.size();
}

}  // namespace

SCENARIO("a clock that lost its rungs is armed again, with an entry that says so") {
  WorkedCasework office;
  const std::string id = office.found_case();
  const std::string other = office.found_case();
  REQUIRE(strays(office) == 0);
  office.workers.reconcile();
  CHECK(office.look(id).sequence == 1);

  WHEN("the rungs are gone") {
    damage(office, "DELETE FROM rungs WHERE case_id = '" + id + "'");
    REQUIRE(strays(office) == 2);
    office.workers.reconcile();
    THEN("they are back, the entry stands once and the other case is left alone") {
      CHECK(strays(office) == 0);
      CHECK(office.entries(id, "recount_deadlines") == 1);
      CHECK(office.look(other).sequence == 1);
      CHECK(office.workers.counts().clocks_repaired == 1);
      office.workers.reconcile();
      CHECK(office.entries(id, "recount_deadlines") == 1);
    }
    THEN("they act when they are due") {
      office.on("2026-03-09T16:00:00Z");
      CHECK(std::ranges::count(office.told("village_commander@shili_1"), "expired") == 2);
    }
  }
  WHEN("two rungs of a clock are armed") {
    damage(office, "UPDATE rungs SET is_armed = 1 WHERE case_id = '" + id + "'");
    office.workers.reconcile();
    THEN("one is again") {
      CHECK(strays(office) == 0);
      CHECK(office.entries(id, "recount_deadlines") == 1);
    }
  }
  WHEN("a rung has acted before the others were lost") {
    office.on("2026-03-06T06:00:00Z");
    const auto told = office.told("@shili_1");
    REQUIRE_FALSE(told.empty());
    damage(office, "DELETE FROM rungs WHERE done_at IS NULL");
    office.workers.reconcile();
    office.workers.sweep();
    THEN("it does not act again") { CHECK(office.told("@shili_1") == told); }
  }
  WHEN("a ladder has come to its end") {
    office.on("2026-06-30T01:00:00Z");
    const auto sequence = office.look(id).sequence;
    office.workers.reconcile();
    THEN("there is nothing to repair") { CHECK(office.look(id).sequence == sequence); }
  }
}
