// The drawings of a tiny procedure, word for word and pixel by pixel, and what holds of every one.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include "definitions/assistance/procedure.hpp"
#include "tests/support/catch.hpp"
#include "workflow/drawing/bpmn.hpp"
#include "workflow/drawing/lettering.hpp"
#include "workflow/drawing/mermaid.hpp"
#include "workflow/drawing/routes.hpp"
#include "workflow/drawing/wording.hpp"
#include "workflow/drawing/xml.hpp"

using namespace yimen::workflow;
using namespace yimen::workflow::drawing;

namespace {

// A leave request: asked, granted or refused, and taken up again.
const Procedure& tiny() {
  static const Procedure procedure = [] {
    Procedure made;
    made.name = "leave";
    made.states = {"nothing", "asked", "granted", "refused"};
    made.is_closed = {false, false, true, true};
    made.events = {"ask", "complete", "grant", "refuse", "appeal"};
    made.guards = {{"days_are_left", nullptr, false}, {"substitute_named", nullptr, false}};
    made.rows = {{0, 0, 1, false, false, {"staff"}, {}, {}, {}, "1"},
                 {1, 1, 1, true, false, {"staff"}, {}, {}, {}, "2"},
                 {1, 2, 2, false, true, {"head", "board"}, {}, {{0}, {0, 1}}, {}, "3"},
                 {1, 3, 3, false, false, {"head"}, {1}, {}, {}, "4"},
                 {3, 4, 1, false, false, {"board"}, {}, {}, {}, "5"}};
    return made;
  }();
  return procedure;
}

std::string code_itself(std::string_view, std::string_view code) { return std::string(code); }

std::size_t count(const std::string& text, const std::string& wanted) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(wanted, at)) != std::string::npos; ++at) ++found;
  return found;
}

const Procedure& assistance() { return yimen::definitions::assistance::procedure(); }

std::string name(const std::vector<std::string_view>& names, int index) {
  return std::string(names[static_cast<std::size_t>(index)]);
}

struct Drawn {
  explicit Drawn(const Procedure& procedure)
      : graph(graph_of(procedure)),
        grid(grid_of(graph)),
        wording(wording_of(procedure, graph, grid, code_itself)),
        texts(texts_of(procedure, grid, wording)),
        layout(layout_of(grid, texts, routes_of(grid, texts))) {}

  Graph graph;
  Grid grid;
  Wording wording;
  Texts texts;
  Layout layout;
};

