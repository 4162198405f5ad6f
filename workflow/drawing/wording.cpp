#include "workflow/drawing/wording.hpp"

#include <algorithm>

namespace yimen::workflow::drawing {

namespace {

constexpr int label_width_max = 112;
constexpr int note_line_max = 220;
constexpr int note_padding = 14;
constexpr int note_slack = 10;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// A note keeps its lines, so its width is that of the longest.
Extent note_extent(const std::string& note) {
  if (note.empty()) return {};
  Extent extent;
  for (std::size_t begin = 0; begin <= note.size();) {
    const std::size_t end = std::min(note.find('\n', begin), note.size());
    const std::string_view all = note;
    const Extent line = text_extent(all.substr(begin, end - begin), name_size, note_line_max);
    extent.width = std::max(extent.width, line.width);
    extent.height += line.height;
    begin = end + 1;
  }
  return {extent.width + note_padding + note_slack, extent.height + note_padding};
}

}  // namespace

const Passage& passage_of(const Graph& graph, const Unit& unit) {
  const auto& passages = unit.kind == UnitKind::opening     ? graph.openings
                         : unit.kind == UnitKind::reopening ? graph.reopenings
                                                            : graph.everywhere;
  return passages[at(unit.index)];
}

Wording wording_of(const Procedure& procedure, const Graph& graph, const Grid& grid,
                   const Names& names) {
  const auto state = [&](int index) { return names("state", procedure.states[at(index)]); };
  const auto event = [&](int index) { return names("event", procedure.events[at(index)]); };
  Wording wording;
  for (const Unit& unit : grid.units) {
    std::string note;
    std::string end;
    if (unit.kind == UnitKind::state) {
      wording.units.push_back(state(unit.index));
    } else {
      const Passage& passage = passage_of(graph, unit);
      wording.units.push_back(event(passage.event));
      if (unit.kind == UnitKind::reopening) {
        note = names("drawing", "taken_up_from");
        for (const int from : passage.from) note += "\n" + state(from);
      } else if (unit.kind == UnitKind::everywhere) {
        note = names("drawing", "any_open_state");
        end = state(passage.to);
      }
    }
    wording.notes.push_back(std::move(note));
    wording.ends.push_back(std::move(end));
  }
  for (const Link& link : grid.links) {
    wording.links.push_back(link.arrow < 0 ? "" : event(graph.arrows[at(link.arrow)].event));
  }
  return wording;
}

Texts texts_of(const Procedure& procedure, const Grid& grid, const Wording& wording) {
  Texts texts;
  for (std::size_t index = 0; index < grid.units.size(); ++index) {
    const Unit& unit = grid.units[index];
    const bool is_event =
        unit.kind != UnitKind::state || procedure.is_closed[at(unit.index)];
    texts.is_event.push_back(is_event);
    texts.units.push_back(is_event
                              ? text_extent(wording.units[index], label_size, label_width_max)
                              : text_extent(wording.units[index], name_size, name_width_max));
    texts.notes.push_back(note_extent(wording.notes[index]));
    texts.ends.push_back(wording.ends[index].empty()
                             ? Extent{}
                             : text_extent(wording.ends[index], label_size, label_width_max));
  }
  for (const std::string& text : wording.links) {
    texts.links.push_back(text.empty() ? Extent{}
                                       : text_extent(text, label_size, label_width_max));
  }
  return texts;
}

}  // namespace yimen::workflow::drawing
