// How wide and high everything has to be: columns, rows and the channels between them.
#pragma once

#include <vector>

#include "workflow/drawing/layout.hpp"

namespace yimen::workflow::drawing {

constexpr int track_pitch = 10;
constexpr int channel_margin = 14;
constexpr int task_icon = 28;      // from a task's top, what its sign takes
constexpr int event_size = 36;
constexpr int merge_size = 30;
constexpr int merge_gap = 16;
constexpr int label_gap = 16;      // from the task to the label of its arrow
constexpr int line_gap = 3;        // between a label and the line under it
constexpr int port_pitch_min = 22;
constexpr int pool_header = 60;    // the pool's own and its lanes'
constexpr int block_margin = 18;
constexpr int note_gap = 24;       // from a note to its event

struct Measures {
  std::vector<int> ways_in;       // by unit
  std::vector<int> task_half;     // by unit: half the height of its task
  std::vector<Extent> block;      // by unit: the size of its block
  std::vector<int> port;          // by link: where it leaves, below the middle of its row
  std::vector<int> leaving_x;     // by channel: the first track
  std::vector<int> entering_x;
  std::vector<int> trunk_y;
  std::vector<int> column_x;      // by column: its left edge, that of its tasks, its right edge
  std::vector<int> body_x;
  std::vector<int> column_right;
  std::vector<int> middle;        // by row
  std::vector<int> lane_top;      // by lane
  int width = 0;
  int height = 0;
};

[[nodiscard]] Measures measures_of(const Grid& grid, const Texts& texts, const Routes& routes);

}  // namespace yimen::workflow::drawing