bool overlap(const Box& a, const Box& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

Box box_of(const Point& a, const Point& b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

std::vector<Box> boxes_of(const Layout& layout) {
  std::vector<Box> boxes;
  for (const Shape& shape : layout.shapes) {
    boxes.push_back(shape.body);
    for (const auto& more : {shape.merge, shape.note}) {
      if (more) boxes.push_back(*more);
    }
    if (shape.label && shape.inner_start.width == 0) boxes.push_back(*shape.label);
  }
  for (const Wire& wire : layout.wires) {
    if (wire.label) boxes.push_back(*wire.label);
  }
  return boxes;
}

}  // namespace

TEST_CASE("a procedure as a Mermaid state diagram") {
  CHECK(mermaid(tiny(), code_itself) == R"(stateDiagram-v2
  direction LR
  state "asked" as asked
  state "granted" as granted
  state "refused" as refused
  [*] --> asked : ask
  asked --> asked : complete
  asked --> granted : grant
  asked --> refused : refuse
  refused --> asked : appeal
  granted --> [*]
  refused --> [*]
)");
}

TEST_CASE("Mermaid's own signs in a name are told by their numbers") {
  const auto names = [](std::string_view kind, std::string_view code) {
    return kind == "event" ? std::string("a:b;c#\n\"<d>") : std::string(code);
  };
  CHECK(count(mermaid(tiny(), names), " : a#58;b#59;c#35; #34;#60;d#62;\n") == 5);
}

TEST_CASE("every row of the table is in the graph once") {
  const Graph graph = graph_of(assistance());
  std::multiset<int> rows;
  for (const auto& arrow : graph.arrows) rows.insert(arrow.rows.begin(), arrow.rows.end());
  for (const auto* passages : {&graph.openings, &graph.reopenings, &graph.everywhere}) {
    for (const Passage& passage : *passages) rows.insert(passage.rows.begin(), passage.rows.end());
  }
  CHECK(rows.size() == assistance().rows.size());
  CHECK(std::set<int>(rows.begin(), rows.end()).size() == rows.size());
}

TEST_CASE("the main path of the assistance procedure is the chain of the plan's card") {
  const Graph graph = graph_of(assistance());
  std::vector<std::string> path;
  for (const int state : graph.main_path) path.push_back(name(assistance().states, state));
  CHECK(path == std::vector<std::string>{"discovered", "village_review", "reported_to_station",
                                         "assigned_to_department", "handled", "publicized",
                                         "archived"});
  CHECK(graph.lanes ==
        std::vector<std::string_view>{"village", "station", "department", "county"});
  REQUIRE(graph.everywhere.size() == 1);
  CHECK(name(assistance().events, graph.everywhere[0].event) == "withdraw");
  REQUIRE(graph.reopenings.size() == 1);
  CHECK(name(assistance().events, graph.reopenings[0].event) == "reopen");
}

TEST_CASE("every row of the table is told by both drawings") {
  const std::string bpmn_text = bpmn(assistance(), code_itself);
  const std::string mermaid_text = mermaid(assistance(), code_itself);
  CHECK(count(bpmn_text, "<yimen:rule ") == assistance().rows.size());
  for (const RuleRow& row : assistance().rows) {
    const std::string from = name(assistance().states, row.from);
    const std::string event = name(assistance().events, row.event);
    const std::string to = name(assistance().states, row.to);
    CAPTURE(from, event, to);
    CHECK(bpmn_text.find("<yimen:rule from=\"" + from + "\" event=\"" + event + "\" to=\"" + to +
                         "\"") != std::string::npos);
    const std::string source = row.from == 0         ? "[*]"
                               : event == "withdraw" ? "any_open"
                                                     : from;
    const std::size_t arrow = mermaid_text.find("  " + source + " --> " + to + " : ");
    REQUIRE(arrow != std::string::npos);
    CHECK(mermaid_text.substr(arrow, mermaid_text.find('\n', arrow) - arrow).find(event) !=
          std::string::npos);
  }
}

TEST_CASE("the same procedure is drawn the same") {
  CHECK(bpmn(assistance(), code_itself) == bpmn(assistance(), code_itself));
  CHECK(mermaid(assistance(), code_itself) == mermaid(assistance(), code_itself));
}

TEST_CASE("nothing overlaps in a drawing, and no wire runs over a shape or a label") {
  const auto* procedure = GENERATE(&tiny(), &assistance());
  const Drawn drawn(*procedure);
  const std::vector<Box> boxes = boxes_of(drawn.layout);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    CHECK(boxes[i].x > drawn.layout.pool.x);
    CHECK(boxes[i].right() < drawn.layout.pool.right());
    CHECK(boxes[i].y > drawn.layout.pool.y);
    CHECK(boxes[i].bottom() < drawn.layout.pool.bottom());
    for (std::size_t j = i + 1; j < boxes.size(); ++j) CHECK_FALSE(overlap(boxes[i], boxes[j]));
  }
  for (const Wire& wire : drawn.layout.wires) {
    for (std::size_t i = 1; i < wire.points.size(); ++i) {
      const Box piece = box_of(wire.points[i - 1], wire.points[i]);
      CHECK((piece.width == 0) != (piece.height == 0));
      for (const Box& box : boxes) CHECK_FALSE(overlap(piece, box));
    }
  }
  // Less than one overlap of wires, which would cost more than all the rest.
  CHECK(difficulty(drawn.grid, drawn.layout) < 20000);
}

TEST_CASE("the parts of a BPMN document") {
  const std::string text = bpmn(tiny(), code_itself);
  CHECK(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bpmn:definitions "));
  CHECK(count(text, R"(    <bpmn:userTask id="state_asked" name="asked">
      <bpmn:incoming>from_to_asked</bpmn:incoming>
      <bpmn:outgoing>flow_asked_complete_asked</bpmn:outgoing>
      <bpmn:outgoing>flow_asked_grant_granted</bpmn:outgoing>
      <bpmn:outgoing>flow_asked_refuse_refused</bpmn:outgoing>
    </bpmn:userTask>
)") == 1);
  CHECK(count(text, R"(    <bpmn:sequenceFlow id="flow_asked_grant_granted" name="grant" )"
                    R"(sourceRef="state_asked" targetRef="state_granted">
      <bpmn:documentation>head / board · 3</bpmn:documentation>
      <bpmn:extensionElements>
        <yimen:rule from="asked" event="grant" to="granted" levels="head board" )"
                    R"(guards="days_are_left days_are_left|substitute_named" undoable="true" )"
                    R"(clause="3"/>
      </bpmn:extensionElements>
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">event = &quot;grant&quot;)"
                    R"(</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
)") == 1);
  CHECK(count(text, "<bpmn:text>taken_up_from&#10;refused</bpmn:text>") == 1);
  CHECK(count(text, "<bpmn:startEvent id=\"event_appeal_asked\" name=\"appeal\">") == 1);
  CHECK(count(text, "<bpmn:subProcess") == 0);
}

TEST_CASE("text becomes XML that any parser reads") {
  CHECK(escaped_for_xml("a<b>&\"c\"\n") == "a&lt;b&gt;&amp;&quot;c&quot;&#10;");
  CHECK(escaped_for_xml(std::string("\0\x1f", 2)) == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(escaped_for_xml("\xEF\xBF\xBF科室") == "\xEF\xBF\xBD科室");
}

TEST_CASE("the room of a text") {
  CHECK(text_width("科室承办", name_size) == 48);
  CHECK(text_extent("科室承办", name_size, 100) == Extent{48, 15});
  CHECK(text_extent("直报（不经村级研究）", label_size, 70).height == 2 * 14);
  CHECK(text_extent("Report directly, without a village panel", label_size, 112).height == 3 * 14);
  CHECK(text_extent("", label_size, 112).width == 0);
}
