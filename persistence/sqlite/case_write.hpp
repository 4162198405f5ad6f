// The commit of one decision: what the caller's thread prepares, and the statements that the
// writer's thread runs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "persistence/projection.hpp"
#include "persistence/sqlite/connection.hpp"

namespace yimen::persistence::sqlite {

class Vocabulary final {
 public:
  explicit Vocabulary(const std::vector<StateWord>& words);

  // False for an unknown state, which the schema refuses.
  [[nodiscard]] bool is_closed(const workflow::Case& subject) const;

 private:
  std::map<std::pair<std::string, std::string>, bool> closed_;
};

struct CaseWrite {
  const CommitRequest* request = nullptr;
  std::string jurisdiction;
  std::string document;
  std::vector<std::string> effect_details;
  std::optional<Projection> before;  // absent for a new case
  Projection next;
};

// Why a request cannot be a commit; empty when it can.
[[nodiscard]] std::string contradiction_in(const CommitRequest& request);

// Serialises and projects. The request must outlive the write.
[[nodiscard]] CaseWrite prepare(const CommitRequest& request, const std::string& jurisdiction,
                                const Vocabulary& vocabulary);

// Within a transaction. Refuses before its first change (repeated, key_reused, conflict, invalid);
// throws Failure.
[[nodiscard]] Result<void, StoreError> write(Connection& connection, const CaseWrite& write);

}  // namespace yimen::persistence::sqlite
