#include "persistence/mysql/audit_write.hpp"

#include "persistence/mysql/audit_queries.hpp"

namespace yimen::persistence::mysql {

namespace {

Parameter flag_of(const std::optional<bool>& flag) { return flag ? parameter(*flag) : Parameter(); }

}  // namespace

void AuditRows::add(const CaseWrite& write) {
  const workflow::Case& subject = write.subject();
  const workflow::Instant now = subject.recorded_at;
  const AuditChanges changes = audit_changes(write.known().audited, write.next.audited);
  for (const AuditClock* clock : changes.superseded) {
    superseded_.add({jurisdiction_, clock->clock, parameter(clock->started_at), subject.id,
                     clock->started_by, parameter(now), never});
  }
  for (const AuditClock* clock : changes.inserted) {
    add_version(subject.id,
                versions_.emplace_back(AuditVersion{*clock, subject.sequence, now, {}}));
  }
  for (const AuditMark& mark : write.request->marks) {
    add_mark(subject.id, rows_.emplace_back(AuditMarkRow{mark, subject.sequence, now,
                                                         audit_facts_of(subject)}));
  }
}

void AuditRows::add(const AuditHistory& history) {
  for (const AuditVersion& version : history.versions) add_version(history.case_id, version);
  for (const AuditMarkRow& row : history.marks) add_mark(history.case_id, row);
}

void AuditRows::write(Connection& connection) const {
  connection.write(supersede_audit_clocks, superseded_);
  connection.write(put_audit_clocks, clocks_);
  connection.write(put_audit_marks, marks_);
}

void AuditRows::add_version(const std::string& case_id, const AuditVersion& version) {
  const AuditClock& clock = version.clock;
  clocks_.add({jurisdiction_, clock.clock, parameter(clock.started_at), case_id, clock.started_by,
               version.recorded_by, parameter(version.recorded_at),
               order_of(version.superseded_at), parameter(clock.due_at),
               parameter(clock.stopped_at), flag_of(clock.is_late), parameter(clock.is_withdrawn),
               parameter(clock.is_reopened), clock.facts.holder_unit, clock.facts.department,
               clock.facts.village, clock.facts.category, clock.state});
}

void AuditRows::add_mark(const std::string& case_id, const AuditMarkRow& row) {
  marks_.add({case_id, row.sequence, row.mark.kind, row.mark.list, row.mark.reason, jurisdiction_,
              parameter(row.recorded_at), row.facts.holder_unit, row.facts.department,
              row.facts.village, row.facts.category});
}

}  // namespace yimen::persistence::mysql
