// /v1/tokens: bearer tokens for machines. A token is good for some of its account's posts, to read
// or to read and write, until it expires or is removed. Its secret is shown once.
#pragma once

#include <vector>

#include "api/audit_log.hpp"
#include "api/authentication.hpp"
#include "api/case_service.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

// The body of a new token.
[[nodiscard]] const workflow::Value& token_schema();

class Tokens {
 public:
  // All of them must outlive the resource. The clock is that of sessions.
  Tokens(persistence::TokenStore& store, Authentication& authentication,
         const CaseService& service, AuditLog& audit_log, const Clock& clock, IdSource& ids)
      : store_(store),
        authentication_(authentication),
        service_(service),
        audit_log_(audit_log),
        clock_(clock),
        ids_(ids) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] http::Response list(const http::Request& request);
  [[nodiscard]] http::Response remove(const http::Request& request);
  [[nodiscard]] http::Response add(const http::Request& request, persistence::TokenRow row,
                                   const persistence::IdempotencyKey& key);
  [[nodiscard]] bool tell(const http::Request& request, const char* action,
                          const std::string& token);

  persistence::TokenStore& store_;
  Authentication& authentication_;
  const CaseService& service_;
  AuditLog& audit_log_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace yimen::api::resources
