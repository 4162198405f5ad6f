// At most so many connections to the server. Who finds none free waits; one that has been idle for
// long is asked whether it still lives before it is used; one that is lost is replaced.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "persistence/mysql/connection.hpp"

namespace yimen::persistence::mysql {

class Pool final {
 public:
  // A connection for the time of one unit of work. Afterwards it goes back, unless it is lost or
  // stands in a transaction.
  class Lease final {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.take_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  Pool(Server server, std::size_t size, Faults* faults);

  // Waits for a free connection, ten seconds at most. Throws Failure.
  [[nodiscard]] Lease take();
  [[nodiscard]] std::uint64_t waiting() const { return waiting_; }

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    std::chrono::steady_clock::time_point since;
  };

  [[nodiscard]] std::unique_ptr<Connection> idle_one(std::unique_lock<std::mutex>& lock);
  void take_back(std::unique_ptr<Connection> connection);
  void make_room();

  const Server server_;
  const std::size_t size_;
  Faults* const faults_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t used_ = 0;    // that are leased, or being made
  std::vector<Idle> idle_;  // the one that was used last comes last
  std::atomic<std::uint64_t> waiting_{0};
};

}  // namespace yimen::persistence::mysql
