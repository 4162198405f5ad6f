// GET /v1/audit/time-limits: how many clocks were kept, by department, village, category or month.
// GET /v1/audit/time-limits/cases and /v1/audit/overdue: the clocks themselves.
// GET /v1/audit/{list}: entries that auditors look at.
// GET /v1/cases/{id}/clocks: the ledger of one case's clocks, for whoever sees the case. All else
// is for auditors and others who see the whole township.
#pragma once

#include <vector>

#include "api/audit_queries.hpp"
#include "api/case_service.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Audit {
 public:
  Audit(CaseService& service, persistence::Database& database)
      : service_(service), cases_(database.cases()), audit_(database.audit()) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response time_limits(const http::Request& request);
  [[nodiscard]] http::Response lines(const http::Request& request);
  [[nodiscard]] http::Response overdue(const http::Request& request);
  [[nodiscard]] http::Response entries(const http::Request& request);
  [[nodiscard]] http::Response acts(const http::Request& request, const std::string& list);
  [[nodiscard]] http::Response verify(const http::Request& request);
  [[nodiscard]] http::Response clocks(const http::Request& request);

  [[nodiscard]] http::Response page_of_lines(
      const http::Request& request, const AuditAsk& ask,
      Result<persistence::AuditPage, persistence::StoreError> page);

  CaseService& service_;
  persistence::CaseStore& cases_;
  persistence::AuditStore& audit_;
};

}  // namespace yimen::api::resources
