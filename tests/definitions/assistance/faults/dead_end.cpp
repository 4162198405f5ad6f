// An open state without a way out.
#include "small_table.hpp"

namespace faults {

static_assert(is_lawful<usual_states, opened, accepted, given_to, answered, posted, reported,
                        closed, closed_2, again>());

}  // namespace faults
