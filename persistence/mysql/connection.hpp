// One connection to the server, with our session state and its prepared statements. Used by one
// thread at a time; never reconnected: one that is lost is thrown away.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "persistence/mysql/many_rows.hpp"
#include "persistence/mysql/server.hpp"
#include "persistence/mysql/statement.hpp"

namespace sql {
class Connection;
}

namespace yimen::persistence::mysql {

class Connection final {
 public:
  // Throws Failure.
  Connection(const Server& server, Faults* faults);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Kept by the address of the text, which must be one of `queries.hpp`, here and below. Throws
  // Failure, as all that follow.
  [[nodiscard]] Statement& prepared(std::string_view text);
  // Writes all rows, 64 a statement at most.
  void write(const ManyRows& text, const RowValues& rows);
  // Reads what is there of the rows with these keys, 64 keys a statement.
  void read(const ManyRows& text, const RowValues& keys,
            const std::function<void(const Rows&)>& each);
  // One statement without parameters, not kept.
  void execute(const std::string& text);

  void begin();
  // Read-only, on the state of this moment.
  void begin_snapshot();
  void commit();
  // For good or ill: a connection whose rollback fails is lost.
  void roll_back();
  // Whether the server still answers on it.
  [[nodiscard]] bool is_alive();
  [[nodiscard]] bool is_usable() const { return !link_.is_lost && !in_transaction_; }

 private:
  [[nodiscard]] Statement& prepared(const ManyRows& text, std::size_t rows);
  [[nodiscard]] std::unique_ptr<Statement> prepare(const std::string& text);

  Link link_;
  bool in_transaction_ = false;
  std::unique_ptr<sql::Connection> connection_;
  // Gone before the connection.
  std::map<std::pair<const void*, std::size_t>, std::unique_ptr<Statement>> statements_;
};

}  // namespace yimen::persistence::mysql
