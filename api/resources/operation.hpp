// /livez, /readyz and the clock of a sample database.
#pragma once

#include <atomic>
#include <vector>

#include "api/clock.hpp"
#include "api/http/router.hpp"
#include "persistence/store.hpp"

namespace yimen::api {
class Workers;
}

namespace yimen::api::resources {

class Operation {
 public:
  // `sample_clock` is null on every database that is not a sample. `workers` may be null; else
  // what falls due has acted before the answer to whoever moved the clock.
  Operation(persistence::Database& database, SampleClock* sample_clock, const Clock& real_clock,
            Workers* workers)
      : database_(database),
        sample_clock_(sample_clock),
        real_clock_(real_clock),
        workers_(workers) {}

  [[nodiscard]] std::vector<http::Route> routes();
  // From now on /readyz answers 503, so that a balancer sends nobody any more.
  void stop_being_ready() { stopping_ = true; }

 private:
  [[nodiscard]] http::Response ready(const http::Request& request);
  [[nodiscard]] http::Response get_clock(const http::Request& request);
  [[nodiscard]] http::Response put_clock(const http::Request& request);

  persistence::Database& database_;
  SampleClock* sample_clock_;
  const Clock& real_clock_;
  Workers* workers_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace yimen::api::resources
