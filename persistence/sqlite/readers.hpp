// A fixed number of read-only connections. Who finds none free waits.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "persistence/sqlite/connection.hpp"
#include "persistence/store.hpp"
#include "persistence/store_counts.hpp"

namespace yimen::persistence::sqlite {

class Readers final {
 public:
  using Query = std::function<void(Connection&)>;

  // Throws Failure.
  Readers(const std::string& path, int count);

  // Runs the query on one snapshot a statement. `unavailable` when it fails.
  [[nodiscard]] Result<void, StoreError> read(const Query& query);
  // Fills in what readers know.
  void tell(StoreCounts& counts) const;

 private:
  std::vector<std::unique_ptr<Connection>> connections_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Connection*> free_;
  std::atomic<std::uint64_t> reads_{0};
  std::atomic<std::uint64_t> waiting_{0};
};

}  // namespace yimen::persistence::sqlite
