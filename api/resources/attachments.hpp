// /v1/attachments and the documents of a case.
#pragma once

#include <vector>

#include "api/attachments.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Attachments {
 public:
  explicit Attachments(api::Attachments& attachments, const CaseService& service)
      : attachments_(attachments), service_(service) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response post(const http::Request& request);
  [[nodiscard]] http::Response list(const http::Request& request);
  [[nodiscard]] http::Response get(const http::Request& request);

  api::Attachments& attachments_;
  const CaseService& service_;
};

}  // namespace yimen::api::resources
