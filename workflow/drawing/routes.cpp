#include "workflow/drawing/routes.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// A piece of a net: `low` to `high` along its direction, at `place` across it.
struct Piece {
  int net = 0;
  int place = 0;
  int low = 0;
  int high = 0;
  auto operator<=>(const Piece&) const = default;
};

struct Pieces {
  std::vector<Piece> across;
  std::vector<Piece> down;
};

// Wires of one net share most of their way: what they share counts once.
void join(std::vector<Piece>& pieces) {
  std::sort(pieces.begin(), pieces.end());
  std::size_t last = 0;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    Piece& kept = pieces[last];
    const Piece& next = pieces[i];
    if (kept.net == next.net && kept.place == next.place && next.low <= kept.high) {
      kept.high = std::max(kept.high, next.high);
    } else {
      pieces[++last] = next;
    }
  }
  if (!pieces.empty()) pieces.resize(last + 1);
}

Pieces pieces_of(const Grid& grid, const Layout& layout) {
  Pieces pieces;
  for (std::size_t link = 0; link < layout.wires.size(); ++link) {
    const auto& points = layout.wires[link].points;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Point& a = points[i - 1];
      const Point& b = points[i];
      const int net = grid.links[link].to;
      if (a.y == b.y) {
        pieces.across.push_back({net, a.y, std::min(a.x, b.x), std::max(a.x, b.x)});
      } else {
        pieces.down.push_back({net, a.x, std::min(a.y, b.y), std::max(a.y, b.y)});
      }
    }
  }
  join(pieces.across);
  join(pieces.down);
  return pieces;
}

// Two nets closer than this, side by side, cannot be told apart.
constexpr int clearance = 6;

int overlaps(const std::vector<Piece>& pieces) {
  int count = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t j = i + 1; j < pieces.size(); ++j) {
      const Piece& a = pieces[i];
      const Piece& b = pieces[j];
      if (a.net != b.net && std::abs(a.place - b.place) < clearance &&
          a.low < b.high + clearance && b.low < a.high + clearance) {
        ++count;
      }
    }
  }
  return count;
}

int crossings(const Pieces& pieces) {
  int count = 0;
  for (const Piece& a : pieces.across) {
    for (const Piece& d : pieces.down) {
      if (a.net != d.net && a.low <= d.place && d.place <= a.high && d.low <= a.place &&
          a.place <= d.high) {
        ++count;
      }
    }
  }
  return count;
}

int length(const std::vector<Piece>& pieces) {
  int sum = 0;
  for (const Piece& piece : pieces) sum += piece.high - piece.low;
  return sum;
}

class Search {
 public:
  Search(const Grid& grid, const Texts& texts) : grid_(grid), texts_(texts) {
    begin();
    lowest_ = cost(routes_);
  }

  Routes climb() {
    while (change_trunks() + change_ports() + change_tracks() > 0) {
    }
    return routes_;
  }

 private:
  using Track = std::pair<TrackKey, int>;

  [[nodiscard]] int cost(const Routes& routes) const {
    return difficulty(grid_, layout_of(grid_, texts_, routes));
  }

  // Where a link heads from its port: up, straight or down.
  [[nodiscard]] int heading(int link) const {
    const Link& way = grid_.links[at(link)];
    const int row = grid_.units[at(way.from)].row;
    if (!is_adjacent(grid_, way)) return trunk_channel(grid_, routes_, way.to) <= row ? -1 : 1;
    const int to = grid_.units[at(way.to)].row;
    return to < row ? -1 : to > row ? 1 : 0;
  }

  void begin() {
    routes_.trunk_above.assign(grid_.units.size(), true);
    for (int unit = 0; unit < static_cast<int>(grid_.units.size()); ++unit) {
      int below = 0;
      for (const Link& link : grid_.links) {
        if (link.to != unit || is_adjacent(grid_, link)) continue;
        below += grid_.units[at(link.from)].row > grid_.units[at(unit)].row ? 1 : -1;
      }
      routes_.trunk_above[at(unit)] = below <= 0;
    }
    routes_.ports.resize(grid_.units.size());
    for (int link = 0; link < static_cast<int>(grid_.links.size()); ++link) {
      routes_.ports[at(grid_.links[at(link)].from)].push_back(link);
    }
    for (auto& ports : routes_.ports) {
      std::stable_sort(ports.begin(), ports.end(), [&](int a, int b) {
        return std::pair(heading(a), grid_.links[at(a)].to) <
               std::pair(heading(b), grid_.links[at(b)].to);
      });
    }
    routes_.slots = slots_of(routes_);
  }

