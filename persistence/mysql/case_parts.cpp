#include "persistence/mysql/case_parts.hpp"

#include <set>

#include "persistence/mysql/attachment_store.hpp"
#include "persistence/mysql/audit_write.hpp"
#include "persistence/mysql/case_queries.hpp"
#include "persistence/mysql/deadline_queries.hpp"
#include "persistence/mysql/deadline_store.hpp"

namespace yimen::persistence::mysql {

namespace {

using RungName = std::tuple<std::string, std::string, std::int64_t, std::string>;

void add_case(RowValues& rows, const AcceptedWrite& one) {
  const CaseWrite& write = *one.write;
  const CaseSummary& row = write.next.summary;
  const std::int64_t state_since = one.held != nullptr && write.stays()
                                       ? one.held->state_since
                                       : workflow::milliseconds_of(row.state_since);
  rows.add({row.id, write.jurisdiction, row.procedure, write.subject().edition,
            write.subject().sequence, row.revision, Blob(write.request->entry.hash), row.state,
            parameter(row.is_closed), row.number, row.category, row.village, row.department,
            parameter(row.emergency), row.holder_unit, row.holder_person,
            parameter(row.opened_at), state_since, order_of(row.due_at),
            parameter(row.suspended_at), row.subject, write.waits_for});
}

// Few: those whose effects the entries are, and cases whose rungs had gone astray.
void mark_rungs(Connection& connection, Accepted accepted) {
  for (const auto& [write, held] : accepted) {
    const auto& mark = write->request->rung;
    if (mark) mark_done(connection, mark->rung, write->subject().recorded_at);
    if (write->request->rearms) {
      connection.prepared(delete_rungs_of_case).execute({write->subject().id});
    }
  }
}

std::set<RungName> rungs_done(Connection& connection, const RowValues& clocks) {
  std::set<RungName> done;
  connection.read(select_rungs_done, clocks, [&](const Rows& rows) {
    done.insert({rows.text(0), rows.text(1), rows.integer(2), rows.text(3)});
  });
  return done;
}

void add_rungs(RowValues& rows, const CaseWrite& write, const ClockKey& clock,
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

}  // namespace

void write_cases(Connection& connection, Accepted accepted) {
  RowValues fresh(22);
  RowValues moved(22);
  RowValues documents(2);
  for (const AcceptedWrite& one : accepted) {
    add_case(one.held != nullptr ? moved : fresh, one);
    documents.add({one.write->subject().id, one.write->document});
  }
  connection.write(insert_cases, fresh);
  connection.write(move_cases, moved);
  connection.write(write_documents, documents);
}

void write_entries(Connection& connection, Accepted accepted) {
  RowValues entries(6);
  RowValues personal(4);
  RowValues outbox(7);
  for (const auto& [write, held] : accepted) {
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
  connection.write(insert_journal_entries, entries);
  connection.write(insert_personal_values, personal);
  connection.write(insert_outbox, outbox);
  for (const auto& [write, held] : accepted) {
    if (write->request->attachment) put_on_record(connection, *write);
  }
}

void write_clocks(Connection& connection, Accepted accepted) {
  RowValues superseded(4);
  RowValues inserted(14);
  for (const auto& [write, held] : accepted) {
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
  connection.write(supersede_clocks, superseded);
  connection.write(insert_clocks, inserted);
}

void write_rungs(Connection& connection, Accepted accepted) {
  RowValues known(3);
  std::vector<std::pair<const CaseWrite*, std::vector<ClockKey>>> changed;
  for (const auto& [write, held] : accepted) {
    changed.emplace_back(write, clocks_with_other_rungs(*write));
  }
  for (const auto& [write, clocks] : changed) {
    for (const ClockKey& clock : clocks) {
      // One that this entry starts has none yet.
      if (clock.second == write->subject().sequence && !write->request->rearms) continue;
      known.add({write->subject().id, clock.first, clock.second});
    }
  }
  mark_rungs(connection, accepted);
  connection.write(delete_rungs_to_come, known);
  const std::set<RungName> done = rungs_done(connection, known);
  RowValues rows(8);
  for (const auto& [write, clocks] : changed) {
    for (const ClockKey& clock : clocks) add_rungs(rows, *write, clock, done);
  }
  connection.write(insert_rungs, rows);
}

void write_units(Connection& connection, Accepted accepted) {
  RowValues rows(6);
  for (const auto& [write, held] : accepted) {
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
  connection.write(write_case_units, rows);
}

void write_persons(Connection& connection, Accepted accepted) {
  RowValues gone(3);
  RowValues added(4);
  for (const auto& [write, held] : accepted) {
    const std::string& id = write->subject().id;
    for (const PersonRole* row : missing_from(write->known().persons, write->next.persons)) {
      gone.add({id, row->person, row->role});
    }
    for (const PersonRole* row : missing_from(write->next.persons, write->known().persons)) {
      added.add({id, row->person, row->role, write->jurisdiction});
    }
  }
  connection.write(delete_case_persons, gone);
  connection.write(insert_case_persons, added);
}

void write_audit(Connection& connection, Accepted accepted) {
  AuditRows rows(accepted.front().write->jurisdiction);
  for (const auto& [write, held] : accepted) rows.add(*write);
  rows.write(connection);
}

void write_notifications(Connection& connection, Accepted accepted) {
  std::vector<Notification> told;
  for (const auto& [write, held] : accepted) {
    const auto& own = write->request->notifications;
    told.insert(told.end(), own.begin(), own.end());
  }
  tell(connection, accepted.front().write->jurisdiction, told);
}

void write_keys(Connection& connection, Accepted accepted) {
  RowValues rows(6);
  for (const auto& [write, held] : accepted) {
    const auto& key = write->request->idempotency;
    if (!key) continue;
    rows.add({key->principal, key->key, key->request_digest, write->subject().id,
              write->subject().sequence, parameter(write->subject().recorded_at)});
  }
  connection.write(insert_idempotency, rows);
}

}  // namespace yimen::persistence::mysql
