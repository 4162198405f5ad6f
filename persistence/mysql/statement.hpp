// A prepared statement of one connection, and the rows that it answers. The driver stays behind.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "persistence/mysql/faults.hpp"
#include "persistence/parameter.hpp"

namespace sql {
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace yimen::persistence::mysql {

// What a connection and its statements share.
struct Link {
  Faults* faults = nullptr;
  bool is_lost = false;
};

// All rows have been fetched when it is made, so nothing else has to wait for its end.
class Rows final {
 public:
  Rows(std::unique_ptr<sql::ResultSet> rows, Link& link);
  ~Rows();
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) = delete;

  // False behind the last row. Throws Failure.
  [[nodiscard]] bool next();
  [[nodiscard]] std::int64_t integer(unsigned column) const;
  [[nodiscard]] std::string text(unsigned column) const;  // also of bytes; empty for null
  [[nodiscard]] workflow::Instant instant(unsigned column) const;
  [[nodiscard]] std::optional<workflow::Instant> instant_or_nothing(unsigned column) const;

 private:
  std::unique_ptr<sql::ResultSet> rows_;
  Link* link_;
};

class Statement final {
 public:
  Statement(std::unique_ptr<sql::PreparedStatement> statement, Link& link);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // All throw Failure.
  [[nodiscard]] Rows query(std::initializer_list<Parameter> parameters);
  [[nodiscard]] Rows query(std::span<const Parameter> parameters);
  // Answers how many rows it changed; a row that it found as it should be is not changed.
  int execute(std::initializer_list<Parameter> parameters);
  int execute(std::span<const Parameter> parameters);

 private:
  void bind(std::span<const Parameter> parameters);

  std::unique_ptr<sql::PreparedStatement> statement_;
  Link& link_;
};

}  // namespace yimen::persistence::mysql
