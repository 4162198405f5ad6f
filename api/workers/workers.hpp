// The thread that acts by itself, and the same turn by turn for whoever wants to see it act.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "api/workers/deadlines.hpp"
#include "api/workers/effects.hpp"
#include "api/workers/pacer.hpp"
#include "api/workers/reconciler.hpp"
#include "api/workers/reprojection.hpp"

namespace yimen::api {

class Workers {
 public:
  // What is given outlives it. The service tells it of effects from now on.
  Workers(persistence::Database& database, CaseService& service, const Clock& clock,
          const Clock& real_clock, IdSource& ids, const Mail* mail = nullptr);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Begins with a look at every clock; then what is due is done within a second.
  void start();
  // Returns once what was in hand is settled. Also at the end of life.
  void stop() { pacer_.stop(); }
  // There may be something to do at once.
  void wake() { pacer_.wake(); }
  // Whether the case's shard is in this worker's hands.
  [[nodiscard]] bool holds(const std::string& case_id);

  // Everything that is due at the clock's now, and what follows from it, in the caller's thread.
  void sweep();
  // A look at every clock of every case.
  void reconcile();

  [[nodiscard]] const WorkerCounts& counts() const { return counts_; }

 private:
  // One turn of the thread; whether to go on at once.
  [[nodiscard]] bool work();
  // Answers what was done and whether to go on at once.
  [[nodiscard]] Turn turn();
  [[nodiscard]] bool has_leases();

  WorkerCounts counts_;
  const Hand hand_;
  const std::string name_;
  Deadlines deadlines_;
  Effects effects_;
  Reconciler reconciler_;
  Reprojection reprojection_;

  std::mutex turns_;  // whoever has it takes a turn; guards what follows
  std::vector<persistence::Lease> leases_;
  workflow::Instant renew_at_;
  bool reconciles_ = true;
  workflow::Instant reconciled_at_;

  Pacer pacer_;  // last: its thread uses all of the above
};

}  // namespace yimen::api
