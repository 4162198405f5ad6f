// A moment's figures of a store, counted since it was opened.
#pragma once

#include <array>
#include <cstdint>

namespace yimen::persistence {

// Upper bounds of the buckets that count how many requests shared a transaction.
constexpr std::array<std::uint64_t, 7> batch_bounds{1, 2, 4, 8, 16, 32, 64};

struct StoreCounts {
  std::uint64_t transactions = 0;         // that were committed
  std::uint64_t transactions_failed = 0;  // that were rolled back or whose commit failed
  std::array<std::uint64_t, batch_bounds.size()> batches{};  // by size, not cumulative
  std::uint64_t batched = 0;              // requests in all batches
  std::uint64_t written = 0;              // requests that were done
  std::uint64_t conflicts = 0;
  std::uint64_t repeated = 0;
  std::uint64_t unavailable = 0;
  std::uint64_t outcome_unknown = 0;
  std::uint64_t refused = 0;              // for any other reason
  std::uint64_t queued = 0;               // waiting for the writer now
  std::uint64_t reads = 0;
  std::uint64_t readers_waiting = 0;      // for a free connection now
  std::uint64_t database_bytes = 0;
  std::uint64_t log_bytes = 0;            // of the write-ahead log
  bool writing_stopped = false;
};

}  // namespace yimen::persistence
