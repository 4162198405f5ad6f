#include "persistence/mysql/connection.hpp"

#include <cppconn/connection.h>
#include <cppconn/prepared_statement.h>
#include <mysql_driver.h>

#include <algorithm>
#include <bit>
#include <mutex>

#include "persistence/mysql/driver.hpp"
#include "persistence/mysql/queries.hpp"

namespace yimen::persistence::mysql {

namespace {

// A reading time-out must be longer than any statement or stall that we are willing to wait for:
// it makes commits of unknown outcome.
constexpr int connect_seconds_max = 5;
constexpr int read_seconds_max = 40;

// The driver's registry is not safe from several threads.
sql::Driver& driver() {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  return *sql::mysql::get_driver_instance();
}

std::unique_ptr<sql::Connection> connected(const Server& server) {
  sql::ConnectOptionsMap options;
  options["hostName"] =
      sql::SQLString("tcp://" + server.host + ":" + std::to_string(server.port));
  options["userName"] = sql::SQLString(server.user);
  options["password"] = sql::SQLString(server.password);
  options["schema"] = sql::SQLString(server.schema);
  options["OPT_CONNECT_TIMEOUT"] = connect_seconds_max;
  options["OPT_READ_TIMEOUT"] = read_seconds_max;
  options["OPT_WRITE_TIMEOUT"] = read_seconds_max;
  options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  options["postInit"] = sql::SQLString(std::string(session_state));
  return std::unique_ptr<sql::Connection>(driver().connect(options));
}

// The largest number of rows that a statement is prepared for and that fits.
std::size_t piece_of(std::size_t rows) {
  if (rows <= rows_in_small_statement_max) return rows;
  return std::min(std::bit_floor(rows), rows_in_statement_max);
}

}  // namespace

Connection::Connection(const Server& server, Faults* faults) : link_{faults} {
  connection_ = called(link_, Call::connect, [&] { return connected(server); });
}

Connection::~Connection() = default;

std::unique_ptr<Statement> Connection::prepare(const std::string& text) {
  return called(link_, Call::prepare, [&] {
    std::unique_ptr<sql::PreparedStatement> made(connection_->prepareStatement(text));
    return std::make_unique<Statement>(std::move(made), link_);
  });
}

Statement& Connection::prepared(std::string_view text) {
  std::unique_ptr<Statement>& kept = statements_[{text.data(), 0}];
  if (!kept) kept = prepare(std::string(text));
  return *kept;
}

Statement& Connection::prepared(const ManyRows& text, std::size_t rows) {
  std::unique_ptr<Statement>& kept = statements_[{&text, rows}];
  if (!kept) kept = prepare(text.text(rows));
  return *kept;
}

void Connection::write(const ManyRows& text, const RowValues& rows) {
  const std::span<const Parameter> values(rows.values());
  for (std::size_t done = 0; done < rows.size();) {
    const std::size_t piece = piece_of(rows.size() - done);
    prepared(text, piece)
        .execute(values.subspan(done * rows.columns(), piece * rows.columns()));
    done += piece;
  }
}

// Where the count is no power of two, the last key is repeated: no row is found twice.
void Connection::read(const ManyRows& text, const RowValues& keys,
                      const std::function<void(const Rows&)>& each) {
  const std::span<const Parameter> all(keys.values());
  for (std::size_t done = 0; done < keys.size();) {
    const std::size_t piece = std::min(keys.size() - done, rows_in_statement_max);
    const auto part = all.subspan(done * keys.columns(), piece * keys.columns());
    std::vector<Parameter> values(part.begin(), part.end());
    const auto last = part.last(keys.columns());
    for (std::size_t row = piece; row < std::bit_ceil(piece); ++row) {
      values.insert(values.end(), last.begin(), last.end());
    }
    Rows rows = prepared(text, std::bit_ceil(piece)).query(values);
    while (rows.next()) each(rows);
    done += piece;
  }
}

void Connection::execute(const std::string& text) {
  called(link_, Call::run, [&] {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->execute(text);
  });
}

void Connection::begin() {
  prepared(begin_transaction).execute({});
  in_transaction_ = true;
}

void Connection::begin_snapshot() {
  execute(std::string(repeatable_reads));
  execute(std::string(mysql::begin_snapshot));
  in_transaction_ = true;
}

// Not by the driver's own commit(), which keeps the server's refusal to itself: what another node
// has brought down, or a lost connection has cut off, would pass for committed.
void Connection::commit() {
  called(link_, Call::commit, [&] {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->execute("COMMIT");
  });
  in_transaction_ = false;
}

void Connection::roll_back() {
  if (!in_transaction_ || link_.is_lost) return;
  try {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->execute("ROLLBACK");
    in_transaction_ = false;
  } catch (const sql::SQLException&) {
    link_.is_lost = true;
  }
}

bool Connection::is_alive() {
  try {
    return connection_->isValid();
  } catch (const sql::SQLException&) {
    return false;
  }
}

}  // namespace yimen::persistence::mysql
