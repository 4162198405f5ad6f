// The assistance procedure (assistance, plan sections 2.2 to 2.5) as the engine and the API see it.
#pragma once

#include "workflow/procedure.hpp"

namespace yimen::definitions::assistance {

[[nodiscard]] const workflow::Procedure& procedure();

}  // namespace yimen::definitions::assistance
