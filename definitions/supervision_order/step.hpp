// The procedure's machine, seen from outside its unit. C++17-clean.
#pragma once

#include "workflow/step.hpp"

namespace yimen::definitions::supervision_order {

// `state` and `event` count in the order of the table's states and of its rows' events.
[[nodiscard]] workflow::Step step(int state, int event, const workflow::RowBits& bits);

}  // namespace yimen::definitions::supervision_order
