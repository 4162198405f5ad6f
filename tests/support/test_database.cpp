#include "tests/support/test_database.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "persistence/mysql/database.hpp"
#include "persistence/sqlite/database.hpp"
#include "tests/support/mariadb.hpp"

namespace yimen::tests {

using Opened = Result<std::unique_ptr<persistence::Database>, std::string>;

class TestDatabase::Place {
 public:
  virtual ~Place() = default;
  [[nodiscard]] virtual Opened open(const Making& making) const = 0;
  // The first column of the first row.
  [[nodiscard]] virtual std::string ask(const std::string& statement) const = 0;
  [[nodiscard]] virtual std::string bytes() const = 0;
  [[nodiscard]] virtual bool is_shared() const { return false; }
  [[nodiscard]] virtual std::string file() const {
    throw std::runtime_error("a schema is no file");
  }
};

class TestDatabase::File final : public Place {
 public:
  Opened open(const Making& making) const override {
    return persistence::sqlite::open({.path = path(),
                                      .sample = making.sample,
                                      .jurisdiction = making.jurisdiction,
                                      .vocabulary = making.vocabulary});
  }

  std::string ask(const std::string& statement) const override {
    sqlite3* handle = nullptr;
    sqlite3_stmt* rows = nullptr;
    std::string answer;
    const bool is_answered =
        sqlite3_open_v2(path().c_str(), &handle, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
        sqlite3_prepare_v2(handle, statement.c_str(), -1, &rows, nullptr) == SQLITE_OK &&
        sqlite3_step(rows) == SQLITE_ROW;
    if (is_answered) answer = reinterpret_cast<const char*>(sqlite3_column_text(rows, 0));
    sqlite3_finalize(rows);
    sqlite3_close(handle);
    if (!is_answered) throw std::runtime_error("no answer to " + statement);
    return answer;
  }

  std::string file() const override { return path(); }

  std::string bytes() const override {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

 private:
  std::string path() const { return folder_.file("yimen.db"); }

  TemporaryFolder folder_;
};

class TestDatabase::Schema final : public Place {
 public:
  Opened open(const Making& making) const override {
    return persistence::mysql::open({.server = schema_.server(),
                                     .sample = making.sample,
                                     .jurisdiction = making.jurisdiction,
                                     .vocabulary = making.vocabulary});
  }

  bool is_shared() const override { return true; }

  std::string ask(const std::string& statement) const override {
    return MariadbShell(schema_.server())(statement);
  }

  std::string bytes() const override { return MariadbShell(schema_.server()).everything(); }

 private:
  MariadbSchema schema_;
};

TestDatabase::TestDatabase(const Making& making) : making_(making) {
  const char* kind = std::getenv("YIMEN_TEST_STORE");
  if (kind == nullptr || std::string(kind) == "sqlite") {
    place_ = std::make_unique<File>();
  } else if (std::string(kind) == "mysql") {
    place_ = std::make_unique<Schema>();
  } else {
    throw std::runtime_error("YIMEN_TEST_STORE names no store: " + std::string(kind));
  }
  auto opened = place_->open(making);
  if (!opened) throw std::runtime_error(opened.error());
  database_ = std::move(*opened);
}

TestDatabase::~TestDatabase() = default;

persistence::Database& TestDatabase::beside() {
  if (!place_->is_shared()) return *database_;
  if (beside_ == nullptr) {
    auto opened = place_->open(making_);
    if (!opened) throw std::runtime_error(opened.error());
    beside_ = std::move(*opened);
  }
  return *beside_;
}

std::int64_t TestDatabase::rows_in(const std::string& table) const {
  return std::stoll(place_->ask("SELECT count(*) FROM " + table));
}

std::string TestDatabase::file() const { return place_->file(); }

std::string TestDatabase::bytes() const { return place_->bytes(); }

}  // namespace yimen::tests
