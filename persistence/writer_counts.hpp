// What the writer has done; written by its thread, read by any.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>

#include "persistence/store.hpp"
#include "persistence/store_counts.hpp"

namespace yimen::persistence {

class WriterCounts {
 public:
  void committed() { add(transactions_); }
  void failed() { add(failed_); }
  void batch(std::size_t size) {
    const auto bound = std::lower_bound(batch_bounds.begin(), batch_bounds.end(), size);
    add(batches_[static_cast<std::size_t>(bound - batch_bounds.begin())]);
    batched_.fetch_add(size, std::memory_order_relaxed);
  }
  void outcome(const Result<void, StoreError>& outcome) {
    if (outcome) return add(written_);
    switch (outcome.error().kind) {
      case StoreErrorKind::lease_lost:
      case StoreErrorKind::conflict: return add(conflicts_);
      case StoreErrorKind::repeated: return add(repeated_);
      case StoreErrorKind::unavailable: return add(unavailable_);
      case StoreErrorKind::outcome_unknown: return add(unknown_);
      case StoreErrorKind::not_found:
      case StoreErrorKind::key_reused:
      case StoreErrorKind::already_exists:
      case StoreErrorKind::post_taken:
      case StoreErrorKind::post_vacated:
      case StoreErrorKind::invalid: return add(refused_);
    }
  }

  void tell(StoreCounts& counts) const {
    counts.transactions = transactions_;
    counts.transactions_failed = failed_;
    for (std::size_t at = 0; at < batches_.size(); ++at) counts.batches[at] = batches_[at];
    counts.batched = batched_;
    counts.written = written_;
    counts.conflicts = conflicts_;
    counts.repeated = repeated_;
    counts.unavailable = unavailable_;
    counts.outcome_unknown = unknown_;
    counts.refused = refused_;
  }

 private:
  using Count = std::atomic<std::uint64_t>;
  static void add(Count& count) { count.fetch_add(1, std::memory_order_relaxed); }

  Count transactions_{0}, failed_{0}, batched_{0}, written_{0}, conflicts_{0}, repeated_{0};
  Count unavailable_{0}, unknown_{0}, refused_{0};
  std::array<Count, batch_bounds.size()> batches_{};
};

}  // namespace yimen::persistence
