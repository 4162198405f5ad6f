// The query of a list of cases as the store's: what the reader may see, and the filters that the
// address names.
#pragma once

#include "api/colours.hpp"
#include "api/http/exchange.hpp"

namespace yimen::api {

// invalid_parameter for an unknown filter or a value that cannot be one. Colours and ages are those
// of the moment.
[[nodiscard]] Result<persistence::CaseQuery, http::Problem> case_query_of(
    const http::Request& request, const Colours& colours);

}  // namespace yimen::api
