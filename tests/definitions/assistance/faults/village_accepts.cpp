// A village post that accepts an application.
#include "small_table.hpp"

namespace faults {

using usurped = rule<from<discovered>, on<accept>, stays, by<station, village>, from_law>;

static_assert(is_lawful<usual_states, opened, usurped, given_to, answered, posted, reported,
                        granted, closed, closed_2, again>());

}  // namespace faults
