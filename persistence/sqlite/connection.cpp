#include "persistence/sqlite/connection.hpp"

#include <Poco/Data/SQLite/SessionImpl.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/URI.h>
#include <sqlite3.h>

#include "persistence/sqlite/failure.hpp"
#include "persistence/sqlite/queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

constexpr std::size_t open_seconds_max = 60;

// Opened without the connector registry of Poco::Data, which is global.
Poco::Data::Session opened(const std::string& path, Access access) {
  std::string escaped;
  Poco::URI::encode(path, "?#%", escaped);
  const std::string uri =
      "file:" + escaped + (access == Access::read_only ? "?mode=ro" : "?mode=rwc");
  try {
    return Poco::Data::Session(Poco::AutoPtr<Poco::Data::SessionImpl>(
        new Poco::Data::SQLite::SessionImpl(uri, open_seconds_max)));
  } catch (const Poco::Exception& error) {
    throw Failure(SQLITE_CANTOPEN, path + ": " + error.displayText());
  }
}

}  // namespace

Connection::Connection(const std::string& path, Access access)
    : session_(opened(path, access)), handle_(Poco::Data::SQLite::Utility::dbHandle(session_)) {
  sqlite3_extended_result_codes(handle_, 1);
  execute(std::string(access == Access::read_only ? reader_pragmas : writer_pragmas));
}

Connection::~Connection() = default;

void Connection::execute(const std::string& script) {
  if (sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw last_failure(handle_);
  }
}

Statement& Connection::prepared(std::string_view sql) {
  std::unique_ptr<Statement>& kept = statements_[sql.data()];
  if (!kept) kept = std::make_unique<Statement>(handle_, sql);
  return *kept;
}

Snapshot::Snapshot(Connection& connection) : connection_(connection) {
  connection_.prepared(begin_snapshot).execute({});
}

// Ending a read never fails in a way that matters: nothing was written.
Snapshot::~Snapshot() {
  sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace yimen::persistence::sqlite
