// What time it is: the only source of `now` outside the core. A sample database has a clock of its
// own that an administrator may move forward.
#pragma once

#include <atomic>

#include "workflow/time.hpp"

namespace yimen::api {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual workflow::Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] workflow::Instant now() const override;
};

// Stands still between settings, so that a story can be told to the minute. Safe from many threads.
class SampleClock final : public Clock {
 public:
  explicit SampleClock(workflow::Instant start) : now_(start) {}
  [[nodiscard]] workflow::Instant now() const override { return now_.load(); }
  // False when `at` is before the present setting or after the real now; then nothing changes.
  bool advance_to(workflow::Instant at, workflow::Instant real_now);

 private:
  std::atomic<workflow::Instant> now_;
};

}  // namespace yimen::api
