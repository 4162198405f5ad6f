// GET /v1/inbox: the open steps of a person, what they can act on first, then what is due next.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "api/case_service.hpp"
#include "api/http/router.hpp"
#include "api/registry.hpp"

namespace yimen::api::resources {

class Inbox {
 public:
  Inbox(CaseService& service, persistence::CaseStore& store, const Registry& registry)
      : service_(service), store_(store), registry_(registry) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request);
  // The states ("procedure/state") in which one of the principal's posts has a step to take.
  [[nodiscard]] std::set<std::string> actionable_states(const http::Principal& principal) const;

  CaseService& service_;
  persistence::CaseStore& store_;
  const Registry& registry_;
};

}  // namespace yimen::api::resources
