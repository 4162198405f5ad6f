// What reads the whole database and says what it finds: the commands verify and replay-check, and
// the auditor's own look at the chains.
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

struct BrokenChain {
  std::string case_id;
  std::int64_t sequence = 0;  // at which it breaks; 0 where it does not reach the case's head
  bool operator==(const BrokenChain&) const = default;
};

struct ChainPage {
  std::int64_t cases = 0;
  std::int64_t entries = 0;
  std::vector<BrokenChain> broken;
  std::string next;  // the last case of a page that is full
};

// The chains of at most `limit` cases whose ids come after this one. Cases may move meanwhile.
[[nodiscard]] Result<ChainPage, persistence::StoreError> verify_page(
    persistence::CaseStore& store, const std::string& after, int limit);

// Every chain: bytes, order, gaps and links, and that it ends in the head that the case names.
[[nodiscard]] Result<AuditReport, persistence::StoreError> verify(persistence::CaseStore& store,
                                                                  const Progress& progress);
// Every case: the fold of its journal is what the tables hold.
[[nodiscard]] Result<AuditReport, persistence::StoreError> replay_check(
    persistence::CaseStore& store, const Progress& progress);

}  // namespace yimen::api
