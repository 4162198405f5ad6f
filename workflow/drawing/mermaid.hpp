// A procedure as the text of a Mermaid state diagram.
#pragma once

#include <string>

#include "workflow/drawing/names.hpp"
#include "workflow/procedure.hpp"

namespace yimen::workflow::drawing {

// Every row of the table is told: events between the same two states share an arrow, and an event
// that every open state knows leaves the frame round them all. The same arguments give the same
// bytes.
[[nodiscard]] std::string mermaid(const Procedure& procedure, const Names& names);

}  // namespace yimen::workflow::drawing
