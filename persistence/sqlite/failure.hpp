// What went wrong inside SQLite, as an exception of this folder; it never leaves the folder.
#pragma once

#include <stdexcept>
#include <string>

#include "persistence/store.hpp"

struct sqlite3;

namespace yimen::persistence::sqlite {

class Failure final : public std::runtime_error {
 public:
  // An extended result code of SQLite.
  Failure(int code, const std::string& what) : std::runtime_error(what), code_(code) {}

  [[nodiscard]] int code() const { return code_; }
  // The disk is full or broken, or the file is damaged.
  [[nodiscard]] bool is_of_disk() const;
  // Nothing but a restore from a backup helps.
  [[nodiscard]] bool is_of_content() const;

 private:
  int code_;
};

// The last failure of a connection.
[[nodiscard]] Failure last_failure(sqlite3* handle);
// Any exception that arose while a connection was used, a driver's among them.
[[nodiscard]] Failure failure_from(const std::exception& error, sqlite3* handle);
// Nothing was written: `invalid` where the schema refuses a row, else `unavailable`.
[[nodiscard]] StoreError store_error(const Failure& failure);

}  // namespace yimen::persistence::sqlite
