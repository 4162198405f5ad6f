#include "workflow/drawing/picture.hpp"

#include <algorithm>

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

const Unit& Picture::unit(int index) const { return grid.units[at(index)]; }

std::string Picture::state(int index) const { return std::string(procedure.states[at(index)]); }

std::string Picture::event(int index) const { return std::string(procedure.events[at(index)]); }

bool Picture::is_closed(const Unit& here) const {
  return here.kind == UnitKind::state && procedure.is_closed[at(here.index)];
}

int Picture::ways_in(int index) const {
  return static_cast<int>(std::count_if(grid.links.begin(), grid.links.end(),
                                        [&](const Link& link) { return link.to == index; }));
}

std::string Picture::id(int index) const {
  const Unit& here = unit(index);
  if (here.kind == UnitKind::state) return "state_" + state(here.index);
  const Passage& passage = passage_of(graph, here);
  return "event_" + event(passage.event) + "_" + state(passage.to);
}

std::string Picture::merge_id(int index) const { return "to_" + state(unit(index).index); }

std::string Picture::link_id(int index) const {
  const Link& link = grid.links[at(index)];
  if (link.arrow < 0) return "flow_" + id(link.from);
  const Arrow& arrow = graph.arrows[at(link.arrow)];
  return "flow_" + state(arrow.from) + "_" + event(arrow.event) + "_" + state(arrow.to);
}

std::string Picture::end_id(int index) const {
  const int to = passage_of(graph, unit(index)).to;
  const bool drawn_before =
      std::any_of(grid.units.begin(), grid.units.begin() + index, [&](const Unit& other) {
        return other.kind == UnitKind::state ? other.index == to
                                             : other.kind == UnitKind::everywhere &&
                                                   passage_of(graph, other).to == to;
      });
  return (drawn_before ? "end_" + id(index) : "state_" + state(to));
}

std::string Picture::entrance_id(int index) const {
  return ways_in(index) > 1 ? merge_id(index) : id(index);
}

}  // namespace yimen::workflow::drawing
