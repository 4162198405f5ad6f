// A schema of its own on the process's MariaDB server, gone with the fixture.
#pragma once

#include <memory>

#include "persistence/mysql/database.hpp"
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/mariadb.hpp"

namespace yimen::persistence {

class MysqlFixture final : public StoreFixture {
 public:
  explicit MysqlFixture(mysql::Faults* faults = nullptr);

  Database& database() override { return *database_; }
  void reopen() override;
  std::vector<std::string> ask(const std::string& sql) override { return shell().rows_of(sql); }
  void close() { database_.reset(); }

  [[nodiscard]] mysql::Options options() const;
  // A session of an administrator.
  [[nodiscard]] tests::MariadbShell shell() const { return tests::MariadbShell(schema_.server()); }

 private:
  mysql::Faults* faults_;
  tests::MariadbSchema schema_;
  std::unique_ptr<Database> database_;
};

}  // namespace yimen::persistence
