// A database of a test's own, gone with it. YIMEN_TEST_STORE says of which kind: `sqlite`, as where
// it is not set, or `mysql`. No test knows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "persistence/projection.hpp"
#include "persistence/store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace yimen::tests {

class TestDatabase final {
 public:
  struct Making {
    bool sample = false;
    std::string jurisdiction{};
    std::vector<persistence::StateWord> vocabulary{};
  };

  explicit TestDatabase(const Making& making);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  persistence::Database& operator*() const { return *database_; }
  persistence::Database* operator->() const { return database_.get(); }
  // As another process has it, opened when first asked for; a file has one process, so there it is
  // the same.
  [[nodiscard]] persistence::Database& beside();
  [[nodiscard]] std::int64_t rows_in(const std::string& table) const;
  // Where it lies, for tests that do it harm; throws where it is no file.
  [[nodiscard]] std::string file() const;
  // Everything that lies in it, one behind the other.
  [[nodiscard]] std::string bytes() const;

 private:
  class Place;
  class File;
  class Schema;

  const Making making_;
  std::unique_ptr<Place> place_;
  std::unique_ptr<persistence::Database> database_;
  std::unique_ptr<persistence::Database> beside_;
};

}  // namespace yimen::tests
