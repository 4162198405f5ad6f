#include "workflow/drawing/bpmn.hpp"

#include <algorithm>

#include "workflow/drawing/diagram.hpp"
#include "workflow/drawing/model.hpp"
#include "workflow/drawing/routes.hpp"
#include "workflow/drawing/wording.hpp"
#include "workflow/drawing/xml.hpp"

namespace yimen::workflow::drawing {

std::string bpmn(const Procedure& procedure, const Names& names) {
  const Graph graph = graph_of(procedure);
  const Grid grid = grid_of(graph);
  const Wording wording = wording_of(procedure, graph, grid, names);
  const Texts texts = texts_of(procedure, grid, wording);
  const Layout layout = layout_of(grid, texts, routes_of(grid, texts));
  const Picture picture{procedure, graph, grid, wording};
  Xml xml;
  xml.open("bpmn:definitions",
           {{"xmlns:bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL"},
            {"xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"},
            {"xmlns:color", "http://www.omg.org/spec/BPMN/non-normative/color/1.0"},
            {"xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC"},
            {"xmlns:di", "http://www.omg.org/spec/DD/20100524/DI"},
            {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
            {"xmlns:yimen", "urn:yimen:procedure"},
            {"id", "definitions"},
            {"targetNamespace", "urn:yimen:procedure:" + std::string(procedure.name)},
            {"exporter", "Yimen"}});
  write_model(xml, picture, names);
  write_diagram(xml, picture, layout);
  xml.close();
  return xml.finish();
}

}  // namespace yimen::workflow::drawing
