// /v1/posts/holders: who holds what, and who covers it now. For the station and administrators.
#pragma once

#include <vector>

#include "api/accounts.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class PostHolders {
 public:
  // All of them must outlive the resource. The clock is that of sessions.
  PostHolders(const Accounts& accounts, persistence::DelegationStore& delegations,
              const Clock& clock)
      : accounts_(accounts), delegations_(delegations), clock_(clock) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request);

  const Accounts& accounts_;
  persistence::DelegationStore& delegations_;
  const Clock& clock_;
};

}  // namespace yimen::api::resources
