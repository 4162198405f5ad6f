// GET /v1/notifications: what the reader was told, of deadlines and of what others did.
// PUT /v1/notifications/seen: which of it they have seen.
#pragma once

#include <vector>

#include "api/clock.hpp"
#include "api/http/router.hpp"
#include "persistence/store.hpp"

namespace yimen::api::resources {

class Notifications {
 public:
  Notifications(persistence::NotificationStore& store, const http::Texts& texts,
                const Clock& clock)
      : store_(store), texts_(texts), clock_(clock) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response list(const http::Request& request);
  [[nodiscard]] http::Response put_seen(const http::Request& request);

  persistence::NotificationStore& store_;
  const http::Texts& texts_;
  const Clock& clock_;
};

}  // namespace yimen::api::resources
