#include "persistence/sqlite/statement.hpp"

#include <sqlite3.h>

#include "persistence/sqlite/failure.hpp"

namespace yimen::persistence::sqlite {

namespace {

// SQLite copies what is bound: rows may be read after the caller's values are gone.
int bind_one(sqlite3_stmt* statement, int index, const Parameter& parameter) {
  if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
    return sqlite3_bind_int64(statement, index, *integer);
  }
  if (const auto* text = std::get_if<std::string_view>(&parameter)) {
    return sqlite3_bind_text64(statement, index, text->data() != nullptr ? text->data() : "",
                               text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  if (const auto* blob = std::get_if<Blob>(&parameter)) {
    if (blob->bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, blob->bytes.data(), blob->bytes.size(),
                               SQLITE_TRANSIENT);
  }
  return sqlite3_bind_null(statement, index);
}

}  // namespace

Rows::~Rows() { sqlite3_reset(statement_); }

bool Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw last_failure(sqlite3_db_handle(statement_));
}

std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Rows::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const int length = sqlite3_column_bytes(statement_, column);
  return bytes != nullptr ? std::string(bytes, static_cast<std::size_t>(length)) : std::string();
}

TableRow Rows::cells() const {
  TableRow cells;
  for (int column = 0; column < sqlite3_column_count(statement_); ++column) {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL: cells.emplace_back(); break;
      case SQLITE_INTEGER: cells.emplace_back(integer(column)); break;
      default: cells.emplace_back(text(column));
    }
  }
  return cells;
}

workflow::Instant Rows::instant(int column) const { return workflow::instant_of(integer(column)); }

std::optional<workflow::Instant> Rows::instant_or_nothing(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return {};
  return instant(column);
}

Statement::Statement(sqlite3* handle, std::string_view sql) : handle_(handle) {
  const int code =
      sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) throw last_failure(handle);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(std::span<const Parameter> parameters) {
  int index = 0;
  for (const Parameter& each : parameters) {
    if (bind_one(statement_, ++index, each) != SQLITE_OK) throw last_failure(handle_);
  }
}

Rows Statement::query(std::initializer_list<Parameter> parameters) {
  return query(std::span(parameters.begin(), parameters.size()));
}

Rows Statement::query(std::span<const Parameter> parameters) {
  bind(parameters);
  return Rows(statement_);
}

int Statement::execute(std::initializer_list<Parameter> parameters) {
  return execute(std::span(parameters.begin(), parameters.size()));
}

int Statement::execute(std::span<const Parameter> parameters) {
  bind(parameters);
  Rows rows(statement_);
  while (rows.next()) {
  }
  return sqlite3_changes(handle_);
}

}  // namespace yimen::persistence::sqlite
