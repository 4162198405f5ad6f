#include "persistence/mysql/audit_store.hpp"

#include "persistence/audit_page.hpp"
#include "persistence/mysql/audit_queries.hpp"
#include "persistence/mysql/audit_write.hpp"
#include "persistence/mysql/case_lines.hpp"

namespace yimen::persistence::mysql {

namespace {

using Parameters = std::vector<Parameter>;

void add_range(Parameters& parameters, const std::string& jurisdiction, const AuditQuery& query,
               std::int64_t from) {
  const Parameter as_of = parameter(query.as_of);
  parameters.insert(parameters.end(),
                    {jurisdiction, query.clock, from, parameter(query.before), as_of, as_of});
  for (const auto* filter : {&query.department, &query.village, &query.category}) {
    parameters.insert(parameters.end(), {parameter(*filter), parameter(*filter)});
  }
}

Parameters parameters_of_lines(const std::string& jurisdiction, const AuditQuery& query,
                               std::int64_t from) {
  const Parameter as_of = parameter(query.as_of);
  Parameters parameters{as_of, as_of, as_of};
  add_range(parameters, jurisdiction, query, from);
  parameters.insert(parameters.end(),
                    {as_of, std::int64_t{query.outcomes}, parameter(query.late_with), as_of,
                     parameter(query.late_with)});
  return parameters;
}

}  // namespace

Result<std::vector<AuditFigure>, StoreError> MysqlAuditStore::figures(const AuditQuery& query,
                                                                      AuditGrouping by) {
  const Parameter as_of = parameter(query.as_of);
  Parameters parameters{static_cast<std::int64_t>(by), as_of, as_of};
  add_range(parameters, context_.jurisdiction, query, workflow::milliseconds_of(query.from));
  AuditTally tally;
  const auto read = context_.transactions.read([&](Connection& connection) {
    tally = {};
    Rows rows = connection.prepared(count_audit_outcomes).query(parameters);
    while (rows.next()) tally.add(rows);
  });
  if (!read) return refuse(read.error());
  return tally.figures();
}

Result<AuditPage, StoreError> MysqlAuditStore::lines(const AuditQuery& query,
                                                     const std::string& cursor, int limit) {
  const auto after = place_after(cursor, AuditOrder::by_start,
                                 workflow::milliseconds_of(query.from));
  if (!after) return refuse(after.error());
  Parameters parameters = parameters_of_lines(context_.jurisdiction, query, after->at);
  parameters.insert(parameters.end(), {after->at, after->case_id, after->sequence,
                                       std::int64_t{rows_of_page(limit)} + 1});
  std::vector<AuditLine> found;
  const auto read = context_.transactions.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(select_audit_lines).query(parameters);
    while (rows.next()) found.push_back(audit_line_in(rows));
  });
  if (!read) return refuse(read.error());
  return page_of_lines(std::move(found), AuditOrder::by_start, limit);
}

Result<AuditPage, StoreError> MysqlAuditStore::lines_by_due(
    const std::vector<AuditQuery>& queries, const std::string& cursor, int limit) {
  const auto after = place_after(cursor, AuditOrder::by_due, -never);
  if (!after) return refuse(after.error());
  std::vector<AuditLine> found;
  const auto read = context_.transactions.read([&](Connection& connection) {
    found.clear();
    const Snapshot snapshot(connection);
    for (const AuditQuery& query : queries) {
      Parameters parameters = parameters_of_lines(context_.jurisdiction, query,
                                                  workflow::milliseconds_of(query.from));
      parameters.insert(parameters.end(), {after->at, after->at, after->case_id, after->clock,
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

Result<AuditMarkPage, StoreError> MysqlAuditStore::marks(const AuditMarkQuery& query) {
  const auto after = place_after(query.cursor, AuditOrder::newest_first, end_of_marks(query));
  if (!after) return refuse(after.error());
  std::vector<AuditMarkLine> found;
  const auto read = context_.transactions.read([&](Connection& connection) {
    found.clear();
    const Parameter department = parameter(query.department);
    Rows rows = connection.prepared(select_audit_marks)
                    .query({context_.jurisdiction, query.list, parameter(query.from), after->at,
                            department, department, after->at, after->case_id, after->sequence,
                            std::int64_t{rows_of_page(query.limit)} + 1});
    while (rows.next()) found.push_back(audit_mark_line_in(rows));
  });
  if (!read) return refuse(read.error());
  return page_of_marks(std::move(found), query.limit);
}

Result<void, StoreError> MysqlAuditStore::put(const AuditHistory& history) {
  AuditRows rows(context_.jurisdiction);
  rows.add(history);
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        {
          Rows held = connection.prepared(lock_case_sequence).query({history.case_id});
          if (!held.next() || held.integer(0) != history.sequence) {
            return refuse(StoreError{StoreErrorKind::conflict, "the case has moved on", {}});
          }
        }
        rows.write(connection);
        return {};
      });
}

// Told twice rather than not at all, where a commit is in doubt.
Result<void, StoreError> MysqlAuditStore::record(const AuditedAct& act) {
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        connection.prepared(insert_audited_act)
            .execute({context_.jurisdiction, act.list, act.action, act.account, act.subject,
                      act.reason, act.trace_id, parameter(act.at)});
        return {};
      });
}

Result<AuditedActPage, StoreError> MysqlAuditStore::acts(const AuditedActQuery& query) {
  const auto after = place_after(query.cursor, AuditOrder::acts, never);
  if (!after) return refuse(after.error());
  std::vector<PlacedAct> found;
  const auto read = context_.transactions.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(select_audited_acts)
                    .query({context_.jurisdiction, query.list, after->at, parameter(query.from),
                            parameter(query.before), std::int64_t{rows_of_page(query.limit)} + 1});
    while (rows.next()) found.push_back(audited_act_in(rows));
  });
  if (!read) return refuse(read.error());
  return page_of_acts(std::move(found), query.limit);
}

}  // namespace yimen::persistence::mysql
