// /v1/board: where the open cases are, who holds them, what is late. Each number opens the list of
// the cases that it counts.
#pragma once

#include <vector>

#include "api/case_service.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Board {
 public:
  Board(const CaseService& service, persistence::CaseStore& store)
      : service_(service), store_(store) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request);

  const CaseService& service_;
  persistence::CaseStore& store_;
};

}  // namespace yimen::api::resources
