#include "api/case_journal.hpp"

namespace yimen::api {

namespace {

constexpr int page = 500;

}  // namespace

Result<std::vector<workflow::SealedEntry>, persistence::StoreError> whole_journal(
    persistence::CaseStore& store, const std::string& case_id) {
  std::vector<workflow::SealedEntry> chain;
  while (true) {
    const std::int64_t after = chain.empty() ? 0 : chain.back().sequence;
    auto rows = store.journal(case_id, after, page);
    if (!rows) return refuse(std::move(rows.error()));
    if (rows->empty()) return chain;
    for (workflow::SealedEntry& row : *rows) chain.push_back(std::move(row));
  }
}

std::vector<workflow::Entry> entries_of(const std::vector<workflow::SealedEntry>& chain) {
  std::vector<workflow::Entry> entries;
  for (const workflow::SealedEntry& row : chain) {
    if (const auto value = workflow::parse(row.bytes)) {
      entries.push_back(workflow::entry_from(*value));
    }
  }
  return entries;
}

}  // namespace yimen::api
