#include "persistence/sqlite/audit_store.hpp"

#include "persistence/audit_page.hpp"
#include "persistence/sqlite/audit_queries.hpp"
#include "persistence/sqlite/audit_write.hpp"
#include "persistence/sqlite/case_queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

// In the order in which the texts name them first, behind what stands before the range.
void add_range(std::vector<Parameter>& parameters, const std::string& jurisdiction,
               const AuditQuery& query, std::int64_t from) {
  parameters.insert(parameters.end(),
                    {jurisdiction, query.clock, from, parameter(query.before),
                     parameter(query.department), parameter(query.village),
                     parameter(query.category), std::int64_t{query.outcomes},
                     parameter(query.late_with)});
}

}  // namespace

Result<std::vector<AuditFigure>, StoreError> SqliteAuditStore::figures(const AuditQuery& query,
                                                                       AuditGrouping by) {
  AuditTally tally;
  const auto read = context_.readers.read([&](Connection& connection) {
    tally = {};
    Rows rows = connection.prepared(select_audit_outcomes)
                    .query({static_cast<std::int64_t>(by), parameter(query.as_of),
                            context_.jurisdiction, query.clock, parameter(query.from),
                            parameter(query.before), parameter(query.department),
                            parameter(query.village), parameter(query.category)});
    while (rows.next()) tally.add(rows);
  });
  if (!read) return refuse(read.error());
  return tally.figures();
}

Result<AuditPage, StoreError> SqliteAuditStore::lines(const AuditQuery& query,
                                                      const std::string& cursor, int limit) {
  const auto after = place_after(cursor, AuditOrder::by_start,
                                 workflow::milliseconds_of(query.from));
  if (!after) return refuse(after.error());
  std::vector<Parameter> parameters{parameter(query.as_of)};
  add_range(parameters, context_.jurisdiction, query, after->at);
  parameters.insert(parameters.end(),
                    {after->case_id, after->sequence, std::int64_t{rows_of_page(limit)} + 1});
  std::vector<AuditLine> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(select_audit_lines).query(parameters);
    while (rows.next()) found.push_back(audit_line_in(rows));
  });
  if (!read) return refuse(read.error());
  return page_of_lines(std::move(found), AuditOrder::by_start, limit);
}

Result<AuditPage, StoreError> SqliteAuditStore::lines_by_due(
    const std::vector<AuditQuery>& queries, const std::string& cursor, int limit) {
  const auto after = place_after(cursor, AuditOrder::by_due, -never);
  if (!after) return refuse(after.error());
  std::vector<AuditLine> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    found.clear();
    const Snapshot snapshot(connection);
    for (const AuditQuery& query : queries) {
      std::vector<Parameter> parameters{parameter(query.as_of)};
      add_range(parameters, context_.jurisdiction, query, workflow::milliseconds_of(query.from));
      parameters.insert(parameters.end(), {after->at, after->case_id, after->clock,
                                           after->sequence,
                                           std::int64_t{rows_of_page(limit)} + 1});
      Rows rows = connection.prepared(select_audit_lines_by_due).query(parameters);
      while (rows.next()) found.push_back(audit_line_in(rows));
    }
  });
  if (!read) return refuse(read.error());
  merge_by_due(found);
  return page_of_lines(std::move(found), AuditOrder::by_due, limit);
}

Result<AuditMarkPage, StoreError> SqliteAuditStore::marks(const AuditMarkQuery& query) {
  const auto after = place_after(query.cursor, AuditOrder::newest_first, end_of_marks(query));
  if (!after) return refuse(after.error());
  std::vector<AuditMarkLine> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(select_audit_marks)
                    .query({context_.jurisdiction, query.list, parameter(query.from), after->at,
                            parameter(query.department), after->case_id, after->sequence,
                            std::int64_t{rows_of_page(query.limit)} + 1});
    while (rows.next()) found.push_back(audit_mark_line_in(rows));
  });
  if (!read) return refuse(read.error());
  return page_of_marks(std::move(found), query.limit);
}

Result<void, StoreError> SqliteAuditStore::put(const AuditHistory& history) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    {
      Rows rows = connection.prepared(select_case_sequence).query({history.case_id});
      if (!rows.next() || rows.integer(0) != history.sequence) {
        return refuse(StoreError{StoreErrorKind::conflict, "the case has moved on", {}});
      }
    }
    put_history(connection, context_.jurisdiction, history);
    return {};
  });
}

Result<void, StoreError> SqliteAuditStore::record(const AuditedAct& act) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    connection.prepared(insert_audited_act)
        .execute({context_.jurisdiction, act.list, act.action, act.account, act.subject,
                  act.reason, act.trace_id, parameter(act.at)});
    return {};
  });
}

Result<AuditedActPage, StoreError> SqliteAuditStore::acts(const AuditedActQuery& query) {
  const auto after = place_after(query.cursor, AuditOrder::acts, never);
  if (!after) return refuse(after.error());
  std::vector<PlacedAct> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(select_audited_acts)
                    .query({context_.jurisdiction, query.list, after->at, parameter(query.from),
                            parameter(query.before), std::int64_t{rows_of_page(query.limit)} + 1});
    while (rows.next()) found.push_back(audited_act_in(rows));
  });
  if (!read) return refuse(read.error());
  return page_of_acts(std::move(found), query.limit);
}

}  // namespace yimen::persistence::sqlite
