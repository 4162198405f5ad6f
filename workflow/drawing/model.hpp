// The first half of a BPMN document: pool, lanes, tasks, events, flows and the rows behind them.
#pragma once

#include "workflow/drawing/names.hpp"
#include "workflow/drawing/picture.hpp"
#include "workflow/drawing/xml.hpp"

namespace yimen::workflow::drawing {

void write_model(Xml& xml, const Picture& picture, const Names& names);

}  // namespace yimen::workflow::drawing
