// The commit of one decision as far as no database is needed for it: what the caller's thread
// prepares for whichever store writes it.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "persistence/projection.hpp"

namespace yimen::persistence {

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
  std::string waits_for;  // of the summary, as the column holds it
  std::vector<std::string> effect_details;
  std::optional<Projection> before;  // absent for a new case
  Projection next;

  [[nodiscard]] const workflow::Case& subject() const { return *request->next; }
  // Nothing for a new case.
  [[nodiscard]] const Projection& known() const;
  [[nodiscard]] const std::vector<std::string>& known_units() const;
  // Still in the visit of its state in which it was.
  [[nodiscard]] bool stays() const;
  // Whether lists show it as they did.
  [[nodiscard]] bool looks_the_same() const;
};

// Why a request cannot be a commit; empty when it can.
[[nodiscard]] std::string contradiction_in(const CommitRequest& request);

// Serialises and projects. The request must outlive the write.
[[nodiscard]] CaseWrite prepare(const CommitRequest& request, const std::string& jurisdiction,
                                const Vocabulary& vocabulary);

// Why the case could not be advanced, by the sequence at which it stands; 0 where there is none.
[[nodiscard]] StoreError why_not_advanced(const CommitRequest& request, std::int64_t stands);

// The rows of the first list that the second has not.
template <class Row>
std::vector<const Row*> missing_from(const std::vector<Row>& rows, const std::vector<Row>& other) {
  std::vector<const Row*> missing;
  for (const Row& row : rows) {
    if (std::ranges::find(other, row) == other.end()) missing.push_back(&row);
  }
  return missing;
}

// A clock of a case: its name and the entry that started it.
using ClockKey = std::pair<std::string, std::int64_t>;
[[nodiscard]] ClockKey key_of(const RungRow& row);
// Those whose rungs are to be put anew.
[[nodiscard]] std::vector<ClockKey> clocks_with_other_rungs(const CaseWrite& write);

}  // namespace yimen::persistence
