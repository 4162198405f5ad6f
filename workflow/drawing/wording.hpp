// What is written on a drawing, in the reader's language, and the room it takes.
#pragma once

#include <string>
#include <vector>

#include "workflow/drawing/layout.hpp"
#include "workflow/drawing/names.hpp"

namespace yimen::workflow::drawing {

struct Wording {
  std::vector<std::string> units;  // a state's name; an event's for starts and blocks
  std::vector<std::string> notes;  // a reopening's sources, a line each; a block's title
  std::vector<std::string> ends;   // in blocks, the state at the end
  std::vector<std::string> links;  // the event of an arrow; nothing on the way in from a start
};

[[nodiscard]] Wording wording_of(const Procedure& procedure, const Graph& graph, const Grid& grid,
                                 const Names& names);

[[nodiscard]] Texts texts_of(const Procedure& procedure, const Grid& grid, const Wording& wording);

// The passage of a unit that is no state.
[[nodiscard]] const Passage& passage_of(const Graph& graph, const Unit& unit);

}  // namespace yimen::workflow::drawing
