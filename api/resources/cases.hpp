// /v1/cases and all that hangs below a case: transitions, annotations, sign-offs, the journal.
#pragma once

#include <vector>

#include "api/case_service.hpp"
#include "api/http/router.hpp"
#include "api/registry.hpp"

namespace yimen::api::resources {

class Cases {
 public:
  Cases(CaseService& service, persistence::CaseStore& store, const Registry& registry)
      : service_(service), store_(store), registry_(registry) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response open(const http::Request& request);
  [[nodiscard]] http::Response list(const http::Request& request);
  [[nodiscard]] http::Response get(const http::Request& request);
  [[nodiscard]] http::Response transition(const http::Request& request);
  [[nodiscard]] http::Response annotate(const http::Request& request);
  [[nodiscard]] http::Response sign(const http::Request& request);
  [[nodiscard]] http::Response journal(const http::Request& request);

  [[nodiscard]] http::Response submit(const http::Request& request, Submission submission);

  CaseService& service_;
  persistence::CaseStore& store_;
  const Registry& registry_;
};

}  // namespace yimen::api::resources
