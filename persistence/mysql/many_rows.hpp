// A statement about many rows: `row`, repeated with `between` in between, inside `head` and `tail`.
// It is prepared for every number of rows up to 16, and for 32 and 64: a batch takes one or two
// journeys a table, and a connection keeps few statements.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/parameter.hpp"

namespace yimen::persistence::mysql {

constexpr std::size_t rows_in_small_statement_max = 16;
constexpr std::size_t rows_in_statement_max = 64;

struct ManyRows {
  std::string_view head;
  std::string_view row;
  std::string_view between;
  std::string_view tail;

  [[nodiscard]] std::string text(std::size_t rows) const;
};

// The values of rows that are to be written by one kind of statement; row after row.
class RowValues final {
 public:
  explicit RowValues(std::size_t columns) : columns_(columns) {}

  void add(std::initializer_list<Parameter> row) { values_.insert(values_.end(), row); }
  [[nodiscard]] std::size_t size() const { return values_.size() / columns_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] const std::vector<Parameter>& values() const { return values_; }

 private:
  std::size_t columns_;
  std::vector<Parameter> values_;
};

}  // namespace yimen::persistence::mysql
