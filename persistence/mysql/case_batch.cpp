#include "persistence/mysql/case_batch.hpp"

#include <map>
#include <set>

#include "persistence/mysql/attachment_store.hpp"
#include "persistence/mysql/case_parts.hpp"
#include "persistence/mysql/case_queries.hpp"
#include "persistence/mysql/deadline_store.hpp"
#include "persistence/mysql/idempotency.hpp"

namespace yimen::persistence::mysql {

namespace {

class Batch final {
 public:
  Batch(Connection& connection, Writes writes) : connection_(connection), writes_(writes) {}

  std::vector<Verdict> run() {
    lock();
    std::vector<Verdict> verdicts;
    for (const CaseWrite* write : writes_) verdicts.push_back(judge(*write));
    if (accepted_.empty()) return verdicts;
    write_cases(connection_, accepted_);
    write_entries(connection_, accepted_);
    write_clocks(connection_, accepted_);
    write_rungs(connection_, accepted_);
    write_units(connection_, accepted_);
    write_persons(connection_, accepted_);
    write_audit(connection_, accepted_);
    write_keys(connection_, accepted_);
    write_notifications(connection_, accepted_);
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

  Connection& connection_;
  Writes writes_;
  std::map<std::string, Held> held_;
  std::vector<AcceptedWrite> accepted_;
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
