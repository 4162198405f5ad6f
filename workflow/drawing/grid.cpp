#include "workflow/drawing/grid.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <tuple>

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// A cell within a lane; the row of the whole grid follows when every lane's height is known.
struct Cell {
  int column = 0;
  int row = 0;
  bool operator==(const Cell&) const = default;
};

class Placement {
 public:
  explicit Placement(const Graph& graph) : graph_(graph) {
    add_units();
    add_links();
    columns_ = std::max(static_cast<int>(graph.main_path.size()), 1) + 1;
  }

  Grid place() {
    cells_.resize(units_.size());
    placed_.assign(units_.size(), false);
    for (int unit = 0; unit < static_cast<int>(units_.size()); ++unit) put_on_main_path(unit);
    std::vector<int> movable;
    for (int unit = 0; unit < static_cast<int>(units_.size()); ++unit) {
      if (placed_[at(unit)]) continue;
      if (units_[at(unit)].kind != UnitKind::everywhere) movable.push_back(unit);
    }
    for (const int unit : movable) put_best(unit);
    for (int round = 0; round < rounds_max; ++round) {
      bool moved = false;
      for (const int unit : movable) moved = put_best(unit) || moved;
      if (!moved) break;
    }
    for (int unit = 0; unit < static_cast<int>(units_.size()); ++unit) {
      if (!placed_[at(unit)]) put_last(unit);
    }
    return grid();
  }

 private:
  static constexpr int rounds_max = 20;

  void add_units() {
    const auto touched = [&](int state) {
      const auto comes_to = [&](const auto& way) { return way.to == state; };
      return std::any_of(graph_.arrows.begin(), graph_.arrows.end(),
                         [&](const Arrow& way) { return way.to == state || way.from == state; }) ||
             std::any_of(graph_.openings.begin(), graph_.openings.end(), comes_to) ||
             std::any_of(graph_.reopenings.begin(), graph_.reopenings.end(), comes_to);
    };
    unit_of_state_.assign(graph_.lane.size(), -1);
    for (int state = 1; state < static_cast<int>(graph_.lane.size()); ++state) {
      if (!touched(state)) continue;  // drawn inside a block, if at all
      unit_of_state_[at(state)] = static_cast<int>(units_.size());
      units_.push_back({.kind = UnitKind::state, .index = state, .lane = graph_.lane[at(state)]});
    }
    add_passages(UnitKind::opening, graph_.openings);
    add_passages(UnitKind::reopening, graph_.reopenings);
    add_passages(UnitKind::everywhere, graph_.everywhere);
  }

  void add_passages(UnitKind kind, const std::vector<Passage>& passages) {
    for (int index = 0; index < static_cast<int>(passages.size()); ++index) {
      const int lane = graph_.lane[at(passages[at(index)].to)];
      units_.push_back({.kind = kind, .index = index, .lane = lane});
    }
  }

  void add_links() {
    for (int unit = 0; unit < static_cast<int>(units_.size()); ++unit) {
      const Unit& start = units_[at(unit)];
      const bool opening = start.kind == UnitKind::opening;
      if (!opening && start.kind != UnitKind::reopening) continue;
      const auto& passages = opening ? graph_.openings : graph_.reopenings;
      links_.push_back({unit, unit_of_state_[at(passages[at(start.index)].to)], -1});
    }
    for (int arrow = 0; arrow < static_cast<int>(graph_.arrows.size()); ++arrow) {
      const Arrow& way = graph_.arrows[at(arrow)];
      links_.push_back({unit_of_state_[at(way.from)], unit_of_state_[at(way.to)], arrow});
    }
  }

  void put_on_main_path(int unit) {
    if (units_[at(unit)].kind != UnitKind::state) return;
    const auto& path = graph_.main_path;
    const auto found = std::find(path.begin(), path.end(), units_[at(unit)].index);
    if (found == path.end()) return;
    cells_[at(unit)] = {static_cast<int>(found - path.begin()) + 1, 0};
    placed_[at(unit)] = true;
  }

