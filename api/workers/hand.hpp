// What every worker works with, and how a turn of one ends.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/case_service.hpp"
#include "api/clock.hpp"
#include "api/workers/ladder.hpp"
#include "api/workers/mail.hpp"
#include "api/workers/worker_counts.hpp"
#include "persistence/store.hpp"

namespace yimen::api {

struct Hand {
  persistence::Database& database;
  CaseService& service;
  const Clock& clock;
  const Clock& real_clock;
  const Mail* mail;  // nullptr where none is configured
  WorkerCounts& counts;
};

struct Turn {
  std::size_t done = 0;     // rungs or effects that are settled
  bool more = false;        // there may be more at once
  bool lease_lost = false;
};

// Work that failed and is left alone for a while, so that it does not hold up the rest.
class Aside {
 public:
  void put(const std::string& work, workflow::Instant now) { until_[work] = now + pause; }
  [[nodiscard]] bool holds(const std::string& work, workflow::Instant now) {
    const auto known = until_.find(work);
    if (known == until_.end()) return false;
    // Also where the clock has been put back since.
    const bool waits = now < known->second && known->second <= now + pause;
    if (!waits) until_.erase(known);
    return waits;
  }
  [[nodiscard]] int size() const { return static_cast<int>(until_.size()); }

 private:
  static constexpr std::chrono::seconds pause{60};
  std::map<std::string, workflow::Instant> until_;
};

// The lease of the case's shard; nullptr where it is not among them.
[[nodiscard]] const persistence::Lease* lease_of(const std::vector<persistence::Lease>& leases,
                                                 const std::string& case_id);

// One row an address.
[[nodiscard]] std::vector<persistence::Notification> notifications_of(
    const Word& word, const std::string& case_id, const std::string& mark, workflow::Instant at,
    const Mail* mail);

}  // namespace yimen::api
