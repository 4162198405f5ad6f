// What the two halves of a BPMN document speak about, and the ids by which they do.
#pragma once

#include <string>

#include "workflow/drawing/wording.hpp"

namespace yimen::workflow::drawing {

struct Picture {
  const Procedure& procedure;
  const Graph& graph;
  const Grid& grid;
  const Wording& wording;

  [[nodiscard]] const Unit& unit(int index) const;
  [[nodiscard]] std::string state(int index) const;  // its code
  [[nodiscard]] std::string event(int index) const;
  [[nodiscard]] bool is_closed(const Unit& unit) const;
  [[nodiscard]] int ways_in(int unit) const;

  // Codes are identifiers, so these are XML's.
  [[nodiscard]] std::string id(int unit) const;
  [[nodiscard]] std::string merge_id(int unit) const;
  [[nodiscard]] std::string link_id(int link) const;
  // In a block: the closed state at its end; states come before blocks among the units.
  [[nodiscard]] std::string end_id(int unit) const;
  // Where wires to a unit end: its gateway, where it has one.
  [[nodiscard]] std::string entrance_id(int unit) const;
};

}  // namespace yimen::workflow::drawing
