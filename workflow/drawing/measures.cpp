#include "workflow/drawing/measures.hpp"

#include <algorithm>
#include <cstdlib>

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

int half_up(int length) { return (length + 1) / 2; }

class Measuring {
 public:
  Measuring(const Grid& grid, const Texts& texts, const Routes& routes)
      : grid_(grid), texts_(texts), routes_(routes) {}

  Measures measure() {
    found_.ways_in.assign(grid_.units.size(), 0);
    for (const Link& link : grid_.links) ++found_.ways_in[at(link.to)];
    set_ports();
    for (int index = 0; index < static_cast<int>(grid_.units.size()); ++index) {
      found_.task_half.push_back(task_half(index));
      found_.block.push_back(block_extent(index));
    }
    set_columns();
    set_rows();
    return std::move(found_);
  }

 private:
  [[nodiscard]] const Unit& unit(int index) const { return grid_.units[at(index)]; }
  [[nodiscard]] int slot_count(TrackKind kind, int channel) const {
    int count = 0;
    for (auto track = routes_.slots.lower_bound({kind, channel, 0}); track != routes_.slots.end();
         ++track) {
      if (std::get<0>(track->first) != kind || std::get<1>(track->first) != channel) break;
      count = std::max(count, track->second + 1);
    }
    return count;
  }
  [[nodiscard]] bool is_straight(int link) const {
    const Link& way = grid_.links[at(link)];
    return is_adjacent(grid_, way) && unit(way.from).row == unit(way.to).row;
  }
  [[nodiscard]] int port_pitch(int link) const {
    return std::max(port_pitch_min, texts_.links[at(link)].height + line_gap + 5);
  }

  // Where the wires leave, relative to the middle of the row. The first that leads straight on
  // leaves in the middle; no other does, for there the wires of neighbours come in.
  void set_ports() {
    found_.port.assign(grid_.links.size(), 0);
    for (const auto& ports : routes_.ports) {
      if (ports.empty()) continue;
      for (std::size_t i = 1; i < ports.size(); ++i) {
        found_.port[at(ports[i])] = found_.port[at(ports[i - 1])] + port_pitch(ports[i]);
      }
      const auto straight =
          std::find_if(ports.begin(), ports.end(), [&](int link) { return is_straight(link); });
      int shift = -(found_.port[at(ports.back())] - port_pitch(ports[0])) / 2;
      if (straight != ports.end()) {
        shift = -found_.port[at(*straight)];
      } else {
        const auto in_the_middle = std::find_if(ports.begin(), ports.end(), [&](int link) {
          return std::abs(found_.port[at(link)] + shift) < 7;
        });
        if (in_the_middle != ports.end()) shift = 8 - found_.port[at(*in_the_middle)];
      }
      for (const int link : ports) found_.port[at(link)] += shift;
    }
  }

  [[nodiscard]] int event_offset(int index) const {
    const auto& ports = routes_.ports[at(index)];
    return ports.empty() ? 0 : found_.port[at(ports.front())];
  }

  [[nodiscard]] int task_half(int index) const {
    int half = task_icon + half_up(texts_.units[at(index)].height);
    for (const int link : routes_.ports[at(index)]) {
      half = std::max(half, std::abs(found_.port[at(link)]) + 12);
    }
    return half;
  }

  [[nodiscard]] Extent block_extent(int index) const {
    const int width = 3 * block_margin + std::max(texts_.units[at(index)].width, event_size) +
                      std::max(texts_.ends[at(index)].width, event_size) + block_margin;
    const int height = texts_.notes[at(index)].height + event_size + 34 +
                       std::max(texts_.units[at(index)].height, texts_.ends[at(index)].height);
    return {std::max(width, texts_.notes[at(index)].width + 2 * block_margin), height};
  }

  [[nodiscard]] int lead(int index) const {
    return found_.ways_in[at(index)] > 1 ? merge_size + merge_gap : 0;
  }

