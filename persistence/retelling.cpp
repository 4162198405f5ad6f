#include "persistence/retelling.hpp"

#include "workflow/entry.hpp"

namespace yimen::persistence {

namespace {

using workflow::Case;
using workflow::Entry;
using workflow::SealedEntry;

// What only the way shows: since when the case has been in its state, when it was opened.
CaseSummary summary_of(const std::vector<CaseWrite>& steps) {
  CaseSummary summary = steps.back().next.summary;
  summary.opened_at = steps.front().next.summary.opened_at;
  for (const CaseWrite& step : steps) {
    if (!step.stays()) summary.state_since = step.next.summary.state_since;
  }
  return summary;
}

}  // namespace

Result<Retelling, StoreError> retold(const std::string& case_id, std::vector<SealedEntry> sealed,
                                     const workflow::Digests& digests,
                                     const std::string& jurisdiction,
                                     const Vocabulary& vocabulary) {
  const std::int64_t broken = sealed.empty() ? 1 : workflow::first_broken(sealed, digests);
  if (broken != 0) {
    return refuse(StoreError{
        StoreErrorKind::invalid,
        "case " + case_id + ": the chain is broken at entry " + std::to_string(broken), {}});
  }
  std::vector<Entry> entries;
  Retelling told;
  for (const SealedEntry& one : sealed) {
    const Case before = told.stages.empty() ? Case{} : told.stages.back();
    entries.push_back(workflow::entry_from(*workflow::parse(one.bytes)));
    told.stages.push_back(workflow::apply(before, entries.back()));
  }
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    CommitRequest& request = told.requests.emplace_back();
    request.before = at > 0 ? &told.stages[at - 1] : nullptr;
    request.next = &told.stages[at];
    request.entry = std::move(sealed[at]);
  }
  told.requests.push_back(told.requests.back());
  told.requests.back().before = nullptr;
  told.requests.back().rearms = true;
  for (std::size_t at = 0; at < told.stages.size(); ++at) {
    told.steps.push_back(prepare(told.requests[at], jurisdiction, vocabulary));
  }
  told.whole = told.steps.back();
  told.whole.request = &told.requests.back();
  told.whole.next.summary = summary_of(told.steps);
  told.whole.before.reset();
  told.audit = audit_history_of(entries);
  return told;
}

}  // namespace yimen::persistence
