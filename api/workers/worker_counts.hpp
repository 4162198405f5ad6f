// What the workers have done, for /metrics; written by theirs, read by any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace yimen::api {

struct WorkerCounts {
  using Count = std::atomic<std::uint64_t>;

  Count turns{0};            // looks at what there is to do
  Count rungs_told{0};       // rungs that told somebody
  Count rungs_taken{0};      // that took a step through the door
  Count rungs_refused{0};    // whose step was refused, so that they told instead
  Count rungs_overtaken{0};  // that had nothing left to do
  Count effects_performed{0};
  Count failed{0};           // tries that will be made again
  Count leases_lost{0};
  Count clocks_repaired{0};
  Count cases_projected{0};  // of which another calendar moved a date
  Count mailed{0};
  Count shards{0};           // held now
  Count lag_milliseconds{0}; // of the latest rung taken, behind its due time
};

}  // namespace yimen::api
