#include "api/descriptions.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>

#include "api/openapi/document.hpp"

namespace yimen::api {

int print_routes(const std::vector<http::Route>& routes, const Rulebook&, std::ostream& out) {
  std::size_t path_width = 0;
  std::size_t name_width = 0;
  for (const http::Route& route : routes) {
    path_width = std::max(path_width, route.pattern.size());
    name_width = std::max(name_width, route.name.size());
  }
  out << std::left;
  for (const http::Route& route : routes) {
    const bool is_public = route.access == http::Access::public_access;
    out << std::setw(7) << route.method << std::setw(static_cast<int>(path_width) + 2)
        << route.pattern << std::setw(9) << (is_public ? "public" : "session")
        << std::setw(static_cast<int>(name_width) + 2) << route.name << route.summary << "\n";
  }
  return 0;
}

int print_openapi(const std::vector<http::Route>& routes, const Rulebook& rulebook,
                  std::ostream& out) {
  const openapi::Document document = openapi::document(routes, rulebook);
  for (const std::string& finding : document.findings) std::cerr << "yimen: " << finding << "\n";
  out << workflow::canonical(document.value) << "\n";
  return document.findings.empty() ? 0 : 1;
}

}  // namespace yimen::api
