#include "tests/persistence/sqlite_fixture.hpp"

#include <stdexcept>

namespace yimen::persistence {

namespace {

std::string column_of(sqlite3_stmt* statement, int at) {
  const unsigned char* text = sqlite3_column_text(statement, at);
  return text != nullptr ? reinterpret_cast<const char*>(text) : "";
}

}  // namespace

SqliteFixture::SqliteFixture() { reopen(); }

void SqliteFixture::reopen() {
  database_.reset();
  auto opened = sqlite::open(options());
  if (!opened) throw std::runtime_error(opened.error());
  database_ = std::move(*opened);
}

sqlite::Options SqliteFixture::options() const {
  sqlite::Options options;
  options.path = path();
  options.sample = true;
  options.jurisdiction = "511623";
  options.vocabulary = test_vocabulary();
  return options;
}

std::vector<std::string> SqliteFixture::ask(const std::string& sql) {
  return Shell(path()).rows_of(sql);
}

Shell::Shell(const std::string& path) {
  if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(handle_));
  }
  sqlite3_busy_timeout(handle_, 5'000);
}

Shell::~Shell() { sqlite3_close(handle_); }

std::string Shell::operator()(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  std::string answer;
  if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    return sqlite3_errmsg(handle_);
  }
  const int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    answer = column_of(statement, 0);
  } else if (code != SQLITE_DONE) {
    answer = sqlite3_errmsg(handle_);
  }
  sqlite3_finalize(statement);
  return answer;
}

std::vector<std::string> Shell::rows_of(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    return {sqlite3_errmsg(handle_)};
  }
  std::vector<std::string> rows;
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    std::string& row = rows.emplace_back(column_of(statement, 0));
    for (int at = 1; at < sqlite3_column_count(statement); ++at) {
      row += " " + column_of(statement, at);
    }
  }
  if (code != SQLITE_DONE) rows = {sqlite3_errmsg(handle_)};
  sqlite3_finalize(statement);
  return rows;
}

}  // namespace yimen::persistence
