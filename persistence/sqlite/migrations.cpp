#include "persistence/sqlite/migrations.hpp"

#include <Poco/Data/Statement.h>
#include <sqlite3.h>

#include <algorithm>

#include "persistence/sqlite/queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

using namespace Poco::Data::Keywords;

struct Applied {
  std::vector<int> versions;
  std::vector<std::string> names;
  std::vector<std::string> checksums;
};

// A file that holds tables, but none of ours, belongs to somebody else.
bool is_foreign(Connection& connection) {
  int tables = 0;
  int ours = 0;
  connection.session() << std::string(count_tables), into(tables), into(ours), now;
  return tables > 0 && ours == 0;
}

Applied applied_migrations(Connection& connection) {
  Applied applied;
  connection.session() << std::string(select_schema_migrations), into(applied.versions),
      into(applied.names), into(applied.checksums), now;
  return applied;
}

std::string mismatch(const Applied& applied) {
  const std::vector<Migration>& known = embedded_migrations();
  for (std::size_t place = 0; place < applied.versions.size(); ++place) {
    if (applied.versions[place] > newest_version()) {
      return "The database was made by a newer Yimen (it has migration " + applied.names[place] +
             ", this program ends at " + known.back().name + "): start the newer program.";
    }
    const auto match = std::ranges::find(known, applied.versions[place], &Migration::version);
    if (match == known.end() || match->checksum != applied.checksums[place]) {
      return "Migration " + applied.names[place] +
             " is not the one that was applied to this database: use the program's original "
             "files, and put changes into a new migration.";
    }
  }
  return {};
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

Result<std::vector<std::string>, std::string> apply_migrations(Connection& connection) {
  if (is_foreign(connection)) {
    return refuse(std::string("The file is a database, but not one of Yimen's."));
  }
  connection.execute(std::string(create_schema_migrations));
  const Applied applied = applied_migrations(connection);
  if (std::string sentence = mismatch(applied); !sentence.empty()) return refuse(sentence);
  std::vector<std::string> names;
  for (const Migration& migration : embedded_migrations()) {
    if (std::ranges::find(applied.versions, migration.version) != applied.versions.end()) continue;
    apply(connection, migration);
    names.push_back(migration.name);
  }
  return names;
}

}  // namespace yimen::persistence::sqlite
