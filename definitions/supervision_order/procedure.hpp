// The supervision order (督办单, plan section 3.3) as the engine and the API see it.
#pragma once

#include "workflow/procedure.hpp"

namespace yimen::definitions::supervision_order {

[[nodiscard]] const workflow::Procedure& procedure();

}  // namespace yimen::definitions::supervision_order
