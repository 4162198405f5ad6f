#include "workflow/drawing/model.hpp"

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

class Model {
 public:
  Model(Xml& xml, const Picture& picture, const Names& names)
      : xml_(xml), picture_(picture), names_(names) {}

  void write() {
    const std::string name(picture_.procedure.name);
    xml_.open("bpmn:collaboration", {{"id", "collaboration"}});
    xml_.leaf("bpmn:participant", {{"id", "pool"},
                                   {"name", names_("procedure", name)},
                                   {"processRef", "procedure_" + name}});
    xml_.close();
    xml_.open("bpmn:process", {{"id", "procedure_" + name},
                               {"name", names_("procedure", name)},
                               {"isExecutable", "false"}});
    write_lanes();
    for (int unit = 0; unit < unit_count(); ++unit) write_unit(unit);
    for (int link = 0; link < static_cast<int>(picture_.grid.links.size()); ++link) {
      write_link(link);
    }
    for (int unit = 0; unit < unit_count(); ++unit) write_merge_flow(unit);
    for (int unit = 0; unit < unit_count(); ++unit) write_note(unit);
    xml_.close();
  }

 private:
  [[nodiscard]] int unit_count() const { return static_cast<int>(picture_.grid.units.size()); }

  void write_lanes() {
    xml_.open("bpmn:laneSet", {{"id", "lanes"}});
    for (int lane = 0; lane < static_cast<int>(picture_.graph.lanes.size()); ++lane) {
      const std::string level(picture_.graph.lanes[at(lane)]);
      xml_.open("bpmn:lane", {{"id", "lane_" + level}, {"name", names_("level", level)}});
      for (int unit = 0; unit < unit_count(); ++unit) {
        if (picture_.unit(unit).lane != lane) continue;
        if (picture_.ways_in(unit) > 1) {
          xml_.leaf("bpmn:flowNodeRef", {}, picture_.merge_id(unit));
        }
        xml_.leaf("bpmn:flowNodeRef", {}, picture_.id(unit));
      }
      xml_.close();
    }
    xml_.close();
  }

  void write_unit(int unit) {
    const Unit& here = picture_.unit(unit);
    if (here.kind == UnitKind::everywhere) return write_block(unit);
    if (picture_.ways_in(unit) > 1) write_merge(unit);
    const bool starts = here.kind != UnitKind::state;
    const std::string_view tag = starts                    ? "bpmn:startEvent"
                                 : picture_.is_closed(here) ? "bpmn:endEvent"
                                                            : "bpmn:userTask";
    xml_.open(tag, {{"id", picture_.id(unit)}, {"name", picture_.wording.units[at(unit)]}});
    if (starts) write_rows(passage_of(picture_.graph, here).rows);
    if (picture_.ways_in(unit) > 1) {
      xml_.leaf("bpmn:incoming", {}, "from_" + picture_.merge_id(unit));
    } else {
      write_ways(unit, true);
    }
    write_ways(unit, false);
    if (starts) {
      xml_.leaf("bpmn:messageEventDefinition", {{"id", "message_" + picture_.id(unit)}});
    }
    xml_.close();
  }

  void write_ways(int unit, bool in) {
    for (int link = 0; link < static_cast<int>(picture_.grid.links.size()); ++link) {
      const Link& way = picture_.grid.links[at(link)];
      if ((in ? way.to : way.from) != unit) continue;
      xml_.leaf(in ? "bpmn:incoming" : "bpmn:outgoing", {}, picture_.link_id(link));
    }
  }

  void write_merge(int unit) {
    xml_.open("bpmn:exclusiveGateway", {{"id", picture_.merge_id(unit)}});
    write_ways(unit, true);
    xml_.leaf("bpmn:outgoing", {}, "from_" + picture_.merge_id(unit));
    xml_.close();
  }

  void write_merge_flow(int unit) {
    if (picture_.ways_in(unit) < 2) return;
    xml_.leaf("bpmn:sequenceFlow", {{"id", "from_" + picture_.merge_id(unit)},
                                    {"sourceRef", picture_.merge_id(unit)},
                                    {"targetRef", picture_.id(unit)}});
  }

