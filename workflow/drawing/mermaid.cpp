#include "workflow/drawing/mermaid.hpp"

#include <algorithm>
#include <utility>

#include "workflow/drawing/graph.hpp"

namespace yimen::workflow::drawing {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Mermaid's own character references, for whatever its grammar or HTML could take for its own.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) {
      out += ' ';
    } else if (std::string_view("\"#;:<>&%{}`\\").find(letter) != std::string_view::npos) {
      out += '#' + std::to_string(static_cast<int>(letter)) + ';';
    } else {
      out += letter;
    }
  }
  return out;
}

class Diagram {
 public:
  Diagram(const Procedure& procedure, const Names& names)
      : procedure_(procedure), names_(names), graph_(graph_of(procedure)) {}

  std::string text() {
    out_ = "stateDiagram-v2\n  direction LR\n";
    const bool framed = !graph_.everywhere.empty();
    if (framed) {
      out_ += "  state \"" + escaped(names_("drawing", "any_open_state")) + "\" as any_open {\n";
      out_ += "    direction LR\n";
    }
    declare(false, framed ? "    " : "  ");
    if (framed) out_ += "  }\n";
    declare(true, "  ");
    draw_arrows();
    for (const Passage& passage : graph_.everywhere) {
      draw("any_open", state(passage.to), event(passage.event));
    }
    for (std::size_t i = 1; i < procedure_.states.size(); ++i) {
      if (procedure_.is_closed[i]) out_ += "  " + std::string(procedure_.states[i]) + " --> [*]\n";
    }
    return std::move(out_);
  }

 private:
  // Arrows between the same two states, in the order in which the first of them is met.
  struct Bundle {
    std::string from;
    int to = 0;
    std::vector<int> events;
  };

  [[nodiscard]] std::string state(int index) const {
    return std::string(procedure_.states[at(index)]);
  }
  [[nodiscard]] std::string event(int index) const {
    return escaped(names_("event", procedure_.events[at(index)]));
  }

  void declare(bool closed, std::string_view indent) {
    for (std::size_t i = 1; i < procedure_.states.size(); ++i) {
      if (procedure_.is_closed[i] != closed) continue;
      out_ += std::string(indent) + "state \"" + escaped(names_("state", procedure_.states[i])) +
              "\" as " + std::string(procedure_.states[i]) + "\n";
    }
  }

  void draw(const std::string& from, const std::string& to, const std::string& words) {
    out_ += "  " + from + " --> " + to + " : " + words + "\n";
  }

  void add(std::string from, int event, int to) {
    auto bundle = std::find_if(bundles_.begin(), bundles_.end(), [&](const Bundle& known) {
      return known.from == from && known.to == to;
    });
    if (bundle == bundles_.end()) {
      bundle = bundles_.insert(bundle, {.from = std::move(from), .to = to, .events = {}});
    }
    bundle->events.push_back(event);
  }

  void draw_arrows() {
    for (const Passage& passage : graph_.openings) add("[*]", passage.event, passage.to);
    for (const Arrow& arrow : graph_.arrows) add(state(arrow.from), arrow.event, arrow.to);
    for (const Passage& passage : graph_.reopenings) {
      for (const int from : passage.from) add(state(from), passage.event, passage.to);
    }
    for (const Bundle& bundle : bundles_) {
      std::string words;
      for (const int index : bundle.events) words += (words.empty() ? "" : " / ") + event(index);
      draw(bundle.from, state(bundle.to), words);
    }
  }

  const Procedure& procedure_;
  const Names& names_;
  const Graph graph_;
  std::vector<Bundle> bundles_;
  std::string out_;
};

}  // namespace

std::string mermaid(const Procedure& procedure, const Names& names) {
  return Diagram(procedure, names).text();
}

}  // namespace yimen::workflow::drawing
