// The one thread that writes, with the one connection that writes and checkpoints. Whoever waits
// shares a transaction (group commit) and is answered once it is durable.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "persistence/sqlite/connection.hpp"
#include "persistence/sqlite/failure.hpp"
#include "persistence/writer_counts.hpp"

namespace yimen::persistence::sqlite {

class Writer final {
 public:
  // Runs in the writer's thread, inside a transaction that others share, and again should that
  // transaction fail. It refuses before its first write, or not at all.
  using Work = std::function<Result<void, StoreError>(Connection&)>;

  // Takes over an open connection to a migrated database. Throws Failure.
  explicit Writer(std::unique_ptr<Connection> connection);
  // Finishes what waits, then checkpoints and closes.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Blocks until the work is durable or refused. `unavailable`: nothing was written.
  // `outcome_unknown`: the commit failed and the disk does not let us settle it; a restart will.
  [[nodiscard]] Result<void, StoreError> run(const Work& work);
  // Why writing was stopped; empty while it goes on. A full or failing disk is tried again with
  // every request; a damaged file is not.
  [[nodiscard]] std::string stopped_reason();
  // Fills in what a writer knows.
  void tell(StoreCounts& counts);

 private:
  struct Waiting;
  using Batch = std::span<Waiting* const>;

  void serve();
  [[nodiscard]] bool take(std::vector<Waiting*>& batch);
  void decide(Batch batch);
  bool try_together(Batch batch);
  [[nodiscard]] bool commit(Batch batch);
  [[nodiscard]] bool probe();
  void roll_back();
  void checkpoint();
  void stop(const Failure& failure);
  void resume();

  std::unique_ptr<Connection> connection_;
  WriterCounts counts_;
  // Only the writer's thread reads these.
  int log_pages_ = 0;       // of the write-ahead log
  int checkpoint_due_ = 0;  // at how many pages
  bool is_damaged_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting*> queue_;
  std::string stopped_;
  bool ends_ = false;

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace yimen::persistence::sqlite
