// How a refusal of the engine or the store becomes a problem of HTTP.
#pragma once

#include "api/case_service.hpp"
#include "api/http/problem.hpp"

namespace yimen::api {

[[nodiscard]] http::Problem problem_of(const workflow::Refusals& refusals);
[[nodiscard]] http::Problem problem_of(const persistence::StoreError& error);
[[nodiscard]] http::Problem problem_of(const ServiceFailure& failure);

}  // namespace yimen::api
