#include "persistence/sqlite/readers.hpp"

#include <algorithm>

#include "persistence/sqlite/failure.hpp"

namespace yimen::persistence::sqlite {

Readers::Readers(const std::string& path, int count) {
  for (int made = 0; made < std::max(count, 1); ++made) {
    connections_.push_back(std::make_unique<Connection>(path, Access::read_only));
    free_.push_back(connections_.back().get());
  }
}

Result<void, StoreError> Readers::read(const Query& query) {
  reads_.fetch_add(1, std::memory_order_relaxed);
  std::unique_lock lock(mutex_);
  if (free_.empty()) {
    ++waiting_;
    freed_.wait(lock, [this] { return !free_.empty(); });
    --waiting_;
  }
  Connection* connection = free_.back();
  free_.pop_back();
  lock.unlock();

  Result<void, StoreError> outcome;
  try {
    query(*connection);
  } catch (const std::exception& error) {
    StoreError refused = store_error(failure_from(error, connection->handle()));
    refused.kind = StoreErrorKind::unavailable;
    outcome = refuse(std::move(refused));
  }

  lock.lock();
  free_.push_back(connection);
  lock.unlock();
  freed_.notify_one();
  return outcome;
}

void Readers::tell(StoreCounts& counts) const {
  counts.reads = reads_;
  counts.readers_waiting = waiting_;
}

}  // namespace yimen::persistence::sqlite
