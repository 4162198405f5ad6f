// What a store's error, and findings about a body, are to a client.
#pragma once

#include <string>
#include <vector>

#include "api/http/exchange.hpp"
#include "persistence/store.hpp"
#include "workflow/form.hpp"

namespace yimen::api {

[[nodiscard]] http::Problem store_problem(const persistence::StoreError& error);

// 400 unknown_member or invalid_member for what is not of the shape, else 422 form_invalid; with a
// refusal and its pointer for each finding.
[[nodiscard]] http::Problem findings_problem(const std::vector<workflow::Finding>& findings);

// One refusal under a code of its own.
[[nodiscard]] http::Problem problem_with(http::ProblemCode code, std::string refusal,
                                         workflow::Object params = {});

// The body, if it satisfies the schema; everything that is wrong with it at once.
[[nodiscard]] Result<workflow::Value, http::Problem> body_of(const http::Request& request,
                                                             const workflow::Value& schema);

}  // namespace yimen::api
