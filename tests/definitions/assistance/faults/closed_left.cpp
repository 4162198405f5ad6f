// A way out of a closed state other than reopening.
#include "small_table.hpp"

namespace faults {

using slipped_out = rule<from<archived>, on<publish>, to<publicized>, by<station>, from_law>;

static_assert(is_lawful<usual_states, opened, accepted, given_to, answered, posted, reported,
                        granted, closed, closed_2, again, slipped_out>());

}  // namespace faults
