// How a unit of work becomes a transaction, and what is done when that fails. Nothing is ever tried
// again whose outcome is not known.
#pragma once

#include <atomic>
#include <functional>

#include "persistence/mysql/failure.hpp"
#include "persistence/mysql/pool.hpp"
#include "persistence/store_error.hpp"
#include "persistence/writer_counts.hpp"

namespace yimen::persistence::mysql {

// Inside a transaction, from fresh reads; it may run several times. When it refuses, everything is
// rolled back.
using Work = std::function<Result<void, StoreError>(Connection&)>;

// Whether the work, its commit in doubt, is done after all: by what it leaves behind and nothing
// else could. Absent where nothing tells; then the outcome stays unknown.
using IsDone = std::function<bool(Connection&)>;

class Transactions final {
 public:
  Transactions(Pool& pool, WriterCounts& counts) : pool_(pool), counts_(counts) {}

  // In the caller's thread. `unavailable`: nothing was written. `outcome_unknown`: the commit was
  // sent, and neither its success nor its failure can be found out now.
  [[nodiscard]] Result<void, StoreError> run(const Work& work, const IsDone& is_done = {});
  // For work that may as well be done twice, such as setting a value.
  [[nodiscard]] Result<void, StoreError> run_repeatable(const Work& work);
  // Reads, outside of any transaction; repeated where the connection was of no use. `unavailable`
  // when it fails.
  [[nodiscard]] Result<void, StoreError> read(const std::function<void(Connection&)>& query);

  [[nodiscard]] std::uint64_t reads() const { return reads_; }

  // As run, for a unit whose commit has just failed with an unknown outcome.
  [[nodiscard]] Result<void, StoreError> resolve(const Work& work, const IsDone& is_done,
                                                 const Failure& failure);

 private:
  struct Attempt;

  [[nodiscard]] Result<void, StoreError> try_often(const Work& work, const IsDone& is_done,
                                                   bool is_in_doubt, StoreError last);
  void once(Attempt& attempt);

  Pool& pool_;
  WriterCounts& counts_;
  std::atomic<std::uint64_t> reads_{0};
};

}  // namespace yimen::persistence::mysql
