// A procedure of three states, small enough to see a rule of the door at one glance.
//   nothing --open--> waiting --finish (small, signed)--> done
//                     waiting --finish (large)----------> done
//                     waiting --look (stays)
#pragma once

#include "workflow/decide.hpp"

namespace yimen::tests {

// Guards read facts that the form of `open` or the annotation `set` left: `paid`, `checked`,
// `size`. `finish` asks for a note in its form; `set` may be given by anybody of the station.
[[nodiscard]] const workflow::Procedure& tiny_procedure();
[[nodiscard]] workflow::Edition tiny_edition();

}  // namespace yimen::tests
