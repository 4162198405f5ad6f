// A township that moves from a file to a server: all of it, or not at all.
#include "api/copy_database.hpp"

#include <sqlite3.h>
#include <stdlib.h>

#include <algorithm>
#include <set>

#include "persistence/mysql/database.hpp"
#include "persistence/sqlite/database.hpp"
#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mariadb.hpp"

using namespace yimen;
using namespace yimen::tests;
using Catch::Matchers::Contains;
using persistence::StoreError;
using persistence::TableRow;

namespace {

// What is made while it lives lies in files, also where the tests run on a server.
class OnFiles {
 public:
  OnFiles() {
    if (const char* kind = ::getenv("YIMEN_TEST_STORE")) kind_ = kind;
    ::setenv("YIMEN_TEST_STORE", "sqlite", 1);
  }
  ~OnFiles() { ::setenv("YIMEN_TEST_STORE", kind_.c_str(), 1); }
  OnFiles(const OnFiles&) = delete;
  OnFiles& operator=(const OnFiles&) = delete;

 private:
  std::string kind_ = "sqlite";
};

std::unique_ptr<Casework> township_in_a_file() {
  const OnFiles files;
  return std::make_unique<Casework>();
}

struct Target {
  MariadbSchema schema;
  std::unique_ptr<persistence::mysql::Database> database = open().value();

  [[nodiscard]] Result<std::unique_ptr<persistence::mysql::Database>, std::string> open() const {
    return persistence::mysql::open(
        {.server = schema.server(),
         .jurisdiction = shared_rulebook().organisation().jurisdiction,
         .vocabulary = shared_rulebook().vocabulary()});
  }
};

// Writes all but the last row of a portion of one table.
class Careless final : public persistence::TableTarget {
 public:
  Careless(persistence::TableTarget& real, std::string table)
      : real_(real), table_(std::move(table)) {}

  Result<bool, StoreError> is_unused() override { return real_.is_unused(); }
  Result<void, StoreError> begin_transfer() override { return real_.begin_transfer(); }
  Result<void, StoreError> end_transfer() override { return real_.end_transfer(); }
  Result<void, StoreError> write_rows(const std::string& table,
                                      const std::vector<TableRow>& rows) override {
    std::vector<TableRow> written = rows;
    if (table == table_ && !written.empty()) written.pop_back();
    return real_.write_rows(table, written);
  }
  Result<std::int64_t, StoreError> count_rows(const std::string& table) override {
    return real_.count_rows(table);
  }

 private:
  persistence::TableTarget& real_;
  std::string table_;
};

Result<api::CopyReport, std::string> copy(Casework& office, Target& target,
                                          persistence::TableTarget& tables) {
  auto& source = dynamic_cast<persistence::TableSource&>(*office.database);
  return api::copy_database({source, *office.database}, {tables, *target.database},
                            [](const std::string&, std::int64_t) {});
}

std::vector<std::string> sealed_of(persistence::Database& database, const std::string& id) {
  std::vector<std::string> sealed;
  const auto rows = database.cases().personal_values(id);
  REQUIRE(rows);
  for (const auto& row : *rows) sealed.push_back(row.value.sealed);
  return sealed;
}

// Every table of a database file, and how many columns it has.
std::map<std::string, std::size_t> tables_of(const std::string& path) {
  sqlite3* handle = nullptr;
  sqlite3_stmt* rows = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
  sqlite3_prepare_v2(handle,
                     "SELECT m.name, count(*) FROM sqlite_schema AS m, pragma_table_info(m.name) "
                     "WHERE m.type = 'table' GROUP BY m.name",
                     -1, &rows, nullptr);
  std::map<std::string, std::size_t> tables;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    tables[reinterpret_cast<const char*>(sqlite3_column_text(rows, 0))] =
        static_cast<std::size_t>(sqlite3_column_int(rows, 1));
  }
  sqlite3_finalize(rows);
  sqlite3_close(handle);
  return tables;
}

}  // namespace

SCENARIO("no table and no column is forgotten") {
  const TemporaryFolder folder;
  const auto database = persistence::sqlite::open(
      {.path = folder.file("yimen.db"), .jurisdiction = "511623", .vocabulary = {}});
  REQUIRE(database);
  const std::set<std::string> left_behind{"attachment_uploads",   "workers",
                                          "counters",             "login_tallies",
                                          "shard_leases",         "schema_migrations",
                                          "case_units_by_due",    // these two move as `case_units`
                                          "case_units_by_opened"};
  const auto& transferred = persistence::transferred_tables();
  for (const auto& [table, columns] : tables_of(folder.file("yimen.db"))) {
    CAPTURE(table);
    const bool is_transferred =
        std::ranges::find(transferred, table) != transferred.end();
    CHECK(is_transferred != left_behind.contains(table));
    if (!is_transferred) continue;
    const std::size_t expected = columns;
    CHECK((*database)->read_table(table, [&](const TableRow& row) -> Result<void, StoreError> {
      CHECK(row.size() == expected);
      return {};
    }));
  }
}

SCENARIO("a township moves from a file to a server with everything it has") {
  const auto office = township_in_a_file();
  const auto clerk = office->as("station_clerk", "station");
  const std::string first = office->assigned_case();
  const std::string second = office->applied_case("shili_1");
  Target target;
  const auto report = copy(*office, target, *target.database);
  REQUIRE(report);
  CHECK(report->findings.empty());
  CHECK(report->cases == 2);
  CHECK(report->entries ==
        office->look(first).sequence + office->look(second).sequence);
  THEN("cases, people, accounts and settings are there") {
    persistence::Database& there = *target.database;
    for (const std::string& id : {first, second}) {
      CHECK(there.cases().load(id)->subject == office->look(id));
      CHECK(*there.cases().journal(id, 0, 100) == *office->database->cases().journal(id, 0, 100));
      CHECK(sealed_of(there, id) == sealed_of(*office->database, id));
      const std::string subject = office->look(id).fact("subject").text();
      CHECK(there.persons().person(subject)->sealed ==
            office->database->persons().person(subject)->sealed);
    }
    CHECK(there.accounts().accounts("", 100)->size() ==
          office->database->accounts().accounts("", 100)->size());
    CHECK(there.cases().search({})->items == office->database->cases().search({})->items);
    CHECK(*there.cases().next_number(2026) > *office->database->cases().next_number(2026) - 20);
  }
  THEN("whoever listens first has nothing to number") {
    tests::MariadbShell shell(target.schema.server());
    CHECK(shell("SELECT count(*) > 0 FROM outbox") == "1");
    CHECK(shell("SELECT count(*) FROM outbox WHERE number IS NULL") == "0");
  }
  THEN("it can be opened, and a second copy into it is refused") {
    CHECK(target.open());
    CHECK_THAT(copy(*office, target, *target.database).error(), Contains("has been used"));
  }
}

SCENARIO("a copy that lost something says what, and what it made is not opened") {
  const auto office = township_in_a_file();
  const std::string id = office->assigned_case();
  Target target;
  const auto [table, finding] = GENERATE(
      std::pair{"journal", "the journal of case "}, std::pair{"case_documents", "is not as it was"},
      std::pair{"case_units", "case_units has "}, std::pair{"rungs", "rungs has "});
  CAPTURE(table);
  Careless careless(*target.database, table);
  const auto report = copy(*office, target, careless);
  REQUIRE(report);
  std::string findings;
  for (const std::string& each : report->findings) findings += each + "\n";
  CHECK_THAT(findings, Contains(finding));
  CHECK_THAT(target.open().error(), Contains("did not come to its end"));
}