  [[nodiscard]] bool is_free(Cell cell, int unit) const {
    for (int other = 0; other < static_cast<int>(units_.size()); ++other) {
      const bool same_lane = units_[at(other)].lane == units_[at(unit)].lane;
      if (other != unit && placed_[at(other)] && same_lane && cells_[at(other)] == cell) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] std::vector<int> heights() const {
    std::vector<int> heights(graph_.lanes.size(), 1);
    for (int unit = 0; unit < static_cast<int>(units_.size()); ++unit) {
      if (!placed_[at(unit)]) continue;
      int& height = heights[at(units_[at(unit)].lane)];
      height = std::max(height, cells_[at(unit)].row + 1);
    }
    return heights;
  }

  [[nodiscard]] std::vector<int> rows(const std::vector<int>& heights) const {
    std::vector<int> rows;
    for (int unit = 0; unit < static_cast<int>(units_.size()); ++unit) {
      int row = cells_[at(unit)].row;
      for (int lane = 0; lane < units_[at(unit)].lane; ++lane) row += heights[at(lane)];
      rows.push_back(row);
    }
    return rows;
  }

  // Short ways forward are cheap, ways back dear, straight ones a gain, new rows dear.
  [[nodiscard]] int cost() const {
    const std::vector<int> tall = heights();
    const std::vector<int> row = rows(tall);
    int cost = 0;
    for (const int height : tall) cost += 4 * height;
    for (const Link& link : links_) {
      if (!placed_[at(link.from)] || !placed_[at(link.to)]) continue;
      const int beyond = cells_[at(link.to)].column - cells_[at(link.from)].column - 1;
      const int down = std::abs(row[at(link.to)] - row[at(link.from)]);
      cost += beyond >= 0 ? 2 * beyond : 1 - 2 * beyond;
      cost += down;
      if (beyond == 0 && down == 0) cost -= 2;
      if (link.arrow < 0 && beyond != 0) cost += 20;
    }
    return cost;
  }

  // True when the unit stands elsewhere than before.
  bool put_best(int unit) {
    const bool was_placed = placed_[at(unit)];
    const Cell before = cells_[at(unit)];
    placed_[at(unit)] = false;
    const int rows_max = heights()[at(units_[at(unit)].lane)] + 1;
    placed_[at(unit)] = true;
    const int first = units_[at(unit)].kind == UnitKind::state ? 1 : 0;
    Cell best = before;
    int lowest = std::numeric_limits<int>::max();
    for (int row = 0; row < rows_max; ++row) {
      for (int column = first; column < columns_; ++column) {
        cells_[at(unit)] = {column, row};
        if (!is_free(cells_[at(unit)], unit)) continue;
        const int now = cost();
        if (now < lowest) std::tie(lowest, best) = std::pair(now, cells_[at(unit)]);
      }
    }
    cells_[at(unit)] = best;
    return !was_placed || !(best == before);
  }

  // As far to the right as there is room in the lane, in a row of its own if need be.
  void put_last(int unit) {
    const int height = heights()[at(units_[at(unit)].lane)];
    for (int row = height - 1; row <= height; ++row) {
      for (int column = columns_ - 1; column > 0; --column) {
        cells_[at(unit)] = {column, row};
        if (!is_free(cells_[at(unit)], unit)) continue;
        placed_[at(unit)] = true;
        return;
      }
    }
  }

  Grid grid() {
    const std::vector<int> tall = heights();
    const std::vector<int> row = rows(tall);
    Grid grid{.units = units_, .links = links_, .lane_of_row = {}, .columns = columns_};
    for (std::size_t unit = 0; unit < units_.size(); ++unit) {
      grid.units[unit].column = cells_[unit].column;
      grid.units[unit].row = row[unit];
    }
    for (std::size_t lane = 0; lane < tall.size(); ++lane) {
      grid.lane_of_row.insert(grid.lane_of_row.end(), at(tall[lane]), static_cast<int>(lane));
    }
    return grid;
  }

  const Graph& graph_;
  std::vector<Unit> units_;
  std::vector<Link> links_;
  std::vector<int> unit_of_state_;
  std::vector<Cell> cells_;
  std::vector<bool> placed_;
  int columns_ = 0;
};

}  // namespace

Grid grid_of(const Graph& graph) { return Placement(graph).place(); }

}  // namespace yimen::workflow::drawing
