// The whole journal of a case, page by page, and what its bytes say.
#pragma once

#include <string>
#include <vector>

#include "persistence/store.hpp"

namespace yimen::api {

[[nodiscard]] Result<std::vector<workflow::SealedEntry>, persistence::StoreError> whole_journal(
    persistence::CaseStore& store, const std::string& case_id);
// Without those whose bytes are no JSON.
[[nodiscard]] std::vector<workflow::Entry> entries_of(
    const std::vector<workflow::SealedEntry>& chain);

}  // namespace yimen::api
