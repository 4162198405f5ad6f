// Where everything stands, in columns and rows: the main path from left to right, one column a
// state, and round it whatever leads away from it and back.
#pragma once

#include <vector>

#include "workflow/drawing/graph.hpp"

namespace yimen::workflow::drawing {

enum class UnitKind { state, opening, reopening, everywhere };

// `index` is a state's, or a passage's within its list of the graph.
struct Unit {
  UnitKind kind = UnitKind::state;
  int index = 0;
  int lane = 0;
  int column = 0;
  int row = 0;  // of the whole grid
};

// From one unit to another; `arrow` is -1 for the way in from a start.
struct Link {
  int from = 0;
  int to = 0;
  int arrow = -1;
};

struct Grid {
  std::vector<Unit> units;
  std::vector<Link> links;
  std::vector<int> lane_of_row;
  int columns = 0;
};

// The same graph gives the same grid. No two units share a cell, and the rows of a lane are
// neighbours.
[[nodiscard]] Grid grid_of(const Graph& graph);

}  // namespace yimen::workflow::drawing
