// A guard that does not fit its event.
#include "small_table.hpp"

namespace faults {

using misjudged = rule<from<escalated>, on<county_approve>, to<assigned>, by<county>,
                       given<is_investigated>, from_law>;

static_assert(is_lawful<usual_states, opened, accepted, given_to, answered, posted, reported,
                        misjudged, closed, closed_2, again>());

}  // namespace faults
