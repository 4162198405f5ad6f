// /v1/households: an address, its head and who lives there.
#pragma once

#include <vector>

#include "api/http/router.hpp"
#include "api/registry.hpp"

namespace yimen::api::resources {

class Households {
 public:
  explicit Households(Registry& registry) : registry_(registry) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] http::Response get(const http::Request& request);

  Registry& registry_;
};

}  // namespace yimen::api::resources
