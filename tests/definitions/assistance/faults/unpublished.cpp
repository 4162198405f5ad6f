// A way into the archive on which the public could not know: one alternative proves nothing.
#include "small_table.hpp"

namespace faults {

using hushed = rule<from<publicized>, on<archive>, to<archived>, by<station>, when<is_explained>,
                    given<any_of<notice_elapsed, is_explained>>, from_law>;

static_assert(is_lawful<usual_states, opened, accepted, given_to, answered, posted, reported,
                        granted, closed, hushed, again>());

}  // namespace faults
