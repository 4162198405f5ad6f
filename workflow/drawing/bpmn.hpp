// A procedure as a BPMN 2.0 document with its diagram (BPMN DI), readable by any BPMN tool.
#pragma once

#include <string>

#include "workflow/drawing/names.hpp"
#include "workflow/procedure.hpp"

namespace yimen::workflow::drawing {

// A pool with a lane for every level. An open state is a task `state_<code>`, a closed one an end
// event of that id, an event from one to another a conditional flow. Each flow carries the rows of
// the table it stands for as <yimen:rule>; every row is in exactly one place.
//
// What comes from many states at once is not drawn arrow by arrow, for a dozen arrows to one end
// hide all others: an event known to every open state is an event subprocess (BPMN's own sign for
// "whenever, and then it is over"), and an event that takes up a closed case again is a start of
// its own, with a note that names the states it comes from.
//
// The same arguments give the same bytes.
[[nodiscard]] std::string bpmn(const Procedure& procedure, const Names& names);

}  // namespace yimen::workflow::drawing
