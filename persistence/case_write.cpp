#include "persistence/case_write.hpp"

#include <set>

#include "persistence/row_texts.hpp"

namespace yimen::persistence {

namespace {

using workflow::Case;

constexpr std::size_t hash_length = 32;

}  // namespace

Vocabulary::Vocabulary(const std::vector<StateWord>& words) {
  for (const StateWord& word : words) closed_[{word.procedure, word.state}] = word.is_closed;
}

bool Vocabulary::is_closed(const Case& subject) const {
  const auto found = closed_.find({subject.procedure, subject.state});
  return found != closed_.end() && found->second;
}

const Projection& CaseWrite::known() const {
  static const Projection nothing;
  return before ? *before : nothing;
}

const std::vector<std::string>& CaseWrite::known_units() const {
  static const std::vector<std::string> none;
  return before ? request->before->units : none;
}

bool CaseWrite::stays() const { return before && request->before->visit == subject().visit; }

bool CaseWrite::looks_the_same() const {
  CaseSummary unmoved = known().summary;
  unmoved.revision = next.summary.revision;
  unmoved.state_since = next.summary.state_since;
  unmoved.opened_at = next.summary.opened_at;
  return stays() && unmoved == next.summary && request->before->edition == subject().edition;
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
    if (request.rearms) write.before->rungs.clear();
  }
  write.next = project(*request.next, vocabulary.is_closed(*request.next));
  write.waits_for = *list_of(write.next.summary.waits_for);
  return write;
}

StoreError why_not_advanced(const CommitRequest& request, std::int64_t stands) {
  const std::int64_t expected = request.before != nullptr ? request.before->sequence : 0;
  if (stands == expected && expected != 0) {
    return {StoreErrorKind::invalid, "the entry does not follow the stored chain", {}};
  }
  return {StoreErrorKind::conflict, "the case stands at entry " + std::to_string(stands), {}};
}

ClockKey key_of(const RungRow& row) { return {row.clock, row.started_by}; }

std::vector<ClockKey> clocks_with_other_rungs(const CaseWrite& write) {
  const std::vector<RungRow>& before = write.known().rungs;
  const std::vector<RungRow>& next = write.next.rungs;
  std::set<ClockKey> changed;
  for (const RungRow* row : missing_from(before, next)) changed.insert(key_of(*row));
  for (const RungRow* row : missing_from(next, before)) changed.insert(key_of(*row));
  return {changed.begin(), changed.end()};
}

}  // namespace yimen::persistence
