// /v1/batches: many transitions in one request, rehearsed or taken.
#pragma once

#include <vector>

#include "api/batches.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Batches {
 public:
  Batches(api::Batches& batches, const CaseService& service)
      : batches_(batches), service_(service) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] workflow::Value view(const BatchResult& result, http::Language language) const;

  api::Batches& batches_;
  const CaseService& service_;
};

}  // namespace yimen::api::resources
