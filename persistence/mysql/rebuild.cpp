#include "persistence/mysql/rebuild.hpp"

#include "persistence/mysql/audit_queries.hpp"
#include "persistence/mysql/audit_write.hpp"
#include "persistence/mysql/case_parts.hpp"
#include "persistence/mysql/case_queries.hpp"
#include "persistence/retelling.hpp"

namespace yimen::persistence::mysql {

namespace {

constexpr std::int64_t ids_at_once = 100;

// A cluster certifies a transaction as a whole; this many rows are quick.
constexpr std::int64_t rows_swept_at_once = 5'000;

// The rows of clocks and entries that auditors read have no index by case: all go, and all come
// again with their cases.
Result<void, StoreError> sweep(const Context& context, std::string_view text) {
  std::int64_t swept = rows_swept_at_once;
  Result<void, StoreError> done;
  while (done && swept == rows_swept_at_once) {
    done = context.transactions.run_repeatable(
        [&](Connection& connection) -> Result<void, StoreError> {
          swept = connection.prepared(text).execute({rows_swept_at_once});
          return {};
        });
  }
  return done;
}

std::vector<workflow::SealedEntry> journal_of(Connection& connection, const std::string& case_id) {
  std::vector<workflow::SealedEntry> sealed;
  Rows rows = connection.prepared(select_whole_journal).query({case_id});
  while (rows.next()) {
    sealed.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3)});
  }
  return sealed;
}

void rewrite(Connection& connection, const std::string& case_id, const Retelling& told) {
  for (const std::string_view text : {delete_case, delete_clocks_of_case, delete_units_of_case,
                                      delete_persons_of_case}) {
    connection.prepared(text).execute({case_id});
  }
  for (const CaseWrite& step : told.steps) {
    const AcceptedWrite one{&step, nullptr};
    write_clocks(connection, {&one, 1});
  }
  const AcceptedWrite all{&told.whole, nullptr};
  write_cases(connection, {&all, 1});
  write_rungs(connection, {&all, 1});
  write_units(connection, {&all, 1});
  write_persons(connection, {&all, 1});
  AuditRows audit(told.whole.jurisdiction);
  audit.add(told.audit);
  audit.write(connection);
}

Result<void, StoreError> rebuild_case(const Context& context, const workflow::Digests& digests,
                                      const std::string& case_id) {
  return context.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        // Nobody adds to its journal before this is committed.
        (void)connection.prepared(lock_case_sequence).query({case_id}).next();
        const auto told = retold(case_id, journal_of(connection, case_id), digests,
                                 context.jurisdiction, context.vocabulary);
        if (!told) return refuse(told.error());
        rewrite(connection, case_id, *told);
        return {};
      });
}

}  // namespace

Result<std::int64_t, StoreError> rebuild(const Context& context,
                                         const workflow::Digests& digests,
                                         const RebuildProgress& progress) {
  for (const std::string_view text : {sweep_audit_clocks, sweep_audit_marks}) {
    if (auto swept = sweep(context, text); !swept) return refuse(swept.error());
  }
  std::int64_t count = 0;
  std::string after;
  while (true) {
    const auto ids = all_rows(context, select_case_ids_of_journal, {after, ids_at_once},
                              [](const Rows& rows) { return rows.text(0); });
    if (!ids) return refuse(ids.error());
    if (ids->empty()) return count;
    for (const std::string& id : *ids) {
      if (auto one = rebuild_case(context, digests, id); !one) return refuse(one.error());
    }
    count += std::ssize(*ids);
    after = ids->back();
    if (progress) progress(count);
  }
}

}  // namespace yimen::persistence::mysql
