#include "persistence/sqlite/rebuild.hpp"

#include "persistence/retelling.hpp"
#include "persistence/sqlite/audit_write.hpp"
#include "persistence/sqlite/case_queries.hpp"
#include "persistence/sqlite/deadline_queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

using workflow::SealedEntry;

constexpr std::int64_t cases_in_transaction = 100;

std::vector<SealedEntry> journal_of(Connection& connection, const std::string& case_id) {
  std::vector<SealedEntry> sealed;
  Rows rows = connection.prepared(select_whole_journal).query({case_id});
  while (rows.next()) {
    sealed.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3)});
  }
  return sealed;
}

void rewrite_row(const Commit& commit) {
  const CaseSummary& row = commit.summary;
  if (insert_row(commit)) return;
  commit.execute(rewrite_case,
                 {row.procedure, commit.next.edition, commit.next.sequence, row.revision,
                  Blob(commit.request.entry.hash), row.state, parameter(row.is_closed), row.number,
                  row.category, row.village, row.department, parameter(row.emergency),
                  row.holder_unit, row.holder_person, parameter(row.opened_at),
                  parameter(row.state_since), order_of(row.due_at), parameter(row.suspended_at),
                  row.subject, commit.write.waits_for, row.id});
}

Result<void, StoreError> rebuild_case(Connection& connection, const Context& context,
                                      const workflow::Digests& digests,
                                      const std::string& case_id) {
  const auto told = retold(case_id, journal_of(connection, case_id), digests,
                           context.jurisdiction, context.vocabulary);
  if (!told) return refuse(told.error());
  connection.prepared(delete_clocks_of_case).execute({case_id});
  connection.prepared(delete_rungs_of_case).execute({case_id});
  for (const CaseWrite& step : told->steps) write_clocks(Commit(connection, step));
  const Commit commit(connection, told->whole);
  rewrite_row(commit);
  commit.execute(upsert_document, {case_id, told->whole.document});
  write_rungs(commit);
  write_scope(commit);
  put_history(connection, context.jurisdiction, told->audit);
  return {};
}

std::vector<std::string> ids_after(Connection& connection, const std::string& after) {
  std::vector<std::string> ids;
  Rows rows = connection.prepared(select_case_ids_of_journal).query({after, cases_in_transaction});
  while (rows.next()) ids.push_back(rows.text(0));
  return ids;
}

}  // namespace

Result<std::int64_t, StoreError> rebuild(const Context& context,
                                         const workflow::Digests& digests,
                                         const RebuildProgress& progress) {
  auto done = context.writer.run([](Connection& connection) -> Result<void, StoreError> {
    connection.execute(std::string(begin_rebuild));
    return {};
  });
  std::int64_t count = 0;
  std::string after;
  for (bool more = true; done && more;) {
    done = context.writer.run([&](Connection& connection) -> Result<void, StoreError> {
      const std::vector<std::string> ids = ids_after(connection, after);
      more = !ids.empty();
      if (!more) connection.execute(std::string(end_rebuild));
      for (const std::string& id : ids) {
        if (auto one = rebuild_case(connection, context, digests, id); !one) return one;
      }
      if (more) after = ids.back();
      count += std::ssize(ids);
      return {};
    });
    if (done && more && progress) progress(count);
  }
  if (!done) return refuse(std::move(done.error()));
  return count;
}

}  // namespace yimen::persistence::sqlite
