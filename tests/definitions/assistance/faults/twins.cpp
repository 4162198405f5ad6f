// Two rows of one state and event that cannot be told apart.
#include "small_table.hpp"

namespace faults {

using twin = rule<from<discovered>, on<assign>, to<publicized>, by<station>, from_law>;

static_assert(is_lawful<usual_states, opened, accepted, given_to, answered, posted, reported,
                        granted, closed, closed_2, again, twin>());

}  // namespace faults
