// Cases as lines of a list.
#pragma once

#include <vector>

#include "api/colours.hpp"
#include "api/registry.hpp"

namespace yimen::api {

// In their order. Whom they are about is read in one go, and named as the registry shows them to
// the reader.
[[nodiscard]] Result<workflow::Array, http::Problem> line_views(
    const std::vector<persistence::CaseSummary>& lines, const Colours& colours,
    const Registry& registry, const http::Principal& reader);

}  // namespace yimen::api
