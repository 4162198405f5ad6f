// The thread that acts by itself, and the same turn by turn for whoever wants to see it act.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/workers/deadlines.hpp"
#include "api/workers/effects.hpp"
#include "api/workers/reconciler.hpp"

namespace yimen::api {

class Workers {
 public:
  // What is given outlives it. The service tells it of effects from now on.
  Workers(persistence::Database& database, CaseService& service, const Clock& clock,
          const Clock& real_clock, IdSource& ids, const Mail* mail = nullptr);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Begins with a look at every clock; then what is due is done within a second.
  void start();
  // Returns once what was in hand is settled. Also at the end of life.
  void stop();
  // There may be something to do at once.
  void wake();

  // Everything that is due at the clock's now, and what follows from it, in the caller's thread.
  void sweep();
  // A look at every clock of every case.
  void reconcile();

  [[nodiscard]] const WorkerCounts& counts() const { return counts_; }

 private:
  void run();
  // Answers what was done and whether to go on at once.
  [[nodiscard]] Turn turn();
  [[nodiscard]] bool has_leases();
  void wait();

  WorkerCounts counts_;
  const Hand hand_;
  const std::string name_;
  Deadlines deadlines_;
  Effects effects_;
  Reconciler reconciler_;

  std::mutex turns_;  // whoever has it takes a turn; guards what follows
  std::vector<persistence::Lease> leases_;
  workflow::Instant renew_at_;

  std::mutex mutex_;
  std::condition_variable woken_;
  bool has_news_ = false;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace yimen::api
