#include "persistence/sqlite/case_write.hpp"

#include <algorithm>
#include <set>

#include "persistence/sqlite/attachment_store.hpp"
#include "persistence/sqlite/case_lines.hpp"
#include "persistence/sqlite/idempotency.hpp"
#include "persistence/sqlite/queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

using workflow::Case;

constexpr std::size_t hash_length = 32;

// The rows of the first list that the second has not.
template <class Row>
std::vector<const Row*> missing_from(const std::vector<Row>& rows, const std::vector<Row>& other) {
  std::vector<const Row*> missing;
  for (const Row& row : rows) {
    if (std::ranges::find(other, row) == other.end()) missing.push_back(&row);
  }
  return missing;
}

using ClockKey = std::pair<std::string, std::int64_t>;

ClockKey key_of(const RungRow& row) { return {row.clock, row.started_by}; }

std::int64_t number_of(bool flag) { return flag ? 1 : 0; }

// Everything that a commit needs, so that each table's part is a function of one argument.
struct Commit {
  Connection& connection;
  const CaseWrite& write;
  const CommitRequest& request;
  const Case& next;
  const CaseSummary& summary;
  const Projection& before;  // empty for a new case

  int execute(std::string_view sql, std::initializer_list<Parameter> parameters) const {
    return connection.prepared(sql).execute(parameters);
  }
};

bool insert_row(const Commit& commit) {
  const CaseSummary& row = commit.summary;
  return commit.execute(
             insert_case,
             {row.id, commit.write.jurisdiction, row.procedure, commit.next.edition,
              commit.next.sequence, row.revision, Blob(commit.request.entry.hash), row.state,
              number_of(row.is_closed), row.number, row.category, row.village, row.department,
              number_of(row.emergency), row.holder_unit, row.holder_person,
              parameter(row.opened_at), parameter(row.state_since), order_of(row.due_at),
              parameter(row.suspended_at)}) == 1;
}

// Whether the case still stood at the sequence and hash that the decision was made on.
bool advance_row(const Commit& commit) {
  const CaseSummary& row = commit.summary;
  const CaseSummary& old = commit.before.summary;
  const workflow::SealedEntry& entry = commit.request.entry;
  const bool stays = commit.request.before->visit == commit.next.visit;
  CaseSummary unmoved = old;
  unmoved.revision = row.revision;
  unmoved.state_since = row.state_since;
  unmoved.opened_at = row.opened_at;
  if (unmoved == row && stays && commit.request.before->edition == commit.next.edition) {
    return commit.execute(advance_case,
                          {commit.next.sequence, row.revision, Blob(entry.hash), row.id,
                           commit.request.before->sequence, Blob(entry.previous_hash)}) == 1;
  }
  const int moved = commit.execute(
      move_case, {commit.next.sequence, row.revision, Blob(entry.hash), commit.next.edition,
                  row.state, row.category, row.village, row.department, number_of(row.emergency),
                  row.holder_unit, row.holder_person, parameter(row.suspended_at),
                  order_of(row.due_at), number_of(stays), parameter(row.state_since), row.id,
                  commit.request.before->sequence, Blob(entry.previous_hash)});
  if (moved != 1) return false;
  if (row.number != old.number) commit.execute(update_case_number, {row.number, row.id});
  if (row.due_at != old.due_at) {
    commit.execute(update_case_units_due, {order_of(row.due_at), row.id});
  }
  if (row.is_closed != old.is_closed) {
    commit.execute(update_case_closed, {number_of(row.is_closed), row.id});
    commit.execute(update_case_units_closed, {number_of(row.is_closed), row.id});
  }
  return true;
}

