// /v1/users: accounts and their posts, for administrators.
#pragma once

#include <vector>

#include "api/accounts.hpp"
#include "api/audit_log.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Users {
 public:
  // `clock` dates the audit log. Who is given a password must choose another one first; on a sample
  // database only where it is asked for.
  Users(Accounts& accounts, AuditLog& audit_log, const Clock& clock, bool is_sample)
      : accounts_(accounts), audit_log_(audit_log), clock_(clock), is_sample_(is_sample) {}

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

  // The body, by the form: with what is said of it where it says nothing itself.
  [[nodiscard]] Result<workflow::Value, http::Problem> wanted(const http::Request& request,
                                                              const workflow::Value& schema) const;

  Accounts& accounts_;
  AuditLog& audit_log_;
  const Clock& clock_;
  const bool is_sample_;
};

}  // namespace yimen::api::resources
