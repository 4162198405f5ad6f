// How a guard answers.
#pragma once

#include <optional>

#include "workflow/procedure.hpp"

namespace yimen::definitions {

using Unmet = std::optional<workflow::Object>;

// Nothing when it holds, else the parameters of the refusal.
inline Unmet unless(bool holds, workflow::Object params = {}) {
  return holds ? Unmet{} : Unmet{std::move(params)};
}

}  // namespace yimen::definitions