  // The event subprocess: whenever the event comes, the case goes to its end.
  void write_block(int unit) {
    const std::string id = picture_.id(unit);
    xml_.open("bpmn:subProcess", {{"id", id},
                                  {"name", picture_.wording.notes[at(unit)]},
                                  {"triggeredByEvent", "true"}});
    write_rows(passage_of(picture_.graph, picture_.unit(unit)).rows);
    xml_.open("bpmn:startEvent",
              {{"id", "start_" + id}, {"name", picture_.wording.units[at(unit)]}});
    xml_.leaf("bpmn:outgoing", {}, "flow_" + id);
    xml_.leaf("bpmn:messageEventDefinition", {{"id", "message_" + id}});
    xml_.close();
    const std::string end = picture_.end_id(unit);
    xml_.open("bpmn:endEvent", {{"id", end}, {"name", picture_.wording.ends[at(unit)]}});
    xml_.leaf("bpmn:incoming", {}, "flow_" + id);
    xml_.close();
    xml_.leaf("bpmn:sequenceFlow",
              {{"id", "flow_" + id}, {"sourceRef", "start_" + id}, {"targetRef", end}});
    xml_.close();
  }

  void write_link(int link) {
    const Link& way = picture_.grid.links[at(link)];
    const std::string id = picture_.link_id(link);
    const std::string from = picture_.id(way.from);
    const std::string to = picture_.entrance_id(way.to);
    if (way.arrow < 0) {
      xml_.leaf("bpmn:sequenceFlow", {{"id", id}, {"sourceRef", from}, {"targetRef", to}});
      return;
    }
    const Arrow& arrow = picture_.graph.arrows[at(way.arrow)];
    xml_.open("bpmn:sequenceFlow", {{"id", id},
                                    {"name", picture_.wording.links[at(link)]},
                                    {"sourceRef", from},
                                    {"targetRef", to}});
    write_rows(arrow.rows);
    xml_.leaf("bpmn:conditionExpression", {{"xsi:type", "bpmn:tFormalExpression"}},
              "event = \"" + picture_.event(arrow.event) + "\"");
    xml_.close();
  }

  void write_note(int unit) {
    if (picture_.unit(unit).kind != UnitKind::reopening) return;
    const std::string id = picture_.id(unit);
    xml_.open("bpmn:textAnnotation", {{"id", "note_" + id}});
    xml_.leaf("bpmn:text", {}, picture_.wording.notes[at(unit)]);
    xml_.close();
    xml_.leaf("bpmn:association", {{"id", "about_" + id},
                                   {"sourceRef", "note_" + id},
                                   {"targetRef", id}});
  }

  // Uses in the order of the table; the alternatives of one are joined by a bar.
  [[nodiscard]] std::string guards(const std::vector<GuardUse>& uses) const {
    std::string text;
    for (const GuardUse& use : uses) {
      std::string alternatives;
      for (const int guard : use) {
        alternatives += alternatives.empty() ? "" : "|";
        alternatives += picture_.procedure.guards[at(guard)].name;
      }
      text += (text.empty() ? "" : " ") + alternatives;
    }
    return text;
  }

  [[nodiscard]] std::string words(const RuleRow& row) const {
    std::string text;
    for (const std::string_view level : row.levels) {
      text += (text.empty() ? "" : " / ") + names_("level", level);
    }
    return text + " · " + std::string(row.clause);
  }

  void write_rows(const std::vector<int>& rows) {
    std::string documentation;
    for (const int index : rows) {
      const std::string line = words(picture_.procedure.rows[at(index)]);
      if (documentation.ends_with(line)) continue;
      documentation += (documentation.empty() ? "" : "\n") + line;
    }
    xml_.leaf("bpmn:documentation", {}, documentation);
    xml_.open("bpmn:extensionElements");
    for (const int index : rows) {
      const RuleRow& row = picture_.procedure.rows[at(index)];
      std::string levels;
      for (const std::string_view level : row.levels) {
        levels.append(levels.empty() ? "" : " ").append(level);
      }
      std::vector<GuardUse> selectors;
      for (const int guard : row.selectors) selectors.push_back({guard});
      xml_.leaf("yimen:rule", {{"from", picture_.state(row.from)},
                               {"event", picture_.event(row.event)},
                               {"to", picture_.state(row.to)},
                               {"levels", levels},
                               {"when", guards(selectors)},
                               {"guards", guards(row.guards)},
                               {"stays", row.stays ? "true" : ""},
                               {"undoable", row.undoable ? "true" : ""},
                               {"clause", std::string(row.clause)}});
    }
    xml_.close();
  }

  Xml& xml_;
  const Picture& picture_;
  const Names& names_;
};

}  // namespace

void write_model(Xml& xml, const Picture& picture, const Names& names) {
  Model(xml, picture, names).write();
}

}  // namespace yimen::workflow::drawing
