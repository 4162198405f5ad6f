// The journal of one case, all of it.
#pragma once

#include <vector>

#include "persistence/store.hpp"
#include "workflow/entry.hpp"

namespace yimen::persistence {

// In order; empty for an unknown case. `unavailable` for bytes that are no entry.
[[nodiscard]] Result<std::vector<workflow::Entry>, StoreError> whole_journal(
    CaseStore& cases, const std::string& case_id);

}  // namespace yimen::persistence
