#include "persistence/mysql/news_store.hpp"

#include "persistence/mysql/deadline_queries.hpp"
#include "persistence/row_readers.hpp"

namespace yimen::persistence::mysql {

namespace {

std::int64_t integer_in(const Rows& rows) { return rows.integer(0); }

}  // namespace

// Places are given before the commit, so a lower one may be seen after a higher one. Numbers are
// given behind it, by one transaction at a time: whoever holds the counter's row.
Result<void, StoreError> MysqlNewsStore::number_entries() {
  while (true) {
    const auto waiting = all_rows(context_, select_unnumbered, {}, integer_in);
    if (!waiting) return refuse(waiting.error());
    if (waiting->empty()) return {};
    const auto numbered = context_.transactions.run_repeatable(
        [&](Connection& connection) -> Result<void, StoreError> {
          std::int64_t last = 0;
          {
            Rows rows = connection.prepared(lock_outbox_counter).query({});
            if (rows.next()) last = rows.integer(0);
          }
          const int count = connection.prepared(number_outbox).execute({last});
          connection.prepared(update_outbox_counter).execute({last + count});
          return {};
        });
    if (!numbered) return numbered;
  }
}

Result<std::int64_t, StoreError> MysqlNewsStore::latest_entry() {
  if (auto numbered = number_entries(); !numbered) return refuse(numbered.error());
  const auto found =
      all_rows(context_, select_latest_entry, {context_.jurisdiction}, integer_in);
  if (!found) return refuse(found.error());
  return found->empty() ? 0 : found->front();
}

Result<std::vector<CaseNews>, StoreError> MysqlNewsStore::entries_after(std::int64_t place,
                                                                        int limit) {
  if (auto numbered = number_entries(); !numbered) return refuse(numbered.error());
  return all_rows(context_, select_entries_after,
                  {place, context_.jurisdiction, std::int64_t{limit}}, case_news_in<Rows>);
}

Result<std::int64_t, StoreError> MysqlNewsStore::latest_told() {
  return one_row(context_, select_latest_told, {}, integer_in, "place");
}

Result<std::vector<Told>, StoreError> MysqlNewsStore::told_after(std::int64_t place, int limit) {
  return all_rows(context_, select_told_after,
                  {place, context_.jurisdiction, std::int64_t{limit}}, told_in<Rows>);
}

}  // namespace yimen::persistence::mysql
