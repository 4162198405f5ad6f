// Which problems a route can answer: those of every route, by what the route asks for, and those
// that its description names.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/http/router.hpp"

namespace yimen::api::openapi {

using ProblemsByStatus = std::map<int, std::vector<std::string>>;  // codes in their order

[[nodiscard]] ProblemsByStatus problems_of(const http::Route& route, const workflow::Value& said,
                                           std::vector<std::string>& findings);

// The response of one status.
[[nodiscard]] workflow::Value problem_response(int status, const std::vector<std::string>& codes);

}  // namespace yimen::api::openapi
