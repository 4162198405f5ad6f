// /v1/signoffs: what waits for the reader's signature. Whether they may sign is asked of the door.
#pragma once

#include <vector>

#include "api/case_service.hpp"
#include "api/http/router.hpp"
#include "api/registry.hpp"

namespace yimen::api::resources {

class Signoffs {
 public:
  // All must outlive the resource.
  Signoffs(CaseService& service, persistence::CaseStore& store, const Registry& registry)
      : service_(service), store_(store), registry_(registry) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request);
  // The open proposals of the case that the principal may sign now, as its view shows them.
  [[nodiscard]] workflow::Array signable(const http::Principal& principal,
                                         const persistence::CaseSummary& line);
  // Whether some step from the line's state is signed off, by its procedure's edition in force.
  [[nodiscard]] bool may_wait(const persistence::CaseSummary& line) const;

  CaseService& service_;
  persistence::CaseStore& store_;
  const Registry& registry_;
};

}  // namespace yimen::api::resources
