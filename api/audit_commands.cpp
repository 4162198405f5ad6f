#include "api/audit_commands.hpp"

#include "api/case_journal.hpp"
#include "api/keyring.hpp"

namespace yimen::api {

namespace {

using persistence::CaseStore;
using persistence::StoreError;
using workflow::SealedEntry;

constexpr int page = 500;

using Examine = std::function<void(const persistence::LoadedCase&,
                                   const std::vector<SealedEntry>&, AuditReport&)>;

Result<AuditReport, StoreError> each_case(CaseStore& store, const Progress& progress,
                                          const Examine& examine) {
  AuditReport report;
  std::string after;
  while (true) {
    auto ids = store.case_ids(after, page);
    if (!ids) return refuse(std::move(ids.error()));
    if (ids->empty()) return report;
    for (const std::string& id : *ids) {
      auto loaded = store.load(id);
      if (!loaded) return refuse(std::move(loaded.error()));
      auto chain = whole_journal(store, id);
      if (!chain) return refuse(std::move(chain.error()));
      ++report.cases;
      report.entries += static_cast<std::int64_t>(chain->size());
      examine(*loaded, *chain, report);
    }
    after = ids->back();
    if (progress) progress(report);
  }
}

}  // namespace

// The head is read before the chain, which may have grown since.
Result<ChainPage, StoreError> verify_page(CaseStore& store, const std::string& after, int limit) {
  const workflow::Digests digests = Keyring::digests();
  const auto ids = store.case_ids(after, limit);
  if (!ids) return refuse(ids.error());
  ChainPage page;
  for (const std::string& id : *ids) {
    const auto loaded = store.load(id);
    if (!loaded) return refuse(loaded.error());
    const auto chain = whole_journal(store, id);
    if (!chain) return refuse(chain.error());
    ++page.cases;
    page.entries += std::ssize(*chain);
    const std::int64_t broken = first_broken(*chain, digests);
    const std::int64_t head = loaded->subject.sequence;
    const bool reaches_head = head > 0 && head <= std::ssize(*chain) &&
                              (*chain)[static_cast<std::size_t>(head - 1)].hash ==
                                  loaded->head_hash;
    if (broken != 0 || !reaches_head) page.broken.push_back({id, broken});
  }
  if (std::ssize(*ids) == limit) page.next = ids->back();
  return page;
}

Result<AuditReport, StoreError> verify(CaseStore& store, const Progress& progress) {
  AuditReport report;
  std::string after;
  do {
    const auto verified = verify_page(store, after, page);
    if (!verified) return refuse(verified.error());
    report.cases += verified->cases;
    report.entries += verified->entries;
    for (const BrokenChain& chain : verified->broken) {
      report.findings.push_back(
          "case " + chain.case_id +
          (chain.sequence != 0 ? ": the chain is broken at entry " + std::to_string(chain.sequence)
                               : ": the journal does not reach the case's head"));
    }
    after = verified->next;
    if (progress && verified->cases > 0) progress(report);
  } while (!after.empty());
  return report;
}

Result<AuditReport, StoreError> replay_check(CaseStore& store, const Progress& progress) {
  return each_case(store, progress, [](const auto& loaded, const auto& chain, auto& report) {
    const std::vector<workflow::Entry> entries = entries_of(chain);
    const bool in_order = entries.size() == chain.size() && !entries.empty() &&
                          entries.back().sequence == static_cast<std::int64_t>(entries.size());
    if (!in_order || workflow::replay(entries) != loaded.subject) {
      report.findings.push_back("case " + loaded.subject.id +
                                ": its tables differ from its journal");
    }
  });
}

}  // namespace yimen::api
