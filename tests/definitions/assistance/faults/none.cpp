// No fault: the small table as it should be.
#include "small_table.hpp"

namespace faults {

static_assert(is_lawful<usual_states, opened, accepted, given_to, answered, posted, reported,
                        granted, closed, closed_2, again>());

}  // namespace faults
