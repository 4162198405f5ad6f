// One route as an OpenAPI operation: what the route itself says (path, access, headers, limits) and
// what is written about it in operations.json.
#pragma once

#include <string>
#include <vector>

#include "api/http/router.hpp"

namespace yimen::api::openapi {

// "/v1/cases/{id}" of a route's pattern.
[[nodiscard]] std::string path_of(const http::Route& route);

// `said` is the route's entry of operations.json, `path_parameters` the schemas of {names}.
// Findings are added for what is unknown.
[[nodiscard]] workflow::Value operation(const http::Route& route, const workflow::Value& said,
                                        const workflow::Value& path_parameters,
                                        std::vector<std::string>& findings);

}  // namespace yimen::api::openapi
