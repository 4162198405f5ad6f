// The choices that a layout leaves open, made so that few wires cross: the order of the arrows that
// leave a shape, the side on which a trunk runs, and the order of the tracks in each channel.
#pragma once

#include "workflow/drawing/layout.hpp"

namespace yimen::workflow::drawing {

// How hard the wires are to follow: their crossings above all, then their length and the room they
// take. Wires of different nets that lie on each other cost more than any number of crossings.
[[nodiscard]] int difficulty(const Grid& grid, const Layout& layout);

// Climbs from a plain beginning, one change at a time, to where no change helps. No chance is
// involved: the same grid and texts give the same routes.
[[nodiscard]] Routes routes_of(const Grid& grid, const Texts& texts);

}  // namespace yimen::workflow::drawing
