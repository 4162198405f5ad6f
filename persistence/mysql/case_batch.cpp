#include "persistence/mysql/case_batch.hpp"

#include <map>
#include <set>

#include "persistence/mysql/attachment_store.hpp"
#include "persistence/mysql/audit_write.hpp"
#include "persistence/mysql/deadline_queries.hpp"
#include "persistence/mysql/deadline_store.hpp"
#include "persistence/mysql/idempotency.hpp"
#include "persistence/mysql/queries.hpp"

namespace yimen::persistence::mysql {

namespace {

// What the table holds of a case that is locked.
struct Held {
  std::int64_t sequence = 0;
  std::string head_hash;
  std::int64_t opened_at = 0;
  std::int64_t state_since = 0;
};

struct Accepted {
  const CaseWrite* write;
  const Held* held;  // null for a new case
};

class Batch final {
 public:
  Batch(Connection& connection, Writes writes) : connection_(connection), writes_(writes) {}

  std::vector<Verdict> run() {
    lock();
    std::vector<Verdict> verdicts;
    for (const CaseWrite* write : writes_) verdicts.push_back(judge(*write));
    if (accepted_.empty()) return verdicts;
    write_cases();
    write_entries();
    write_clocks();
    write_rungs();
    write_units();
    write_persons();
    write_audit();
    write_keys();
    write_notifications();
    return verdicts;
  }

 private:
  // New cases too: one of their identifier may be there already.
  void lock() {
    RowValues ids(1);
    for (const CaseWrite* write : writes_) ids.add({write->subject().id});
    connection_.read(lock_cases, ids, [&](const Rows& rows) {
      held_[rows.text(0)] = {rows.integer(1), rows.text(2), rows.integer(3), rows.integer(4)};
    });
  }

  // Whether the case is where the decision found it.
  static bool stands(const CaseWrite& write, const Held* held) {
    if (!write.before || held == nullptr) return !write.before && held == nullptr;
    return held->sequence == write.request->before->sequence &&
           held->head_hash == write.request->entry.previous_hash;
  }

  Verdict judge(const CaseWrite& write) {
    const CommitRequest& request = *write.request;
    const std::string& id = write.subject().id;
    if (cases_.contains(id)) return {};
    const auto found = held_.find(id);
    const Held* held = found != held_.end() ? &found->second : nullptr;
    const bool is_timely = stands(write, held);
    if (!is_timely || request.rung || request.attachment || writes_.size() == 1) {
      if (auto earlier = earlier_use(connection_, request.idempotency)) return refuse(*earlier);
    }
    if (request.rung) {
      if (auto why = why_not_marked(connection_, *request.rung)) return refuse(std::move(*why));
    }
    if (request.attachment && !has_all_chunks(connection_, *request.attachment)) {
      return refuse(StoreError{StoreErrorKind::invalid, "the document is not complete", {}});
    }
    if (!is_timely) {
      return refuse(why_not_advanced(request, held != nullptr ? held->sequence : 0));
    }
    if (const auto& key = request.idempotency) {
      if (!keys_.insert({key->principal, key->key}).second) return {};
    }
    cases_.insert(id);
    accepted_.push_back({&write, held});
    return Result<void, StoreError>{};
  }

  static void add_case(RowValues& rows, const Accepted& accepted) {
    const CaseWrite& write = *accepted.write;
    const CaseSummary& row = write.next.summary;
    const std::int64_t state_since = accepted.held != nullptr && write.stays()
                                         ? accepted.held->state_since
                                         : workflow::milliseconds_of(row.state_since);
    rows.add({row.id, write.jurisdiction, row.procedure, write.subject().edition,
              write.subject().sequence, row.revision, Blob(write.request->entry.hash), row.state,
              parameter(row.is_closed), row.number, row.category, row.village, row.department,
              parameter(row.emergency), row.holder_unit, row.holder_person,
              parameter(row.opened_at), state_since, order_of(row.due_at),
              parameter(row.suspended_at), row.subject, write.waits_for});
  }

