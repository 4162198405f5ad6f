#include "persistence/mysql/pool.hpp"

#include "persistence/mysql/failure.hpp"

namespace yimen::persistence::mysql {

namespace {

constexpr std::chrono::seconds wait_max{10};
constexpr std::chrono::seconds trusted_for{15};
constexpr int too_many_connections = 1040;

}  // namespace

Pool::Pool(Server server, std::size_t size, Faults* faults)
    : server_(std::move(server)), size_(size), faults_(faults) {}

Pool::Lease Pool::take() {
  std::unique_lock lock(mutex_);
  if (used_ == size_) {
    ++waiting_;
    const bool is_freed = freed_.wait_for(lock, wait_max, [this] { return used_ < size_; });
    --waiting_;
    if (!is_freed) throw Failure(too_many_connections, "all connections of the pool are in use");
  }
  ++used_;
  std::unique_ptr<Connection> connection = idle_one(lock);
  lock.unlock();
  try {
    if (!connection) connection = std::make_unique<Connection>(server_, faults_);
  } catch (...) {
    make_room();
    throw;
  }
  return {*this, std::move(connection)};
}

// The one that was used last, so that the others age and a quiet pool notices a dead server.
std::unique_ptr<Connection> Pool::idle_one(std::unique_lock<std::mutex>& lock) {
  while (!idle_.empty()) {
    Idle idle = std::move(idle_.back());
    idle_.pop_back();
    if (std::chrono::steady_clock::now() - idle.since < trusted_for) {
      return std::move(idle.connection);
    }
    lock.unlock();
    const bool is_alive = idle.connection->is_alive();
    if (!is_alive) idle.connection.reset();
    lock.lock();
    if (is_alive) return std::move(idle.connection);
  }
  return nullptr;
}

void Pool::take_back(std::unique_ptr<Connection> connection) {
  connection->roll_back();
  const bool is_usable = connection->is_usable();
  if (!is_usable) connection.reset();
  {
    const std::lock_guard lock(mutex_);
    --used_;
    if (is_usable) idle_.push_back({std::move(connection), std::chrono::steady_clock::now()});
  }
  freed_.notify_one();
}

void Pool::make_room() {
  {
    const std::lock_guard lock(mutex_);
    --used_;
  }
  freed_.notify_one();
}

}  // namespace yimen::persistence::mysql
