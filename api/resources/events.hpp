// /v1/events: what happens, as it happens, for those who may see it.
#pragma once

#include <vector>

#include "api/http/router.hpp"
#include "api/live_feed.hpp"

namespace yimen::api::resources {

class Events {
 public:
  explicit Events(LiveFeed& feed) : feed_(feed) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request);

  LiveFeed& feed_;
};

}  // namespace yimen::api::resources
