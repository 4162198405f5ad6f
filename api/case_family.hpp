// A split case and its children: a child whose state changes tells its parent, which closes last.
#pragma once

#include <optional>

#include "api/case_service.hpp"

namespace yimen::api {

// The effect by which a child's entry tells its parent; nothing for a case without a parent and
// for an entry that leaves the state as it was.
[[nodiscard]] std::optional<workflow::Effect> word_to_parent(const workflow::Case& before,
                                                             const workflow::Case& child);

// What the effect asks of the parent. Once for each entry of the child.
[[nodiscard]] Submission record_of_child(const workflow::Value& word);

}  // namespace yimen::api
