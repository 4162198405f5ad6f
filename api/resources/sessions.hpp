// /v1/sessions and /v1/me: logging in and out, the reader's sessions, and who the reader is.
#pragma once

#include <vector>

#include "api/authentication.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

// The body of a log-in.
[[nodiscard]] const workflow::Value& log_in_schema();

class Sessions {
 public:
  Sessions(Authentication& authentication, const Accounts& accounts,
           const definitions::Organisation& organisation, const Clock& clock)
      : authentication_(authentication),
        accounts_(accounts),
        organisation_(organisation),
        clock_(clock) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] http::Response remove(const http::Request& request);
  [[nodiscard]] http::Response list(const http::Request& request);
  [[nodiscard]] http::Response end(const http::Request& request);
  [[nodiscard]] http::Response me(const http::Request& request);
  [[nodiscard]] http::Response choose_password(const http::Request& request);

  Authentication& authentication_;
  const Accounts& accounts_;
  const definitions::Organisation& organisation_;
  const Clock& clock_;  // of the casework
};

}  // namespace yimen::api::resources
