// /v1/calendar: the working calendar, and a calculator that explains itself.
#pragma once

#include <vector>

#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api::resources {

class Calendar {
 public:
  explicit Calendar(const Rulebook& rulebook) : rulebook_(rulebook) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response year(const http::Request& request) const;
  [[nodiscard]] http::Response add(const http::Request& request) const;

  const Rulebook& rulebook_;
};

}  // namespace yimen::api::resources
