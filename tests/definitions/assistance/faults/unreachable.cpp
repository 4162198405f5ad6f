// A state that no row enters.
#include "small_table.hpp"

namespace faults {

using remembered = rule<from<forgotten>, on<assign>, to<assigned>, by<station>, from_law>;

static_assert(is_lawful<mp::mp_push_back<usual_states, forgotten>, opened, accepted, given_to,
                        answered, posted, reported, granted, closed, closed_2, again,
                        remembered>());

}  // namespace faults