  void set_columns() {
    int x = pool_header;
    for (int column = 0; column <= grid_.columns; ++column) {
      found_.leaving_x.push_back(x + channel_margin);
      const int leaving = slot_count(TrackKind::leaving, column);
      x += (leaving > 0 ? leaving * track_pitch + 4 : 0) + channel_margin;
      found_.entering_x.push_back(x);
      const int entering = slot_count(TrackKind::entering, column);
      x += entering * track_pitch + channel_margin;
      if (column == grid_.columns) break;
      int lead_max = 0;
      int rest = 0;
      int other = 0;
      for (int index = 0; index < static_cast<int>(grid_.units.size()); ++index) {
        if (unit(index).column != column) continue;
        if (unit(index).kind == UnitKind::state) {
          lead_max = std::max(lead_max, lead(index));
          rest = std::max(rest, state_width(index));
        } else {
          other = std::max(other, other_width(index));
        }
      }
      found_.column_x.push_back(x);
      found_.body_x.push_back(x + lead_max);
      x += std::max(lead_max + rest, other);
      found_.column_right.push_back(x);
    }
    found_.width = x;
  }

  [[nodiscard]] int state_width(int index) const {
    if (texts_.is_event[at(index)]) return std::max(event_size, texts_.units[at(index)].width);
    int label = 0;
    for (const int link : routes_.ports[at(index)]) {
      label = std::max(label, texts_.links[at(link)].width);
    }
    return task_width + (label > 0 ? label_gap + label : 0);
  }

  [[nodiscard]] int other_width(int index) const {
    if (unit(index).kind == UnitKind::everywhere) return found_.block[at(index)].width;
    const int note = texts_.notes[at(index)].width;
    return std::max(event_size, texts_.units[at(index)].width) + (note > 0 ? note + note_gap : 0);
  }

  void set_rows() {
    const int rows = static_cast<int>(grid_.lane_of_row.size());
    std::vector<int> above(at(rows), 0);
    std::vector<int> below(at(rows), 0);
    for (int index = 0; index < static_cast<int>(grid_.units.size()); ++index) {
      const std::size_t row = at(unit(index).row);
      above[row] = std::max(above[row], extent_above(index));
      below[row] = std::max(below[row], extent_below(index));
    }
    int y = 0;
    for (int row = 0; row <= rows; ++row) {
      const bool border = row == rows || row == 0 ||
                          grid_.lane_of_row[at(row)] != grid_.lane_of_row[at(row - 1)];
      const int trunks = slot_count(TrackKind::trunk, row);
      if (border) y += row == 0 ? 0 : 8;
      if (border && row < rows) found_.lane_top.push_back(y);
      found_.trunk_y.push_back(y + channel_margin);
      if (row < rows || trunks > 0) y += trunks * track_pitch + channel_margin;
      if (row == rows) break;
      y += above[at(row)];
      found_.middle.push_back(y);
      y += below[at(row)];
    }
    found_.height = y;
  }

  [[nodiscard]] int extent_above(int index) const {
    if (unit(index).kind == UnitKind::everywhere) return half_up(found_.block[at(index)].height);
    int above = half_up(texts_.notes[at(index)].height);
    if (texts_.is_event[at(index)]) return std::max(above, event_size / 2);
    above = found_.task_half[at(index)];
    for (const int link : routes_.ports[at(index)]) {
      above = std::max(above, port_pitch(link) - found_.port[at(link)]);
    }
    return above;
  }

  [[nodiscard]] int extent_below(int index) const {
    if (unit(index).kind == UnitKind::everywhere) return half_up(found_.block[at(index)].height);
    if (!texts_.is_event[at(index)]) return found_.task_half[at(index)];
    return std::max(half_up(texts_.notes[at(index)].height),
                    event_offset(index) + event_size / 2 + 6 + texts_.units[at(index)].height);
  }

  const Grid& grid_;
  const Texts& texts_;
  const Routes& routes_;
  Measures found_;
};

}  // namespace

Measures measures_of(const Grid& grid, const Texts& texts, const Routes& routes) {
  return Measuring(grid, texts, routes).measure();
}

}  // namespace yimen::workflow::drawing
