// GET /v1/inbox: the open steps of a person, what they can act on first, then what is due next.
#pragma once

#include <vector>

#include "api/case_service.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Inbox {
 public:
  Inbox(CaseService& service, persistence::CaseStore& store) : service_(service), store_(store) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request);
  // Whether one of the principal's posts has a step to take in the state that the line stands in.
  [[nodiscard]] bool can_act(const http::Principal& principal,
                             const persistence::CaseSummary& line) const;

  CaseService& service_;
  persistence::CaseStore& store_;
};

}  // namespace yimen::api::resources
