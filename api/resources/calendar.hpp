// /v1/calendar: the working calendar, a calculator that explains itself, and the loading of a year.
#pragma once

#include <mutex>
#include <vector>

#include "api/audit_log.hpp"
#include "api/clock.hpp"
#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api::resources {

class Calendar {
 public:
  Calendar(const Rulebook& rulebook, persistence::Database& database, AuditLog& audit_log,
           const Clock& clock)
      : rulebook_(rulebook), database_(database), audit_log_(audit_log), clock_(clock) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response year(const http::Request& request) const;
  [[nodiscard]] http::Response add(const http::Request& request) const;
  // Clocks that run already are projected again by the workers.
  [[nodiscard]] http::Response put(const http::Request& request);

  const Rulebook& rulebook_;
  persistence::Database& database_;
  AuditLog& audit_log_;
  const Clock& clock_;
  std::mutex loading_;  // one year after the other, so that none takes another back
};

}  // namespace yimen::api::resources
