// The second half of a BPMN document: the same elements in pixels.
#pragma once

#include "workflow/drawing/picture.hpp"
#include "workflow/drawing/xml.hpp"

namespace yimen::workflow::drawing {

void write_diagram(Xml& xml, const Picture& picture, const Layout& layout);

}  // namespace yimen::workflow::drawing
