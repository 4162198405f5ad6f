// The ledger of each clock of one case, from its journal: when it began, stood still, was moved and
// stopped, by whom, and in whose hands the days were spent.
#pragma once

#include <vector>

#include "api/audit_views.hpp"
#include "workflow/entry.hpp"

namespace yimen::api {

// As of an instant: entries that were recorded later do not count.
[[nodiscard]] workflow::Value clock_ledger(const std::vector<workflow::Entry>& entries,
                                           workflow::Instant as_of, const Reader& reader);

}  // namespace yimen::api
