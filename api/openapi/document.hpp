// The OpenAPI 3.1 document, made of the table of routes that serves, of what the JSON files of this
// folder say about each route, and of the rulebook's words and forms.
#pragma once

#include <string>
#include <vector>

#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api::openapi {

struct Document {
  workflow::Value value;
  // Where the files and the table do not fit: a route that nothing is said of, something said of no
  // route, unknown names. Empty for a document that may be published.
  std::vector<std::string> findings;
};

[[nodiscard]] Document document(const std::vector<http::Route>& routes, const Rulebook& rulebook);

}  // namespace yimen::api::openapi
