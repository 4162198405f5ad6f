// GET /v1/openapi.json: the document of the very table of routes that serves it.
#pragma once

#include <string>
#include <vector>

#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api::resources {

class Specification {
 public:
  explicit Specification(const Rulebook& rulebook) : rulebook_(rulebook) {}

  [[nodiscard]] std::vector<http::Route> routes();
  // Makes the document of all routes, its own among them; before the first request.
  void describe(const std::vector<http::Route>& routes);

 private:
  [[nodiscard]] http::Response get(const http::Request& request) const;

  const Rulebook& rulebook_;
  std::string text_;
  std::string tag_;
};

}  // namespace yimen::api::resources
