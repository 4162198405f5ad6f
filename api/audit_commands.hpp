// Commands that read the whole database and say what they find: verify and replay-check.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "persistence/store.hpp"

namespace yimen::api {

struct AuditReport {
  std::int64_t cases = 0;
  std::int64_t entries = 0;
  std::vector<std::string> findings;  // a sentence each, naming case and sequence
};

// Called now and then with what has been read so far.
using Progress = std::function<void(const AuditReport&)>;

// Every chain: bytes, order, gaps and links, and that it ends in the head that the case names.
[[nodiscard]] Result<AuditReport, persistence::StoreError> verify(persistence::CaseStore& store,
                                                                  const Progress& progress);
// Every case: the fold of its journal is what the tables hold.
[[nodiscard]] Result<AuditReport, persistence::StoreError> replay_check(
    persistence::CaseStore& store, const Progress& progress);

}  // namespace yimen::api
