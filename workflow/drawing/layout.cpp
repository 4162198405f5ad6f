#include "workflow/drawing/layout.hpp"

#include <algorithm>

#include "workflow/drawing/measures.hpp"

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

class Drafting {
 public:
  Drafting(const Grid& grid, const Texts& texts, const Routes& routes)
      : grid_(grid), texts_(texts), routes_(routes), size_(measures_of(grid, texts, routes)) {}

  Layout draft() {
    draw_lanes();
    for (int unit = 0; unit < static_cast<int>(grid_.units.size()); ++unit) draw_unit(unit);
    for (const Link& link : grid_.links) draw_wire(link);
    return std::move(layout_);
  }

 private:
  [[nodiscard]] const Unit& unit(int index) const { return grid_.units[at(index)]; }
  [[nodiscard]] int track(TrackKind kind, int channel, int target) const {
    return routes_.slots.at({kind, channel, target}) * track_pitch;
  }

  void draw_lanes() {
    layout_.pool = {0, 0, size_.width, size_.height};
    for (std::size_t lane = 0; lane < size_.lane_top.size(); ++lane) {
      const int top = size_.lane_top[lane];
      const bool last = lane + 1 == size_.lane_top.size();
      const int end = last ? size_.height : size_.lane_top[lane + 1];
      layout_.lanes.push_back(
          {pool_header / 2, top, size_.width - pool_header / 2, end - top});
    }
  }

  [[nodiscard]] static Box label_under(const Box& event, const Extent& text) {
    return {event.centre().x - text.width / 2, event.bottom() + 5, text.width, text.height};
  }

  void draw_unit(int index) {
    const Unit& here = unit(index);
    const int middle = size_.middle[at(here.row)];
    if (here.kind == UnitKind::everywhere) {
      layout_.shapes.push_back(block(index, middle));
    } else if (here.kind == UnitKind::state) {
      layout_.shapes.push_back(state(index, middle));
    } else {
      layout_.shapes.push_back(start(index, middle));
    }
  }

  [[nodiscard]] Shape state(int index, int middle) const {
    const Extent& text = texts_.units[at(index)];
    const int x = size_.body_x[at(unit(index).column)];
    Shape shape;
    if (texts_.is_event[at(index)]) {
      shape.body = {x + std::max(0, (text.width - event_size) / 2), middle - event_size / 2,
                    event_size, event_size};
      shape.label = label_under(shape.body, text);
    } else {
      const int half = size_.task_half[at(index)];
      shape.body = {x, middle - half, task_width, 2 * half};
    }
    if (size_.ways_in[at(index)] > 1) {
      shape.merge =
          Box{x - merge_gap - merge_size, middle - merge_size / 2, merge_size, merge_size};
    }
    return shape;
  }

  // At the right end of its column, next to where it leads, and its note before it.
  [[nodiscard]] Shape start(int index, int middle) const {
    const Extent& text = texts_.units[at(index)];
    const int width = std::max(event_size, text.width);
    const int right = size_.column_right[at(unit(index).column)];
    const int y = middle + size_.port[at(routes_.ports[at(index)].front())];
    Shape shape;
    shape.body = {right - width / 2 - event_size / 2, y - event_size / 2, event_size, event_size};
    shape.label = label_under(shape.body, text);
    if (const Extent& note = texts_.notes[at(index)]; note.width > 0) {
      shape.note = Box{right - width - note_gap - note.width, y - note.height / 2, note.width,
                       note.height};
    }
    return shape;
  }

  [[nodiscard]] Shape block(int index, int middle) const {
    const Extent extent = size_.block[at(index)];
    Shape shape;
    shape.body = {size_.column_x[at(unit(index).column)], middle - extent.height / 2, extent.width,
                  extent.height};
    const int y = shape.body.y + 14 + texts_.notes[at(index)].height;
    const int first = std::max(texts_.units[at(index)].width, event_size);
    const int last = std::max(texts_.ends[at(index)].width, event_size);
    const int start_x = shape.body.x + block_margin + (first - event_size) / 2;
    const int end_x = shape.body.right() - block_margin - (last + event_size) / 2;
    shape.inner_start = {start_x, y, event_size, event_size};
    shape.label = label_under(shape.inner_start, texts_.units[at(index)]);
    shape.inner_end = {end_x, y, event_size, event_size};
    shape.inner_end_label = label_under(shape.inner_end, texts_.ends[at(index)]);
    return shape;
  }

  void draw_wire(const Link& link) {
    const int index = static_cast<int>(layout_.wires.size());
    const Shape& source = layout_.shapes[at(link.from)];
    const Shape& target = layout_.shapes[at(link.to)];
    const int middle = size_.middle[at(unit(link.from).row)];
    const Point start{source.body.right(), middle + size_.port[at(index)]};
    const Point end{(target.merge ? *target.merge : target.body).x,
                    size_.middle[at(unit(link.to).row)]};
    const int column = unit(link.to).column;
    Wire wire{.points = {start}, .label = {}};
    if (!is_adjacent(grid_, link)) {
      const int channel = unit(link.from).column + 1;
      const int row = trunk_channel(grid_, routes_, link.to);
      const int leave =
          size_.leaving_x[at(channel)] + track(TrackKind::leaving, channel, link.to);
      const int trunk = size_.trunk_y[at(row)] + track(TrackKind::trunk, row, link.to);
      const int enter =
          size_.entering_x[at(column)] + track(TrackKind::entering, column, link.to);
      wire.points.insert(wire.points.end(),
                         {{leave, start.y}, {leave, trunk}, {enter, trunk}, {enter, end.y}});
    } else if (start.y != end.y) {
      const int enter =
          size_.entering_x[at(column)] + track(TrackKind::entering, column, link.to);
      wire.points.insert(wire.points.end(), {{enter, start.y}, {enter, end.y}});
    }
    wire.points.push_back(end);
    if (const Extent& text = texts_.links[at(index)]; text.width > 0) {
      wire.label = Box{start.x + label_gap, start.y - line_gap - text.height, text.width,
                       text.height};
    }
    layout_.wires.push_back(std::move(wire));
  }

  const Grid& grid_;
  const Texts& texts_;
  const Routes& routes_;
  const Measures size_;
  Layout layout_;
};

}  // namespace

bool is_adjacent(const Grid& grid, const Link& link) {
  return grid.units[at(link.from)].column + 1 == grid.units[at(link.to)].column;
}

int trunk_channel(const Grid& grid, const Routes& routes, int target) {
  return grid.units[at(target)].row + (routes.trunk_above[at(target)] ? 0 : 1);
}

Layout layout_of(const Grid& grid, const Texts& texts, const Routes& routes) {
  return Drafting(grid, texts, routes).draft();
}

}  // namespace yimen::workflow::drawing
