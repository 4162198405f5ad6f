// /v1/procedures and /v1/forms: the tables and editions as data.
#pragma once

#include <vector>

#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api::resources {

class Procedures {
 public:
  explicit Procedures(const Rulebook& rulebook) : rulebook_(rulebook) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response list(const http::Request& request) const;
  [[nodiscard]] http::Response get(const http::Request& request) const;
  [[nodiscard]] http::Response form(const http::Request& request) const;

  const Rulebook& rulebook_;
};

}  // namespace yimen::api::resources
