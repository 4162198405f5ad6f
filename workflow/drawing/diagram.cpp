#include "workflow/drawing/diagram.hpp"

#include <algorithm>
#include <array>

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// All ways to one state have one colour, with its gateway: it helps the eye, and no more, for every
// arrow also says its event. Each has a contrast of 4.5 to 1 against white.
constexpr std::array<std::string_view, 11> way_colours{
    "#1f5fa8", "#8a4b00", "#1f6b3a", "#7a3597", "#00676e",
    "#a3262a", "#4a4a8c", "#b0006d", "#5c5c00", "#3d3d3d", "#b83a00"};
constexpr std::string_view main_path_fill = "#e8f0fa";

struct Paint {
  std::string_view line{};
  std::string_view fill{};
};

class Diagram {
 public:
  Diagram(Xml& xml, const Picture& picture, const Layout& layout)
      : xml_(xml), picture_(picture), layout_(layout) {}

  void write() {
    xml_.open("bpmndi:BPMNDiagram", {{"id", "diagram"}});
    xml_.open("bpmndi:BPMNPlane", {{"id", "plane"}, {"bpmnElement", "collaboration"}});
    write_shape("pool", layout_.pool, {}, Look::lane);
    for (std::size_t lane = 0; lane < layout_.lanes.size(); ++lane) {
      write_shape("lane_" + std::string(picture_.graph.lanes[lane]), layout_.lanes[lane], {},
                  Look::lane);
    }
    for (int unit = 0; unit < static_cast<int>(layout_.shapes.size()); ++unit) write_unit(unit);
    for (int link = 0; link < static_cast<int>(layout_.wires.size()); ++link) {
      const Wire& wire = layout_.wires[at(link)];
      write_edge(picture_.link_id(link), wire.points, wire.label,
                 way_colour(picture_.grid.links[at(link)].to));
    }
    for (int unit = 0; unit < static_cast<int>(layout_.shapes.size()); ++unit) {
      write_short_edges(unit);
    }
    xml_.close();
    xml_.close();
  }

 private:
  enum class Look { plain, lane, expanded };

  [[nodiscard]] static std::string_view way_colour(int target) {
    return way_colours[at(target) % way_colours.size()];
  }

  [[nodiscard]] bool is_on_main_path(int unit) const {
    const Unit& here = picture_.unit(unit);
    const auto& path = picture_.graph.main_path;
    return here.kind == UnitKind::state &&
           std::find(path.begin(), path.end(), here.index) != path.end();
  }

  void write_bounds(const Box& box) {
    xml_.leaf("dc:Bounds", {{"x", std::to_string(box.x)},
                            {"y", std::to_string(box.y)},
                            {"width", std::to_string(box.width)},
                            {"height", std::to_string(box.height)}});
  }

  void write_label(const std::optional<Box>& label) {
    if (!label) return;
    xml_.open("bpmndi:BPMNLabel");
    write_bounds(*label);
    xml_.close();
  }

  void write_shape(const std::string& element, const Box& box, const std::optional<Box>& label,
                   Look look = Look::plain, const Paint& paint = {}) {
    xml_.open("bpmndi:BPMNShape", {{"id", "shape_" + element},
                                   {"bpmnElement", element},
                                   {"isHorizontal", look == Look::lane ? "true" : ""},
                                   {"isExpanded", look == Look::expanded ? "true" : ""},
                                   {"color:border-color", std::string(paint.line)},
                                   {"color:background-color", std::string(paint.fill)}});
    write_bounds(box);
    write_label(label);
    xml_.close();
  }

  void write_edge(const std::string& element, const std::vector<Point>& points,
                  const std::optional<Box>& label = {}, std::string_view colour = {}) {
    xml_.open("bpmndi:BPMNEdge", {{"id", "edge_" + element},
                                  {"bpmnElement", element},
                                  {"color:border-color", std::string(colour)}});
    for (const Point& point : points) {
      xml_.leaf("di:waypoint", {{"x", std::to_string(point.x)}, {"y", std::to_string(point.y)}});
    }
    write_label(label);
    xml_.close();
  }

  void write_unit(int unit) {
    const Shape& shape = layout_.shapes[at(unit)];
    const std::string id = picture_.id(unit);
    if (shape.merge) {
      write_shape(picture_.merge_id(unit), *shape.merge, {}, Look::plain, {way_colour(unit), {}});
    }
    if (picture_.unit(unit).kind == UnitKind::everywhere) {
      write_shape(id, shape.body, {}, Look::expanded);
      write_shape("start_" + id, shape.inner_start, shape.label);
      write_shape(picture_.end_id(unit), shape.inner_end, shape.inner_end_label);
      return;
    }
    write_shape(id, shape.body, shape.label, Look::plain,
                {{}, is_on_main_path(unit) ? main_path_fill : std::string_view{}});
    if (shape.note) write_shape("note_" + id, *shape.note, {});
  }

  // From gateways to their shapes, within blocks, and from notes.
  void write_short_edges(int unit) {
    const Shape& shape = layout_.shapes[at(unit)];
    const std::string id = picture_.id(unit);
    const auto straight = [&](const std::string& element, const Box& from, const Box& to,
                              std::string_view colour = {}) {
      const int y = from.centre().y;
      write_edge(element, {{from.right(), y}, {to.x, y}}, {}, colour);
    };
    if (shape.merge) {
      straight("from_" + picture_.merge_id(unit), *shape.merge, shape.body, way_colour(unit));
    }
    if (picture_.unit(unit).kind == UnitKind::everywhere) {
      straight("flow_" + id, shape.inner_start, shape.inner_end);
    }
    if (shape.note) straight("about_" + id, *shape.note, shape.body);
  }

  Xml& xml_;
  const Picture& picture_;
  const Layout& layout_;
};

}  // namespace

void write_diagram(Xml& xml, const Picture& picture, const Layout& layout) {
  Diagram(xml, picture, layout).write();
}

}  // namespace yimen::workflow::drawing
