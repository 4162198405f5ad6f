// A case told again from nothing but its journal: what a rebuild writes into a store's tables.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "persistence/audit_rows.hpp"
#include "persistence/case_write.hpp"
#include "workflow/journal.hpp"

namespace yimen::persistence {

// Moved, never copied: the writes point at the requests, and these at the stages.
struct Retelling {
  Retelling() = default;
  Retelling(Retelling&&) = default;
  Retelling& operator=(Retelling&&) = default;
  Retelling(const Retelling&) = delete;
  Retelling& operator=(const Retelling&) = delete;
  ~Retelling() = default;

  std::vector<workflow::Case> stages;   // the case as each of its entries left it
  std::vector<CommitRequest> requests;  // of each stage; the last once more, to stand for them all
  std::vector<CaseWrite> steps;         // the commits of the stages
  CaseWrite whole;                      // the case as it stands, all of it new and to be armed
  AuditHistory audit;
};

// Every entry's commit, prepared as it was then. `invalid`, naming case and entry, for a journal
// that is broken.
[[nodiscard]] Result<Retelling, StoreError> retold(const std::string& case_id,
                                                   std::vector<workflow::SealedEntry> sealed,
                                                   const workflow::Digests& digests,
                                                   const std::string& jurisdiction,
                                                   const Vocabulary& vocabulary);

}  // namespace yimen::persistence
