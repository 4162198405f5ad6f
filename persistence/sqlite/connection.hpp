// One connection: a Poco::Data session with our pragmas, and prepared statements on its handle.
// Used by one thread at a time.
#pragma once

#include <Poco/Data/Session.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "persistence/sqlite/statement.hpp"

namespace yimen::persistence::sqlite {

enum class Access { read_only, read_write };

class Connection final {
 public:
  // Throws Failure.
  Connection(const std::string& path, Access access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] Poco::Data::Session& session() { return session_; }
  [[nodiscard]] sqlite3* handle() { return handle_; }
  // Runs all statements of a text that has no parameters. Throws Failure.
  void execute(const std::string& script);
  // Kept by the address of the text, which must be one of `queries.hpp`.
  [[nodiscard]] Statement& prepared(std::string_view sql);

 private:
  Poco::Data::Session session_;
  sqlite3* handle_;
  std::map<const char*, std::unique_ptr<Statement>> statements_;  // gone before the session
};

// Several statements on one state of the database.
class Snapshot final {
 public:
  explicit Snapshot(Connection& connection);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& connection_;
};

}  // namespace yimen::persistence::sqlite
