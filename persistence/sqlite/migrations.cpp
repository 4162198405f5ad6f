#include "persistence/sqlite/migrations.hpp"

#include <Poco/Data/Statement.h>
#include <sqlite3.h>

#include "persistence/sqlite/queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

constexpr std::string_view foreign = "The file is a database, but not one of Yimen's.";

using namespace Poco::Data::Keywords;

// A file that holds tables, but none of ours, belongs to somebody else.
bool is_foreign(Connection& connection) {
  int tables = 0;
  int ours = 0;
  connection.session() << std::string(count_tables), into(tables), into(ours), now;
  return tables > 0 && ours == 0;
}

std::vector<AppliedMigration> applied_migrations(Connection& connection) {
  std::vector<AppliedMigration> applied;
  Rows rows = connection.prepared(select_schema_migrations).query({});
  while (rows.next()) {
    applied.push_back({static_cast<int>(rows.integer(0)), rows.text(1), rows.text(2)});
  }
  return applied;
}

void apply(Connection& connection, const Migration& migration) {
  connection.execute(std::string(begin_immediate));
  try {
    connection.execute(migration.text);
    connection.session() << std::string(insert_schema_migration), bind(migration.version),
        bind(migration.name), bind(migration.checksum), now;
    connection.execute(std::string(commit_transaction));
  } catch (const std::exception&) {
    if (sqlite3_get_autocommit(connection.handle()) == 0) connection.execute("ROLLBACK");
    throw;
  }
}

}  // namespace

int newest_version() { return embedded_migrations().back().version; }

std::string mismatch_of(Connection& connection) {
  if (is_foreign(connection)) return std::string(foreign);
  return mismatch(applied_migrations(connection), embedded_migrations());
}

Result<std::vector<std::string>, std::string> apply_migrations(Connection& connection) {
  if (is_foreign(connection)) return refuse(std::string(foreign));
  connection.execute(std::string(create_schema_migrations));
  const std::vector<AppliedMigration> applied = applied_migrations(connection);
  if (std::string sentence = mismatch(applied, embedded_migrations()); !sentence.empty()) {
    return refuse(std::move(sentence));
  }
  std::vector<std::string> names;
  for (const Migration* migration : missing_migrations(applied, embedded_migrations())) {
    apply(connection, *migration);
    names.push_back(migration->name);
  }
  return names;
}

}  // namespace yimen::persistence::sqlite
