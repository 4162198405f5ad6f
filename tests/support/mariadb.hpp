// A MariaDB server of the test process's own: on a free port of this machine's loopback, in a
// temporary folder, started when it is first asked for and gone with the process, however that
// ends.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "persistence/mysql/server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sql {
class Connection;
}

namespace yimen::tests {

// A session beside the store's, as an administrator's shell would be.
class MariadbShell final {
 public:
  explicit MariadbShell(const persistence::mysql::Server& server);
  ~MariadbShell();
  MariadbShell(const MariadbShell&) = delete;
  MariadbShell& operator=(const MariadbShell&) = delete;

  // The first column of the first row; the error's text when it fails.
  std::string operator()(const std::string& statement);
  // The rows, their columns parted by spaces; the error's text as the only row.
  std::vector<std::string> rows_of(const std::string& statement);
  // Every value of every table of the schema, one behind the other.
  std::string everything();

 private:
  std::unique_ptr<sql::Connection> connection_;
};

class Mariadb final {
 public:
  // What an acknowledged commit survives: a crash of the server, or the loss of power too.
  enum class Durability { of_crash, of_power };

  // Throws std::runtime_error, with the end of the server's log.
  explicit Mariadb(Durability durability);
  // The one that the tests of this process share.
  [[nodiscard]] static Mariadb& instance();
  ~Mariadb();
  Mariadb(const Mariadb&) = delete;
  Mariadb& operator=(const Mariadb&) = delete;

  // As an administrator, in a schema or in none.
  [[nodiscard]] persistence::mysql::Server server(const std::string& schema = {}) const;
  [[nodiscard]] pid_t process() const { return process_; }
  // Ends it as a crash does, and starts it again on the same port and data.
  void crash();
  void start();

 private:
  TemporaryFolder folder_;
  const Durability durability_;
  std::uint16_t port_ = 0;
  pid_t process_ = 0;
};

// An empty schema of its own, gone with it.
class MariadbSchema final {
 public:
  MariadbSchema();
  ~MariadbSchema();
  MariadbSchema(const MariadbSchema&) = delete;
  MariadbSchema& operator=(const MariadbSchema&) = delete;

  [[nodiscard]] persistence::mysql::Server server() const;

 private:
  std::string name_;
};

}  // namespace yimen::tests