  void write_cases() {
    RowValues fresh(22);
    RowValues moved(22);
    RowValues documents(2);
    for (const Accepted& accepted : accepted_) {
      add_case(accepted.held != nullptr ? moved : fresh, accepted);
      documents.add({accepted.write->subject().id, accepted.write->document});
    }
    connection_.write(insert_cases, fresh);
    connection_.write(move_cases, moved);
    connection_.write(write_documents, documents);
  }

  void write_entries() {
    RowValues entries(6);
    RowValues personal(4);
    RowValues outbox(7);
    for (const auto& [write, held] : accepted_) {
      const CommitRequest& request = *write->request;
      const workflow::Case& subject = write->subject();
      const Parameter recorded_at = parameter(subject.recorded_at);
      entries.add({subject.id, request.entry.sequence, recorded_at,
                   Blob(request.entry.previous_hash), Blob(request.entry.hash),
                   Blob(request.entry.bytes)});
      for (const SealedValue& value : request.personal) {
        personal.add({subject.id, request.entry.sequence, value.pointer, Blob(value.sealed)});
      }
      std::int64_t ordinal = 0;
      outbox.add({write->jurisdiction, subject.id, subject.sequence, ordinal, "entry", "",
                  recorded_at});
      for (std::size_t place = 0; place < request.effects.size(); ++place) {
        outbox.add({write->jurisdiction, subject.id, subject.sequence, ++ordinal,
                    request.effects[place].kind, write->effect_details[place], recorded_at});
      }
    }
    connection_.write(insert_journal_entries, entries);
    connection_.write(insert_personal_values, personal);
    connection_.write(insert_outbox, outbox);
    for (const auto& [write, held] : accepted_) {
      if (write->request->attachment) put_on_record(connection_, *write);
    }
  }

  void write_clocks() {
    RowValues superseded(4);
    RowValues inserted(14);
    for (const auto& [write, held] : accepted_) {
      const workflow::Case& subject = write->subject();
      const Parameter now = parameter(subject.recorded_at);
      for (const ClockRow* row : missing_from(write->known().clocks, write->next.clocks)) {
        superseded.add({subject.id, row->clock, row->started_by, now});
      }
      for (const ClockRow* row : missing_from(write->next.clocks, write->known().clocks)) {
        inserted.add({subject.id, row->clock, row->started_by, subject.sequence,
                      write->jurisdiction, row->state, std::int64_t{row->visit},
                      parameter(row->started_at), parameter(row->stopped_at),
                      parameter(row->suspended_at), row->limit_code, parameter(row->due_at),
                      parameter(row->first_due_at), now});
      }
    }
    connection_.write(supersede_clocks, superseded);
    connection_.write(insert_clocks, inserted);
  }

  // The rungs of a clock that changed are put anew, the earliest that is not done armed. A clock
  // that this entry starts has none yet.
  void write_rungs() {
    RowValues known(3);
    std::vector<std::pair<const CaseWrite*, std::vector<ClockKey>>> changed;
    for (const auto& [write, held] : accepted_) {
      changed.emplace_back(write, clocks_with_other_rungs(*write));
    }
    for (const auto& [write, clocks] : changed) {
      for (const ClockKey& clock : clocks) {
        if (clock.second == write->subject().sequence) continue;
        known.add({write->subject().id, clock.first, clock.second});
      }
    }
    mark_rungs();
    connection_.write(delete_rungs_to_come, known);
    const std::set<RungName> done = rungs_done(known);
    RowValues rows(8);
    for (const auto& [write, clocks] : changed) {
      for (const ClockKey& clock : clocks) add_rungs(rows, *write, clock, done);
    }
    connection_.write(insert_rungs, rows);
  }

  // Few: those whose effects the entries are, and cases whose rungs had gone astray.
  void mark_rungs() {
    for (const auto& [write, held] : accepted_) {
      const auto& mark = write->request->rung;
      if (mark) mark_done(connection_, mark->rung, write->subject().recorded_at);
      if (write->request->rearms) {
        connection_.prepared(delete_rungs_of_case).execute({write->subject().id});
      }
    }
  }

