// /v1/colleagues: who works here, by name and post, so that a form can name them. For everybody who
// holds a post.
#pragma once

#include <vector>

#include "api/accounts.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Colleagues {
 public:
  // `accounts` must outlive the resource.
  explicit Colleagues(const Accounts& accounts) : accounts_(accounts) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request) const;

  const Accounts& accounts_;
};

}  // namespace yimen::api::resources
