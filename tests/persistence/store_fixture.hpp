// What the contract suite needs of a store, and cases for it that are made by the engine's own
// `apply` and `seal`.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "persistence/projection.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence {

// A database of its own, empty at first.
class StoreFixture {
 public:
  virtual ~StoreFixture() = default;
  [[nodiscard]] virtual Database& database() = 0;
  // Closes it and opens it again, as a restart does.
  virtual void reopen() = 0;
  // What an administrator's shell beside it answers: the rows, their columns parted by spaces, or
  // the error's text as the only row.
  virtual std::vector<std::string> ask(const std::string& sql) = 0;
};

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<StoreFixture>()> make;
};

// Every store there is; the contract suite runs on each.
[[nodiscard]] const std::vector<StoreKind>& store_kinds();

[[nodiscard]] const std::vector<StateWord>& test_vocabulary();
[[nodiscard]] const workflow::Digests& test_digests();

// The baseline of all tests: 2026-03-02T01:00:00Z, a Monday morning, and so many minutes later.
[[nodiscard]] workflow::Instant minute(int minutes);
// An identifier in the shape of a UUIDv7; greater numbers sort later.
[[nodiscard]] std::string id_of(int number);

// One decision on its way into a store.
struct Move {
  workflow::Case before;
  workflow::Case next;
  workflow::SealedEntry entry;
  std::vector<workflow::Effect> effects;
  std::vector<SealedValue> personal;
  std::vector<AuditMark> marks;
  std::optional<IdempotencyKey> key;

  [[nodiscard]] CommitRequest request() const;
  // The store's error; `nothing` when the commit succeeded.
  [[nodiscard]] Result<void, StoreError> commit(CaseStore& store) const;
  [[nodiscard]] LoadedCase loaded() const { return {next, entry.hash}; }
};

// The opening of a case in `discovered`, visible to `village-1`, with a state clock that is due
// `due` minutes after `at`. `change` may add to the entry before it is applied.
using Change = std::function<void(workflow::Entry&)>;
[[nodiscard]] Move opening(int number, int at = 0, int due = 600, const Change& change = {});
// The next entry of a case: an annotation, until `change` makes it more.
[[nodiscard]] Move step_from(const LoadedCase& loaded, int at, const Change& change = {});

[[nodiscard]] workflow::Clock clock_of(const std::string& name, const std::string& state, int visit,
                                       std::int64_t started_by, int at, int due);

}  // namespace yimen::persistence
