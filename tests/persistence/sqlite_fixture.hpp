// An SQLite database in a temporary folder of its own, gone with the fixture.
#pragma once

#include <sqlite3.h>

#include <string>

#include "persistence/sqlite/database.hpp"
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

namespace yimen::persistence {

using tests::TemporaryFolder;

class SqliteFixture final : public StoreFixture {
 public:
  SqliteFixture();

  Database& database() override { return *database_; }
  void reopen() override;
  std::vector<std::string> ask(const std::string& sql) override;
  void close() { database_.reset(); }

  [[nodiscard]] sqlite::Database& store() { return *database_; }
  [[nodiscard]] sqlite::Options options() const;
  [[nodiscard]] std::string path() const { return folder_.file("yimen.db"); }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<sqlite::Database> database_;
};

// A connection beside the store's, as an administrator's shell would be.
class Shell final {
 public:
  explicit Shell(const std::string& path);
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  // The first column of the first row; the error's text when it fails.
  std::string operator()(const std::string& sql);
  // The rows, their columns parted by spaces; the error's text as the only row.
  std::vector<std::string> rows_of(const std::string& sql);

 private:
  sqlite3* handle_ = nullptr;
};

}  // namespace yimen::persistence
