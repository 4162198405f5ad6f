#include "persistence/sqlite/failure.hpp"

#include <Poco/Exception.h>
#include <sqlite3.h>

#include <new>

namespace yimen::persistence::sqlite {

namespace {

constexpr int primary_mask = 0xff;

}  // namespace

bool Failure::is_of_content() const {
  const int primary = code_ & primary_mask;
  return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

bool Failure::is_of_disk() const {
  const int primary = code_ & primary_mask;
  return is_of_content() || primary == SQLITE_FULL || primary == SQLITE_IOERR ||
         primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY;
}

Failure last_failure(sqlite3* handle) {
  return {sqlite3_extended_errcode(handle), sqlite3_errmsg(handle)};
}

Failure failure_from(const std::exception& error, sqlite3* handle) {
  if (const auto* failure = dynamic_cast<const Failure*>(&error)) return *failure;
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
    return {SQLITE_NOMEM, "out of memory"};
  }
  if (const auto* thrown = dynamic_cast<const Poco::Exception*>(&error)) {
    const Failure last = last_failure(handle);
    if ((last.code() & primary_mask) != SQLITE_OK && last.code() != SQLITE_DONE &&
        last.code() != SQLITE_ROW) {
      return last;
    }
    return {SQLITE_ERROR, thrown->name()};
  }
  return {SQLITE_ERROR, error.what()};
}

StoreError store_error(const Failure& failure) {
  const int primary = failure.code() & primary_mask;
  const bool is_refused = primary == SQLITE_CONSTRAINT || primary == SQLITE_TOOBIG ||
                          primary == SQLITE_MISMATCH || primary == SQLITE_ERROR;
  return {is_refused ? StoreErrorKind::invalid : StoreErrorKind::unavailable, failure.what(), {}};
}

}  // namespace yimen::persistence::sqlite
