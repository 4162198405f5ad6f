#include "persistence/mysql/migrations.hpp"

#include "persistence/mysql/queries.hpp"

namespace yimen::persistence::mysql {

namespace {

// A schema that holds tables, but none of ours, belongs to somebody else.
bool is_foreign(Connection& connection) {
  Rows rows = connection.prepared(count_tables).query({});
  return rows.next() && rows.integer(0) > 0 && rows.integer(1) == 0;
}

std::vector<AppliedMigration> applied_migrations(Connection& connection) {
  std::vector<AppliedMigration> applied;
  Rows rows = connection.prepared(select_schema_migrations).query({});
  while (rows.next()) {
    applied.push_back({static_cast<int>(rows.integer(0)), rows.text(1), rows.text(2)});
  }
  return applied;
}

// At semicolons that end a line; a comment before a statement is sent with it.
std::vector<std::string> statements_of(const std::string& text) {
  std::vector<std::string> statements;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text.find(";\n", begin);
    if (end == std::string::npos) return statements;
    statements.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
}

}  // namespace

void apply(Connection& connection, const Migration& migration) {
  for (const std::string& statement : statements_of(migration.text)) {
    connection.execute(statement);
  }
  connection.prepared(insert_schema_migration)
      .execute({std::int64_t{migration.version}, migration.name, migration.checksum});
}

int newest_version() { return embedded_migrations().back().version; }

Result<std::vector<std::string>, std::string> apply_migrations(Connection& connection) {
  if (is_foreign(connection)) {
    return refuse(std::string("The schema holds tables, but not those of Yimen."));
  }
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

}  // namespace yimen::persistence::mysql
