// The drawing in pixels: boxes, and wires of horizontal and vertical pieces. Between two columns
// runs a channel of vertical tracks, between two rows one of horizontal tracks, and no wire leaves
// its channels but to reach a shape; so no wire can cross a shape or a label.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "workflow/drawing/grid.hpp"
#include "workflow/drawing/lettering.hpp"

namespace yimen::workflow::drawing {

struct Point {
  int x = 0;
  int y = 0;
  bool operator==(const Point&) const = default;
};

struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  [[nodiscard]] int right() const { return x + width; }
  [[nodiscard]] int bottom() const { return y + height; }
  [[nodiscard]] Point centre() const { return {x + width / 2, y + height / 2}; }
  bool operator==(const Box&) const = default;
};

constexpr int task_width = 108;
constexpr int name_width_max = task_width - 16;  // inside a task

// What is written, before it has a place: by unit, and by link.
struct Texts {
  std::vector<Extent> units;   // beside events; inside tasks
  std::vector<Extent> notes;   // beside reopenings: from which states; in blocks: their title
  std::vector<Extent> ends;    // in blocks: beside the end
  std::vector<Extent> links;   // at arrows
  std::vector<bool> is_event;  // units that are circles
};

// A net is all wires to one unit: they merge on their way and never part, so they share tracks.
enum class TrackKind { leaving, trunk, entering };
using TrackKey = std::tuple<TrackKind, int, int>;  // kind, channel, target unit

// The choices that the drawing leaves open; see routes_of.
struct Routes {
  std::vector<std::vector<int>> ports;  // by unit: its links, from top to bottom
  std::vector<bool> trunk_above;        // by target unit
  std::map<TrackKey, int> slots;        // a track's place in its channel
};

struct Shape {
  Box body;
  std::optional<Box> merge;  // the gateway where several wires come together
  std::optional<Box> label;
  std::optional<Box> note;
  // Inside a block, where `label` belongs to the start.
  Box inner_start;
  Box inner_end;
  Box inner_end_label;
};

struct Wire {
  std::vector<Point> points;
  std::optional<Box> label;
};

struct Layout {
  Box pool;
  std::vector<Box> lanes;
  std::vector<Shape> shapes;  // by unit
  std::vector<Wire> wires;    // by link
};

// The channels that a link's way needs, for the choice of where its target's trunk runs.
[[nodiscard]] bool is_adjacent(const Grid& grid, const Link& link);
[[nodiscard]] int trunk_channel(const Grid& grid, const Routes& routes, int target);

[[nodiscard]] Layout layout_of(const Grid& grid, const Texts& texts, const Routes& routes);

}  // namespace yimen::workflow::drawing
