// A procedure's table as a drawing sees it: arrows between states, and apart from them the events
// that come from so many states that an arrow each would hide the rest.
#pragma once

#include <string_view>
#include <vector>

#include "workflow/procedure.hpp"

namespace yimen::workflow::drawing {

// All rows of one event between two states. States, events and rows are indexes of the procedure.
struct Arrow {
  int from = 0;
  int event = 0;
  int to = 0;
  std::vector<int> rows;
};

// One event to one state from several: drawn once, with its sources told in words.
struct Passage {
  int event = 0;
  int to = 0;
  std::vector<int> from;
  std::vector<int> rows;
};

struct Graph {
  std::vector<Arrow> arrows;         // in the order of the table
  std::vector<Passage> openings;     // from `nothing`
  std::vector<Passage> reopenings;   // events that take up a closed case again
  std::vector<Passage> everywhere;   // from every open state to one closed state
  std::vector<int> main_path;        // states from the first opening to the first closed state
  std::vector<std::string_view> lanes;  // levels, in the order in which the main path meets them
  std::vector<int> lane;             // by state, -1 for `nothing`
};

// Every row of the table is in exactly one arrow or passage.
//
// The main path takes from each state the first row, in the order of the table, that leads on to a
// state later in the list of states from which the end can still be reached without going back.
// A state lies in the lane of the level that comes first in most of the rows that leave it.
[[nodiscard]] Graph graph_of(const Procedure& procedure);

}  // namespace yimen::workflow::drawing
