// /v1/persons: adding, seeing, finding people, and revealing one with a reason that auditors read.
#pragma once

#include <vector>

#include "api/audit_log.hpp"
#include "api/http/router.hpp"
#include "api/registry.hpp"

namespace yimen::api::resources {

// The bodies of a reveal and of a search.
[[nodiscard]] const workflow::Value& reveal_schema();
[[nodiscard]] const workflow::Value& search_schema();

class Persons {
 public:
  // `clock` dates the audit log.
  Persons(Registry& registry, AuditLog& audit_log, const Clock& clock)
      : registry_(registry), audit_log_(audit_log), clock_(clock) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] http::Response get(const http::Request& request);
  [[nodiscard]] http::Response reveal(const http::Request& request);
  [[nodiscard]] http::Response search(const http::Request& request);

  Registry& registry_;
  AuditLog& audit_log_;
  const Clock& clock_;
};

}  // namespace yimen::api::resources