  using RungName = std::tuple<std::string, std::string, std::int64_t, std::string>;

  std::set<RungName> rungs_done(const RowValues& clocks) {
    std::set<RungName> done;
    connection_.read(select_rungs_done, clocks, [&](const Rows& rows) {
      done.insert({rows.text(0), rows.text(1), rows.integer(2), rows.text(3)});
    });
    return done;
  }

  static void add_rungs(RowValues& rows, const CaseWrite& write, const ClockKey& clock,
                        const std::set<RungName>& done) {
    bool is_armed = true;
    for (const RungRow& row : write.next.rungs) {
      if (key_of(row) != clock) continue;
      if (done.contains({write.subject().id, row.clock, row.started_by, row.rung})) continue;
      rows.add({write.subject().id, row.clock, row.started_by, row.rung, std::int64_t{row.visit},
                write.jurisdiction, parameter(row.due_at), parameter(is_armed)});
      is_armed = false;
    }
  }

  // All units' rows repeat what the case's row says; they are written when that changes.
  void write_units() {
    RowValues rows(6);
    for (const auto& [write, held] : accepted_) {
      const CaseSummary& next = write->next.summary;
      const CaseSummary& known = write->known().summary;
      const std::vector<std::string>& units = write->subject().units;
      const bool is_same = held != nullptr && next.due_at == known.due_at &&
                           next.is_closed == known.is_closed && units == write->known_units();
      if (is_same) continue;
      const std::int64_t opened_at =
          held != nullptr ? held->opened_at : workflow::milliseconds_of(next.opened_at);
      for (const std::string& unit : units) {
        rows.add({next.id, unit, write->jurisdiction, parameter(next.is_closed),
                  order_of(next.due_at), opened_at});
      }
    }
    connection_.write(write_case_units, rows);
  }

  void write_persons() {
    RowValues gone(3);
    RowValues added(4);
    for (const auto& [write, held] : accepted_) {
      const std::string& id = write->subject().id;
      for (const PersonRole* row : missing_from(write->known().persons, write->next.persons)) {
        gone.add({id, row->person, row->role});
      }
      for (const PersonRole* row : missing_from(write->next.persons, write->known().persons)) {
        added.add({id, row->person, row->role, write->jurisdiction});
      }
    }
    connection_.write(delete_case_persons, gone);
    connection_.write(insert_case_persons, added);
  }

  void write_audit() {
    AuditRows rows(accepted_.front().write->jurisdiction);
    for (const auto& [write, held] : accepted_) rows.add(*write);
    rows.write(connection_);
  }

  void write_notifications() {
    std::vector<Notification> told;
    for (const auto& [write, held] : accepted_) {
      const auto& own = write->request->notifications;
      told.insert(told.end(), own.begin(), own.end());
    }
    tell(connection_, accepted_.front().write->jurisdiction, told);
  }

  void write_keys() {
    RowValues rows(6);
    for (const auto& [write, held] : accepted_) {
      const auto& key = write->request->idempotency;
      if (!key) continue;
      rows.add({key->principal, key->key, key->request_digest, write->subject().id,
                write->subject().sequence, parameter(write->subject().recorded_at)});
    }
    connection_.write(insert_idempotency, rows);
  }

  Connection& connection_;
  Writes writes_;
  std::map<std::string, Held> held_;
  std::vector<Accepted> accepted_;
  std::set<std::string> cases_;                         // of those accepted
  std::set<std::pair<std::string, std::string>> keys_;  // of those accepted: principal and key
};

}  // namespace

std::vector<Verdict> write_together(Connection& connection, Writes writes) {
  return Batch(connection, writes).run();
}

bool is_written(Connection& connection, const CaseWrite& write) {
  Rows rows = connection.prepared(select_entry_hash)
                  .query({write.subject().id, write.request->entry.sequence});
  return rows.next() && rows.text(0) == write.request->entry.hash;
}

}  // namespace yimen::persistence::mysql
