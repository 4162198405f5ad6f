#include "persistence/sqlite/audit_write.hpp"

#include "persistence/sqlite/audit_queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

Parameter flag_of(const std::optional<bool>& flag) { return flag ? parameter(*flag) : Parameter(); }

// To which case rows belong.
struct Owner {
  Connection& connection;
  const std::string& jurisdiction;
  const std::string& case_id;
};

void put(const Owner& owner, const AuditVersion& version) {
  const AuditClock& clock = version.clock;
  owner.connection.prepared(put_audit_clock)
      .execute({owner.jurisdiction, clock.clock, parameter(clock.started_at), owner.case_id,
                clock.started_by, version.recorded_by, parameter(version.recorded_at),
                order_of(version.superseded_at), parameter(clock.due_at),
                parameter(clock.stopped_at), flag_of(clock.is_late),
                parameter(clock.is_withdrawn), parameter(clock.is_reopened),
                clock.facts.holder_unit, clock.facts.department, clock.facts.village,
                clock.facts.category, clock.state});
}

void put(const Owner& owner, const AuditMarkRow& row) {
  owner.connection.prepared(put_audit_mark)
      .execute({owner.case_id, row.sequence, row.mark.kind, row.mark.list, row.mark.reason,
                owner.jurisdiction, parameter(row.recorded_at), row.facts.holder_unit,
                row.facts.department, row.facts.village, row.facts.category});
}

}  // namespace

void write_audit(const Commit& commit) {
  const Owner owner{commit.connection, commit.write.jurisdiction, commit.next.id};
  const workflow::Instant now = commit.next.recorded_at;
  const AuditChanges changes = audit_changes(commit.before.audited, commit.write.next.audited);
  for (const AuditClock* clock : changes.superseded) {
    commit.execute(supersede_audit_clock,
                   {parameter(now), owner.jurisdiction, clock->clock, parameter(clock->started_at),
                    owner.case_id, clock->started_by, never});
  }
  for (const AuditClock* clock : changes.inserted) {
    put(owner, AuditVersion{*clock, commit.next.sequence, now, {}});
  }
  for (const AuditMark& mark : commit.request.marks) {
    put(owner, AuditMarkRow{mark, commit.next.sequence, now, audit_facts_of(commit.next)});
  }
}

void put_history(Connection& connection, const std::string& jurisdiction,
                 const AuditHistory& history) {
  const Owner owner{connection, jurisdiction, history.case_id};
  for (const AuditVersion& version : history.versions) put(owner, version);
  for (const AuditMarkRow& row : history.marks) put(owner, row);
}

}  // namespace yimen::persistence::sqlite
