// How often somebody may try to log in: a bucket of tokens per address, and a lock per account name
// after five failures in a row. Unknown names are counted like known ones, so that neither the lock
// nor the bucket tells which accounts exist. Counted in the store, so that many processes on one
// database allow no more than one does.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "persistence/access_store.hpp"

namespace yimen::api {

constexpr int login_failures_max = 5;
constexpr std::chrono::minutes login_lock{15};

class LoginThrottle {
 public:
  explicit LoginThrottle(persistence::AccountStore& store) : store_(store) {}

  // How long the attempt must wait; nothing when it may be made. It counts as failed from its
  // beginning, so that many at once are no more than five.
  [[nodiscard]] Result<std::optional<std::chrono::seconds>, persistence::StoreError> begin(
      const std::string& name, const std::string& address, workflow::Instant now);
  // It was no failure: takes it back, with the failures before it. Should the store not hear of it,
  // the attempt stays a failure.
  void succeeded(const std::string& name, const std::string& address);
  // The name may be tried again.
  void forget(const std::string& name);

 private:
  persistence::AccountStore& store_;
};

}  // namespace yimen::api
