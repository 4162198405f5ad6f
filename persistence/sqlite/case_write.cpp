#include "persistence/sqlite/case_write.hpp"

#include "persistence/sqlite/attachment_store.hpp"
#include "persistence/sqlite/audit_write.hpp"
#include "persistence/sqlite/case_parts.hpp"
#include "persistence/sqlite/case_queries.hpp"
#include "persistence/sqlite/deadline_queries.hpp"
#include "persistence/sqlite/deadline_store.hpp"
#include "persistence/sqlite/idempotency.hpp"

namespace yimen::persistence::sqlite {

namespace {

// Where the lists hold the case.
struct Places {
  std::int64_t is_closed = 0;
  std::int64_t due_at = 0;
  std::int64_t opened_at = 0;
};

Places places_of(const Commit& commit) {
  Rows rows = commit.connection.prepared(select_case_places).query({commit.next.id});
  if (!rows.next()) return {};
  return {rows.integer(0), rows.integer(1), rows.integer(2)};
}

void move_in_lists(const Commit& commit, const Places& old) {
  const CaseSummary& row = commit.summary;
  const bool closes = (old.is_closed != 0) != row.is_closed;
  if (!closes && place_of(row.due_at) == old.due_at) return;
  for (const std::string& unit : commit.write.known_units()) {
    commit.execute(update_case_unit,
                   {parameter(row.is_closed), order_of(row.due_at), commit.write.jurisdiction, unit,
                    old.is_closed, old.due_at, row.id});
    if (!closes) continue;
    commit.execute(update_case_unit_opened, {parameter(row.is_closed), commit.write.jurisdiction,
                                             unit, old.is_closed, old.opened_at, row.id});
  }
}

bool move_row(const Commit& commit, const Places& old) {
  const CaseSummary& row = commit.summary;
  const workflow::SealedEntry& entry = commit.request.entry;
  std::vector<Parameter> parameters{
      commit.next.sequence, row.revision, Blob(entry.hash), commit.next.edition, row.state,
      row.category, row.village, row.department, parameter(row.emergency), row.holder_unit,
      row.holder_person, parameter(row.suspended_at), row.subject, commit.write.waits_for,
      parameter(commit.write.stays()),
      parameter(row.state_since)};
  const bool moves_due = place_of(row.due_at) != old.due_at;
  if (moves_due) parameters.push_back(order_of(row.due_at));
  parameters.insert(parameters.end(), {row.id, commit.request.before->sequence,
                                       Blob(entry.previous_hash)});
  return commit.connection.prepared(moves_due ? move_case_and_due : move_case)
             .execute(parameters) == 1;
}

// Whether the case still stood at the sequence and hash that the decision was made on.
bool advance_row(const Commit& commit) {
  const CaseSummary& row = commit.summary;
  const workflow::SealedEntry& entry = commit.request.entry;
  if (commit.write.looks_the_same()) {
    return commit.execute(advance_case,
                          {commit.next.sequence, row.revision, Blob(entry.hash), row.id,
                           commit.request.before->sequence, Blob(entry.previous_hash)}) == 1;
  }
  const Places old = places_of(commit);
  if (!move_row(commit, old)) return false;
  if (row.number != commit.before.summary.number) {
    commit.execute(update_case_number, {row.number, row.id});
  }
  if ((old.is_closed != 0) != row.is_closed) {
    commit.execute(update_case_closed, {parameter(row.is_closed), row.id});
  }
  move_in_lists(commit, old);
  return true;
}

std::int64_t sequence_of(const Commit& commit) {
  Rows rows = commit.connection.prepared(select_case_sequence).query({commit.next.id});
  return rows.next() ? rows.integer(0) : 0;
}

void write_document(const Commit& commit) {
  if (commit.write.before) {
    commit.execute(update_document, {commit.write.document, commit.next.id});
  } else {
    commit.execute(insert_document, {commit.next.id, commit.write.document});
  }
}

void write_entry(const Commit& commit) {
  const workflow::SealedEntry& entry = commit.request.entry;
  commit.execute(insert_journal_entry,
                 {commit.next.id, entry.sequence, parameter(commit.next.recorded_at),
                  Blob(entry.previous_hash), Blob(entry.hash), Blob(entry.bytes)});
  for (const SealedValue& value : commit.request.personal) {
    commit.execute(insert_personal_value,
                   {commit.next.id, entry.sequence, value.pointer, Blob(value.sealed)});
  }
}

void write_attachment(const Commit& commit, AttachmentRow row) {
  row.case_id = commit.next.id;
  row.sequence = commit.next.sequence;
  row.created_at = commit.next.recorded_at;
  insert(commit.connection, row);
}

void write_outbox(const Commit& commit) {
  std::int64_t ordinal = 0;
  const auto add = [&](std::string_view kind, std::string_view details) {
    commit.execute(insert_outbox,
                   {commit.write.jurisdiction, commit.next.id, commit.next.sequence, ordinal++,
                    kind, details, parameter(commit.next.recorded_at)});
  };
  add("entry", "");
  for (std::size_t place = 0; place < commit.request.effects.size(); ++place) {
    add(commit.request.effects[place].kind, commit.write.effect_details[place]);
  }
}

}  // namespace

bool insert_row(const Commit& commit) {
  const CaseSummary& row = commit.summary;
  return commit.execute(
             insert_case,
             {row.id, commit.write.jurisdiction, row.procedure, commit.next.edition,
              commit.next.sequence, row.revision, Blob(commit.request.entry.hash), row.state,
              parameter(row.is_closed), row.number, row.category, row.village, row.department,
              parameter(row.emergency), row.holder_unit, row.holder_person,
              parameter(row.opened_at), parameter(row.state_since), order_of(row.due_at),
              parameter(row.suspended_at), row.subject, commit.write.waits_for}) == 1;
}

void write_clocks(const Commit& commit) {
  const std::vector<ClockRow>& clocks = commit.write.next.clocks;
  const Parameter now = parameter(commit.next.recorded_at);
  for (const ClockRow* row : missing_from(commit.before.clocks, clocks)) {
    commit.execute(supersede_clock, {now, commit.next.id, row->clock, row->started_by});
  }
  for (const ClockRow* row : missing_from(clocks, commit.before.clocks)) {
    commit.execute(insert_clock,
                   {commit.next.id, row->clock, row->started_by, commit.next.sequence,
                    commit.write.jurisdiction, row->state, std::int64_t{row->visit},
                    parameter(row->started_at), parameter(row->stopped_at),
                    parameter(row->suspended_at), row->limit_code, parameter(row->due_at),
                    parameter(row->first_due_at), now});
  }
}

void write_rungs(const Commit& commit) {
  const std::vector<RungRow>& rungs = commit.write.next.rungs;
  for (const ClockKey& clock : clocks_with_other_rungs(commit.write)) {
    commit.execute(delete_rungs_to_come, {commit.next.id, clock.first, clock.second});
    std::int64_t is_armed = 1;
    for (const RungRow& row : rungs) {
      if (key_of(row) != clock) continue;
      const int inserted = commit.execute(
          insert_rung, {commit.next.id, row.clock, row.started_by, row.rung,
                        std::int64_t{row.visit}, commit.write.jurisdiction, parameter(row.due_at),
                        is_armed});
      if (inserted == 1) is_armed = 0;
    }
  }
}

void write_scope(const Commit& commit) {
  for (const std::string* unit : missing_from(commit.next.units, commit.write.known_units())) {
    commit.execute(insert_case_unit, {*unit, commit.next.id});
    commit.execute(insert_case_unit_opened, {*unit, commit.next.id});
  }
  const std::vector<PersonRole>& persons = commit.write.next.persons;
  for (const PersonRole* row : missing_from(commit.before.persons, persons)) {
    commit.execute(delete_case_person,
                   {commit.write.jurisdiction, row->person, commit.next.id, row->role});
  }
  for (const PersonRole* row : missing_from(persons, commit.before.persons)) {
    commit.execute(insert_case_person,
                   {commit.write.jurisdiction, row->person, commit.next.id, row->role});
  }
}

Result<void, StoreError> write(Connection& connection, const CaseWrite& write) {
  const CommitRequest& request = *write.request;
  if (const std::optional<StoreError> earlier = earlier_use(connection, request.idempotency)) {
    return refuse(*earlier);
  }
  if (request.rung) {
    if (auto why = why_not_marked(connection, *request.rung)) return refuse(std::move(*why));
  }
  if (request.attachment && !has_all_chunks(connection, *request.attachment)) {
    return refuse(StoreError{StoreErrorKind::invalid, "the document is not complete", {}});
  }
  const Commit commit(connection, write);
  const bool advanced = write.before ? advance_row(commit) : insert_row(commit);
  if (!advanced) return refuse(why_not_advanced(request, sequence_of(commit)));
  write_document(commit);
  write_entry(commit);
  if (request.attachment) write_attachment(commit, *request.attachment);
  write_outbox(commit);
  write_clocks(commit);
  if (request.rung) mark_done(connection, request.rung->rung, commit.next.recorded_at);
  tell(connection, write.jurisdiction, request.notifications);
  if (request.rearms) commit.execute(delete_rungs_of_case, {commit.next.id});
  write_rungs(commit);
  write_scope(commit);
  write_audit(commit);
  record_use(connection, request.idempotency, {{}, commit.next.id, commit.next.sequence},
             commit.next.recorded_at);
  return {};
}

}  // namespace yimen::persistence::sqlite
