// The units that a form names must be of the organisation: a case that lies with nobody is lost.
#pragma once

#include <vector>

#include "definitions/organisation.hpp"
#include "workflow/form.hpp"

namespace yimen::api {

// unknown_unit for each member of the format unit_code that names no unit, and for a `village` that
// is none. `data` satisfies the schema.
[[nodiscard]] std::vector<workflow::Finding> unit_findings(
    const workflow::Value& schema, const workflow::Value& data,
    const definitions::Organisation& organisation);

}  // namespace yimen::api
