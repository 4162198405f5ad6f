// How often somebody may try to log in: a bucket of tokens per address, and a lock per account name
// after five failures in a row. Unknown names are counted like known ones, so that neither the lock
// nor the bucket tells which accounts exist. In memory, bounded, safe from many threads.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "workflow/time.hpp"

namespace yimen::api {

constexpr int login_failures_max = 5;
constexpr std::chrono::minutes login_lock{15};

class LoginThrottle {
 public:
  struct Attempt {
    std::optional<std::chrono::seconds> wait;  // set when the attempt may not be made
    bool locks = false;                        // the last failure allowed, should it be one
  };

  // An attempt counts as failed from its beginning, so that many at once are no more than five.
  [[nodiscard]] Attempt begin(const std::string& name, const std::string& address,
                              workflow::Instant now);
  // It was no failure: takes it back, with the failures before it when it was a success.
  void succeeded(const std::string& name, const std::string& address);
  void undo(const std::string& name, const std::string& address);

 private:
  struct Bucket {
    double tokens = 0;
    workflow::Instant filled_at;
  };
  struct Failures {
    int count = 0;
    workflow::Instant last_at;
  };

  // Each needs the mutex.
  std::optional<std::chrono::seconds> take_token(const std::string& address,
                                                 workflow::Instant now);
  void give_token_back(const std::string& address);
  void make_room(workflow::Instant now);

  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
  std::map<std::string, Failures> failures_;
};

}  // namespace yimen::api