StoreError why_not_advanced(const Commit& commit) {
  Rows rows = commit.connection.prepared(select_case_sequence).query({commit.next.id});
  const std::int64_t stands = rows.next() ? rows.integer(0) : 0;
  const std::int64_t expected =
      commit.request.before != nullptr ? commit.request.before->sequence : 0;
  if (stands == expected && expected != 0) {
    return {StoreErrorKind::invalid, "the entry does not follow the stored chain", {}};
  }
  return {StoreErrorKind::conflict, "the case stands at entry " + std::to_string(stands), {}};
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

// The rungs of a clock that changed are put anew, the earliest that is not done armed.
void write_rungs(const Commit& commit) {
  const std::vector<RungRow>& rungs = commit.write.next.rungs;
  std::set<ClockKey> changed;
  for (const RungRow* row : missing_from(commit.before.rungs, rungs)) changed.insert(key_of(*row));
  for (const RungRow* row : missing_from(rungs, commit.before.rungs)) changed.insert(key_of(*row));
  for (const ClockKey& clock : changed) {
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
  const std::vector<std::string> none;
  const std::vector<std::string>& before =
      commit.write.before ? commit.request.before->units : none;
  for (const std::string* unit : missing_from(commit.next.units, before)) {
    commit.execute(insert_case_unit, {*unit, commit.next.id});
  }
  const std::vector<PersonRole>& persons = commit.write.next.persons;
  for (const PersonRole* row : missing_from(commit.before.persons, persons)) {
    commit.execute(delete_case_person, {commit.next.id, row->person, row->role});
  }
  for (const PersonRole* row : missing_from(persons, commit.before.persons)) {
    commit.execute(insert_case_person,
                   {commit.next.id, row->person, row->role, commit.write.jurisdiction});
  }
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<StateWord>& words) {
  for (const StateWord& word : words) closed_[{word.procedure, word.state}] = word.is_closed;
}

bool Vocabulary::is_closed(const Case& subject) const {
  const auto found = closed_.find({subject.procedure, subject.state});
  return found != closed_.end() && found->second;
}

std::string contradiction_in(const CommitRequest& request) {
  if (request.next == nullptr) return "there is no next case";
  const std::int64_t before = request.before != nullptr ? request.before->sequence : 0;
  if (request.next->sequence != before + 1) return "the case is not the next of its sequence";
  if (request.entry.sequence != request.next->sequence) return "the entry is not the case's last";
  if (before != 0 && request.before->id != request.next->id) return "two cases in one commit";
  if (request.entry.hash.size() != hash_length) return "the entry is not sealed";
  if (request.entry.previous_hash.size() != (before == 0 ? 0 : hash_length)) {
    return "the entry is not linked";
  }
  return {};
}

CaseWrite prepare(const CommitRequest& request, const std::string& jurisdiction,
                  const Vocabulary& vocabulary) {
  CaseWrite write;
  write.request = &request;
  write.jurisdiction = jurisdiction;
  write.document = canonical(to_value(*request.next));
  for (const workflow::Effect& effect : request.effects) {
    write.effect_details.push_back(canonical(effect.details));
  }
  if (request.before != nullptr && request.before->sequence != 0) {
    write.before = project(*request.before, vocabulary.is_closed(*request.before));
  }
  write.next = project(*request.next, vocabulary.is_closed(*request.next));
  return write;
}

Result<void, StoreError> write(Connection& connection, const CaseWrite& write) {
  const CommitRequest& request = *write.request;
  if (const std::optional<StoreError> earlier = earlier_use(connection, request.idempotency)) {
    return refuse(*earlier);
  }
  if (request.attachment && !has_all_chunks(connection, *request.attachment)) {
    return refuse(StoreError{StoreErrorKind::invalid, "the document is not complete", {}});
  }
  const Projection nothing;
  const Commit commit{connection,         write, request, *request.next, write.next.summary,
                      write.before ? *write.before : nothing};
  const bool advanced = write.before ? advance_row(commit) : insert_row(commit);
  if (!advanced) return refuse(why_not_advanced(commit));
  write_document(commit);
  write_entry(commit);
  if (request.attachment) write_attachment(commit, *request.attachment);
  write_outbox(commit);
  write_clocks(commit);
  write_rungs(commit);
  write_scope(commit);
  record_use(connection, request.idempotency, {{}, commit.next.id, commit.next.sequence},
             commit.next.recorded_at);
  return {};
}

}  // namespace yimen::persistence::sqlite
