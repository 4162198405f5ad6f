// The commands that tell what the program serves, without serving. Each answers the exit status.
#pragma once

#include <ostream>
#include <vector>

#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api {

int print_routes(const std::vector<http::Route>& routes, const Rulebook& rulebook,
                 std::ostream& out);
// 1, with the findings, when something is not described as it should be.
int print_openapi(const std::vector<http::Route>& routes, const Rulebook& rulebook,
                  std::ostream& out);

}  // namespace yimen::api
