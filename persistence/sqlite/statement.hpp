// A prepared statement on a connection's own handle, for the hot paths. Parameters are bound in the
// order in which their names first occur in the text.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "persistence/parameter.hpp"
#include "persistence/transfer.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace yimen::persistence::sqlite {

// The rows of one run. While it lives, its statement is busy and holds a snapshot.
class Rows final {
 public:
  explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // False behind the last row. Throws Failure.
  [[nodiscard]] bool next();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;  // also of a blob
  [[nodiscard]] TableRow cells() const;  // all columns
  [[nodiscard]] workflow::Instant instant(int column) const;
  [[nodiscard]] std::optional<workflow::Instant> instant_or_nothing(int column) const;

 private:
  sqlite3_stmt* statement_;
};

class Statement final {
 public:
  // Throws Failure.
  Statement(sqlite3* handle, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  [[nodiscard]] Rows query(std::initializer_list<Parameter> parameters);
  [[nodiscard]] Rows query(std::span<const Parameter> parameters);
  // Runs it to its end; answers how many rows it changed. Throws Failure.
  int execute(std::initializer_list<Parameter> parameters);
  int execute(std::span<const Parameter> parameters);

 private:
  void bind(std::span<const Parameter> parameters);

  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace yimen::persistence::sqlite
