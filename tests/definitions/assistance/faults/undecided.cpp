// A way to the county without a station decision.
#include "small_table.hpp"

namespace faults {

using passed_on = rule<from<publicized>, on<escalate>, to<escalated>, by<station>, from_law>;

static_assert(is_lawful<usual_states, opened, accepted, given_to, answered, posted, passed_on,
                        granted, closed, closed_2, again>());

}  // namespace faults
