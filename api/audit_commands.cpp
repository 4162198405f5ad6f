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

Result<AuditReport, StoreError> verify(CaseStore& store, const Progress& progress) {
  const workflow::Digests digests = Keyring::digests();
  return each_case(store, progress, [&](const auto& loaded, const auto& chain, auto& report) {
    const std::int64_t broken = first_broken(chain, digests);
    const std::string& id = loaded.subject.id;
    if (broken != 0) {
      report.findings.push_back("case " + id + ": the chain is broken at entry " +
                                std::to_string(broken));
    } else if (chain.empty() || chain.back().hash != loaded.head_hash) {
      report.findings.push_back("case " + id + ": the journal does not end in the case's head");
    }
  });
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
