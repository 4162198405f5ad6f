#include "api/clock.hpp"

namespace yimen::api {

workflow::Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

bool SampleClock::advance_to(workflow::Instant at, workflow::Instant real_now) {
  workflow::Instant standing = now_.load();
  while (at >= standing && at <= real_now) {
    if (now_.compare_exchange_weak(standing, at)) return true;
  }
  return false;
}

}  // namespace yimen::api
