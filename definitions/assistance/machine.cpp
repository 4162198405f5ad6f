// The one unit that instantiates Boost.MSM for this procedure; compiled as C++17.
#include "workflow/machine.hpp"

#include "definitions/assistance/step.hpp"
#include "definitions/assistance/table.hpp"

namespace yimen::definitions::assistance {

namespace {

struct Assistance {
  using states = assistance::states;
  using rows = assistance::rows;
};

}  // namespace

workflow::Step step(int state, int event, const workflow::RowBits& bits) {
  return workflow::machine::Stepper<Assistance>::step(state, event, bits);
}

}  // namespace yimen::definitions::assistance
