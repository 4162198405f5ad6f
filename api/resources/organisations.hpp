// /v1/organisations and /v1/posts: the units of the township and the posts held in them.
#pragma once

#include <vector>

#include "api/http/router.hpp"
#include "definitions/organisation.hpp"

namespace yimen::api::resources {

class Organisations {
 public:
  explicit Organisations(const definitions::Organisation& organisation)
      : organisation_(organisation) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request);
  [[nodiscard]] http::Response posts(const http::Request& request);

  const definitions::Organisation& organisation_;
};

}  // namespace yimen::api::resources
