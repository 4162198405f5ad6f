// The threads that commit cases. Each case belongs to one of them, so that two decisions about it
// meet in its queue and not in the database; whoever waits there shares a transaction.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "persistence/case_write.hpp"
#include "persistence/mysql/transactions.hpp"
#include "persistence/store_counts.hpp"

namespace yimen::persistence::mysql {

class Committer final {
 public:
  // The pool is to have a connection for each thread.
  Committer(Pool& pool, WriterCounts& counts, std::size_t threads);
  // Finishes what waits.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Blocks until the write is durable or refused, or its outcome cannot be found out.
  [[nodiscard]] Result<void, StoreError> commit(const CaseWrite& write);
  void tell(StoreCounts& counts);

 private:
  struct Waiting;
  using Batch = std::span<Waiting* const>;

  struct Queue {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Waiting*> waiting;
    bool ends = false;
    std::thread thread;
  };

  void serve(Queue& queue);
  [[nodiscard]] static bool take(Queue& queue, std::vector<Waiting*>& batch);
  void decide(Batch batch);
  bool try_together(Batch batch);
  void settle(Batch batch, const Failure& failure);
  void try_alone(Waiting& waiting);

  Pool& pool_;
  WriterCounts& counts_;
  Transactions transactions_;
  std::vector<std::unique_ptr<Queue>> queues_;
};

}  // namespace yimen::persistence::mysql
