// The one unit that instantiates Boost.MSM for this procedure; compiled as C++17.
#include "workflow/machine.hpp"

#include "definitions/supervision_order/step.hpp"
#include "definitions/supervision_order/table.hpp"

namespace yimen::definitions::supervision_order {

namespace {

struct SupervisionOrder {
  using states = supervision_order::states;
  using rows = supervision_order::rows;
};

}  // namespace

workflow::Step step(int state, int event, const workflow::RowBits& bits) {
  return workflow::machine::Stepper<SupervisionOrder>::step(state, event, bits);
}

}  // namespace yimen::definitions::supervision_order
