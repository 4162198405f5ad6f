// The editions of a procedure, and the check of one before it is deployed.
#pragma once

#include <vector>

#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api::resources {

class Editions {
 public:
  explicit Editions(const Rulebook& rulebook) : rulebook_(rulebook) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response list(const http::Request& request) const;
  // Changes nothing.
  [[nodiscard]] http::Response check(const http::Request& request) const;

  const Rulebook& rulebook_;
};

}  // namespace yimen::api::resources
