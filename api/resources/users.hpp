// /v1/users: accounts and their posts, for administrators.
#pragma once

#include <vector>

#include "api/accounts.hpp"
#include "api/audit_log.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Users {
 public:
  // `clock` dates the audit log.
  Users(Accounts& accounts, AuditLog& audit_log, const Clock& clock)
      : accounts_(accounts), audit_log_(audit_log), clock_(clock) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] http::Response list(const http::Request& request);
  [[nodiscard]] http::Response get(const http::Request& request);
  [[nodiscard]] http::Response patch(const http::Request& request);

  // False when the audit log cannot be written. A change is told before it is made; an addition
  // behind it, when it has its id: the same request again finds it and tells it.
  [[nodiscard]] bool tell(const http::Request& request, const char* action,
                          const std::string& subject);

  Accounts& accounts_;
  AuditLog& audit_log_;
  const Clock& clock_;
};

}  // namespace yimen::api::resources
