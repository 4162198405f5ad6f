// What the stores of one database share.
#pragma once

#include <string>

#include "persistence/case_write.hpp"
#include "persistence/mysql/committer.hpp"
#include "persistence/mysql/transactions.hpp"

namespace yimen::persistence::mysql {

struct Context {
  Transactions& transactions;
  Committer& committer;
  const std::string& jurisdiction;
  const Vocabulary& vocabulary;
};

// All rows of a query, made by `row_in`; or the first of them, `not_found` by this name.
template <class RowIn>
auto all_rows(const Context& context, std::string_view text,
              std::initializer_list<Parameter> parameters, RowIn row_in) {
  using Row = decltype(row_in(std::declval<const Rows&>()));
  std::vector<Row> found;
  const auto read = context.transactions.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(text).query(parameters);
    while (rows.next()) found.push_back(row_in(rows));
  });
  return read ? Result<std::vector<Row>, StoreError>(std::move(found)) : refuse(read.error());
}

template <class RowIn>
auto one_row(const Context& context, std::string_view text,
             std::initializer_list<Parameter> parameters, RowIn row_in, const std::string& what) {
  using Row = decltype(row_in(std::declval<const Rows&>()));
  auto found = all_rows(context, text, parameters, row_in);
  if (!found) return Result<Row, StoreError>(refuse(std::move(found.error())));
  if (found->empty()) {
    return Result<Row, StoreError>(
        refuse(StoreError{StoreErrorKind::not_found, "no such " + what, {}}));
  }
  return Result<Row, StoreError>(std::move(found->front()));
}

}  // namespace yimen::persistence::mysql