  [[nodiscard]] std::set<TrackKey> tracks_of(const Routes& routes) const {
    std::set<TrackKey> tracks;
    for (int index = 0; index < static_cast<int>(grid_.links.size()); ++index) {
      const Link& link = grid_.links[at(index)];
      const Unit& from = grid_.units[at(link.from)];
      const Unit& to = grid_.units[at(link.to)];
      if (is_adjacent(grid_, link) && from.row == to.row && is_first(routes, index)) continue;
      tracks.insert({TrackKind::entering, to.column, link.to});
      if (is_adjacent(grid_, link)) continue;
      tracks.insert({TrackKind::leaving, from.column + 1, link.to});
      tracks.insert({TrackKind::trunk, trunk_channel(grid_, routes, link.to), link.to});
    }
    return tracks;
  }

  // Of the links that lead straight on from one unit, the one that stays straight.
  [[nodiscard]] bool is_first(const Routes& routes, int index) const {
    const Link& link = grid_.links[at(index)];
    const auto& ports = routes.ports[at(link.from)];
    return *std::find_if(ports.begin(), ports.end(), [&](int other) {
      return grid_.links[at(other)].to == link.to;
    }) == index;
  }

  // The tracks that these routes need: those known keep their order, new ones go to the end.
  [[nodiscard]] std::map<TrackKey, int> slots_of(const Routes& routes) const {
    std::map<std::pair<TrackKind, int>, std::vector<Track>> channels;
    for (const TrackKey& key : tracks_of(routes)) {
      const auto known = routes.slots.find(key);
      channels[{std::get<0>(key), std::get<1>(key)}].emplace_back(
          key, known == routes.slots.end() ? 1000 + std::get<2>(key) : known->second);
    }
    std::map<TrackKey, int> slots;
    for (auto& [channel, tracks] : channels) {
      std::stable_sort(tracks.begin(), tracks.end(),
                       [](const Track& a, const Track& b) { return a.second < b.second; });
      int slot = -1;
      int last = -1;
      for (const auto& [key, old] : tracks) {
        if (old != last) ++slot;
        last = old;
        slots[key] = slot;
      }
    }
    return slots;
  }

  // Keeps the routes if they are better than what there was.
  int keep_if_better(Routes routes) {
    routes.slots = slots_of(routes);
    const int now = cost(routes);
    if (now >= lowest_) return 0;
    lowest_ = now;
    routes_ = std::move(routes);
    return 1;
  }

  int change_trunks() {
    int changes = 0;
    for (std::size_t unit = 0; unit < grid_.units.size(); ++unit) {
      Routes routes = routes_;
      routes.trunk_above[unit] = !routes.trunk_above[unit];
      changes += keep_if_better(std::move(routes));
    }
    return changes;
  }

  int change_ports() {
    int changes = 0;
    for (std::size_t unit = 0; unit < grid_.units.size(); ++unit) {
      for (std::size_t a = 0; a < routes_.ports[unit].size(); ++a) {
        for (std::size_t b = a + 1; b < routes_.ports[unit].size(); ++b) {
          Routes routes = routes_;
          std::swap(routes.ports[unit][a], routes.ports[unit][b]);
          changes += keep_if_better(std::move(routes));
        }
      }
    }
    return changes;
  }

  int change_tracks() {
    int changes = 0;
    const std::map<TrackKey, int> before = routes_.slots;
    for (auto a = before.begin(); a != before.end(); ++a) {
      for (auto b = std::next(a); b != before.end(); ++b) {
        const auto& [kind, channel, net] = a->first;
        if (std::get<0>(b->first) != kind || std::get<1>(b->first) != channel) break;
        Routes swapped = routes_;
        std::swap(swapped.slots.at(a->first), swapped.slots.at(b->first));
        changes += keep_if_better(std::move(swapped));
        Routes shared = routes_;
        shared.slots.at(b->first) = shared.slots.at(a->first);
        changes += keep_if_better(std::move(shared));
      }
    }
    return changes;
  }

  const Grid& grid_;
  const Texts& texts_;
  Routes routes_;
  int lowest_ = 0;
};

}  // namespace

int difficulty(const Grid& grid, const Layout& layout) {
  const Pieces pieces = pieces_of(grid, layout);
  const int room = layout.pool.width + layout.pool.height;
  return 10000 * (overlaps(pieces.across) + overlaps(pieces.down)) + 60 * crossings(pieces) +
         (length(pieces.across) + length(pieces.down)) / 4 + room / 2;
}

Routes routes_of(const Grid& grid, const Texts& texts) { return Search(grid, texts).climb(); }

}  // namespace yimen::workflow::drawing
