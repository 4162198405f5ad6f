#include "persistence/whole_journal.hpp"

namespace yimen::persistence {

namespace {

constexpr int entries_at_once = 200;

}  // namespace

Result<std::vector<workflow::Entry>, StoreError> whole_journal(CaseStore& cases,
                                                               const std::string& case_id) {
  std::vector<workflow::Entry> entries;
  while (true) {
    const auto rows = cases.journal(case_id, std::ssize(entries), entries_at_once);
    if (!rows) return refuse(rows.error());
    for (const workflow::SealedEntry& row : *rows) {
      const auto value = workflow::parse(row.bytes);
      if (!value) {
        return refuse(
            StoreError{StoreErrorKind::unavailable, "damaged journal of " + case_id, {}});
      }
      entries.push_back(workflow::entry_from(*value));
    }
    if (std::ssize(*rows) < entries_at_once) return entries;
  }
}

}  // namespace yimen::persistence
