#include "workflow/drawing/graph.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

bool contains(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<int> open_states(const Procedure& procedure) {
  std::vector<int> open;
  for (int state = 1; state < static_cast<int>(procedure.states.size()); ++state) {
    if (!procedure.is_closed[at(state)]) open.push_back(state);
  }
  return open;
}

// With fewer open states than this, arrows are easier to read than a passage.
constexpr std::size_t many = 3;

bool comes_from_everywhere(const Procedure& procedure, int event) {
  std::set<int> from;
  std::set<int> to;
  for (const RuleRow& row : procedure.rows) {
    if (row.event != event) continue;
    from.insert(row.from);
    to.insert(row.to);
  }
  const std::vector<int> open = open_states(procedure);
  return open.size() >= many && std::equal(from.begin(), from.end(), open.begin(), open.end()) &&
         to.size() == 1 && procedure.is_closed[at(*to.begin())];
}

bool takes_up_closed(const Procedure& procedure, int event) {
  return std::any_of(procedure.rows.begin(), procedure.rows.end(), [&](const RuleRow& row) {
    return row.event == event && procedure.is_closed[at(row.from)];
  });
}

void add(std::vector<Passage>& passages, const RuleRow& row, int index) {
  auto found = std::find_if(passages.begin(), passages.end(), [&](const Passage& passage) {
    return passage.event == row.event && passage.to == row.to;
  });
  if (found == passages.end()) {
    found = passages.insert(passages.end(), {.event = row.event, .to = row.to, .from = {},
                                             .rows = {}});
  }
  if (!contains(found->from, row.from)) found->from.push_back(row.from);
  found->rows.push_back(index);
}

void add(std::vector<Arrow>& arrows, const RuleRow& row, int index) {
  auto found = std::find_if(arrows.begin(), arrows.end(), [&](const Arrow& arrow) {
    return arrow.from == row.from && arrow.event == row.event && arrow.to == row.to;
  });
  if (found == arrows.end()) {
    found = arrows.insert(arrows.end(), {.from = row.from, .event = row.event, .to = row.to,
                                         .rows = {}});
  }
  found->rows.push_back(index);
}

// By state: whether `goal` can be reached over arrows that only go on in the list of states.
std::vector<bool> reaching(const Graph& graph, std::size_t states, int goal) {
  std::vector<bool> reaches(states, false);
  reaches[at(goal)] = true;
  for (int state = goal - 1; state > 0; --state) {
    for (const Arrow& arrow : graph.arrows) {
      if (arrow.from == state && arrow.to > state && reaches[at(arrow.to)]) {
        reaches[at(state)] = true;
      }
    }
  }
  return reaches;
}

std::vector<int> main_path(const Graph& graph, const Procedure& procedure) {
  if (graph.openings.empty()) return {};
  std::vector<int> path{graph.openings.front().to};
  for (int goal = 1; goal < static_cast<int>(procedure.states.size()); ++goal) {
    if (!procedure.is_closed[at(goal)]) continue;
    const auto reaches = reaching(graph, procedure.states.size(), goal);
    if (goal < path.front() || !reaches[at(path.front())]) continue;
    while (path.back() != goal) {
      const auto on =
          std::find_if(graph.arrows.begin(), graph.arrows.end(), [&](const Arrow& arrow) {
            return arrow.from == path.back() && arrow.to > arrow.from && reaches[at(arrow.to)];
          });
      path.push_back(on->to);
    }
    return path;
  }
  return path;
}

// The level that comes first in most of these rows; of equals the one met earlier.
std::string_view acting_level(const Procedure& procedure, const std::vector<int>& rows) {
  std::vector<std::pair<std::string_view, int>> votes;
  for (const int row : rows) {
    const auto& levels = procedure.rows[at(row)].levels;
    if (levels.empty()) continue;
    auto vote = std::find_if(votes.begin(), votes.end(),
                             [&](const auto& known) { return known.first == levels.front(); });
    if (vote == votes.end()) vote = votes.insert(votes.end(), {levels.front(), 0});
    ++vote->second;
  }
  const auto most = std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) {
    return a.second < b.second;
  });
  return most == votes.end() ? std::string_view{} : most->first;
}

void place_in_lanes(Graph& graph, const Procedure& procedure) {
  const std::size_t states = procedure.states.size();
  std::vector<std::vector<int>> leaving(states);
  std::vector<std::vector<int>> entering(states);
  for (const Arrow& arrow : graph.arrows) {
    for (const int row : arrow.rows) {
      leaving[at(arrow.from)].push_back(row);
      entering[at(arrow.to)].push_back(row);
    }
  }
  for (const Passage& passage : graph.everywhere) {
    const auto& rows = passage.rows;
    entering[at(passage.to)].insert(entering[at(passage.to)].end(), rows.begin(), rows.end());
  }
  std::vector<int> order = graph.main_path;
  for (int state = 1; state < static_cast<int>(states); ++state) {
    if (!contains(order, state)) order.push_back(state);
  }
  graph.lane.assign(states, -1);
  for (const int state : order) {
    const auto& rows = leaving[at(state)].empty() ? entering[at(state)] : leaving[at(state)];
    std::string_view level = acting_level(procedure, rows);
    if (level.empty() && !graph.lanes.empty()) level = graph.lanes.front();
    auto lane = std::find(graph.lanes.begin(), graph.lanes.end(), level);
    if (lane == graph.lanes.end()) lane = graph.lanes.insert(lane, level);
    graph.lane[at(state)] = static_cast<int>(lane - graph.lanes.begin());
  }
}

}  // namespace

Graph graph_of(const Procedure& procedure) {
  Graph graph;
  std::map<int, std::vector<Passage>*> passages;
  for (int event = 0; event < static_cast<int>(procedure.events.size()); ++event) {
    if (comes_from_everywhere(procedure, event)) passages[event] = &graph.everywhere;
    if (takes_up_closed(procedure, event)) passages[event] = &graph.reopenings;
  }
  for (int index = 0; index < static_cast<int>(procedure.rows.size()); ++index) {
    const RuleRow& row = procedure.rows[at(index)];
    if (row.from == 0) {
      add(graph.openings, row, index);
    } else if (const auto known = passages.find(row.event); known != passages.end()) {
      add(*known->second, row, index);
    } else {
      add(graph.arrows, row, index);
    }
  }
  graph.main_path = main_path(graph, procedure);
  place_in_lanes(graph, procedure);
  return graph;
}

}  // namespace yimen::workflow::drawing
