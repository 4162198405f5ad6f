#include "persistence/sqlite/news_store.hpp"

#include "persistence/row_readers.hpp"
#include "persistence/sqlite/deadline_queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

template <class RowIn>
auto all_rows(const Context& context, std::string_view text,
              std::initializer_list<Parameter> parameters, RowIn row_in) {
  using Row = decltype(row_in(std::declval<const Rows&>()));
  std::vector<Row> found;
  const auto read = context.readers.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(text).query(parameters);
    while (rows.next()) found.push_back(row_in(rows));
  });
  return read ? Result<std::vector<Row>, StoreError>(std::move(found)) : refuse(read.error());
}

std::int64_t integer_in(const Rows& rows) { return rows.integer(0); }

// 0 where there is none.
Result<std::int64_t, StoreError> place(const Context& context, std::string_view text,
                                       std::initializer_list<Parameter> parameters) {
  const auto found = all_rows(context, text, parameters, integer_in);
  if (!found) return refuse(found.error());
  return found->empty() ? 0 : found->front();
}

}  // namespace

// One thread writes, so the places of the outbox are in the order of commits.
Result<std::int64_t, StoreError> SqliteNewsStore::latest_entry() {
  return place(context_, select_latest_entry, {context_.jurisdiction});
}

Result<std::vector<CaseNews>, StoreError> SqliteNewsStore::entries_after(std::int64_t place,
                                                                         int limit) {
  return all_rows(context_, select_entries_after,
                  {place, context_.jurisdiction, std::int64_t{limit}}, case_news_in<Rows>);
}

Result<std::int64_t, StoreError> SqliteNewsStore::latest_told() {
  return place(context_, select_latest_told, {});
}

Result<std::vector<Told>, StoreError> SqliteNewsStore::told_after(std::int64_t place, int limit) {
  return all_rows(context_, select_told_after,
                  {place, context_.jurisdiction, std::int64_t{limit}}, told_in<Rows>);
}

}  // namespace yimen::persistence::sqlite
