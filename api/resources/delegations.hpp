// /v1/delegations: who covers for whom, in which post, from when to when.
#pragma once

#include <vector>

#include "api/accounts.hpp"
#include "api/audit_log.hpp"
#include "api/case_service.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

// The body of a new delegation.
[[nodiscard]] const workflow::Value& delegation_schema();

class Delegations {
 public:
  // All of them must outlive the resource. The clock is that of sessions.
  Delegations(persistence::DelegationStore& store, Accounts& accounts,
              persistence::AccountStore& account_store, const CaseService& service,
              AuditLog& audit_log, const Clock& clock, IdSource& ids)
      : store_(store),
        accounts_(accounts),
        account_store_(account_store),
        service_(service),
        audit_log_(audit_log),
        clock_(clock),
        ids_(ids) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] http::Response list(const http::Request& request);
  [[nodiscard]] http::Response remove(const http::Request& request);
  [[nodiscard]] Result<persistence::DelegationRow, http::Problem> row_of(
      const http::Request& request, const workflow::Value& body);
  [[nodiscard]] Result<std::optional<persistence::AccountRow>, http::Problem> named(
      const std::string& id_or_name);
  [[nodiscard]] http::Response shown(int status, const persistence::DelegationRow& row) const;
  [[nodiscard]] workflow::Value view(const persistence::DelegationRow& row) const;
  [[nodiscard]] bool tell(const http::Request& request, const char* action,
                          const persistence::DelegationRow& row);

  persistence::DelegationStore& store_;
  Accounts& accounts_;
  persistence::AccountStore& account_store_;
  const CaseService& service_;
  AuditLog& audit_log_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace yimen::api::resources
