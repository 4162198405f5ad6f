// Writes the drawings of every procedure in both languages into a folder, for check.mjs, and once
// more with names that try to be more than text.
//   draw FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>

#include "api/http/texts.hpp"
#include "definitions/assistance/procedure.hpp"
#include "workflow/drawing/bpmn.hpp"
#include "workflow/drawing/mermaid.hpp"

using namespace yimen;

namespace {

std::string hostile_name(std::string_view, std::string_view code) {
  return std::string(code) + " \"'<b>&amp;]]>--%%{}[]`\\#35; : end";
}

void draw(const std::filesystem::path& folder, const std::string& stem,
          const workflow::Procedure& procedure, const workflow::drawing::Names& names) {
  std::ofstream(folder / (stem + ".bpmn"), std::ios::binary)
      << workflow::drawing::bpmn(procedure, names);
  std::ofstream(folder / (stem + ".mmd"), std::ios::binary)
      << workflow::drawing::mermaid(procedure, names);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "Usage: draw FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  const auto texts = api::http::Texts::load(std::filesystem::path(YIMEN_SOURCE_DIR) /
                                            "definitions/texts");
  if (!texts) {
    std::cerr << texts.error() << "\n";
    return 1;
  }
  const workflow::Procedure& procedure = definitions::assistance::procedure();
  const std::string stem = std::string(procedure.name) + ".";
  for (const auto language : {api::http::Language::zh_cn, api::http::Language::en}) {
    const auto names = [&](std::string_view kind, std::string_view code) {
      return texts->text(language, std::string(kind) + "." + std::string(code));
    };
    draw(folder, stem + std::string(api::http::tag(language)), procedure, names);
  }
  draw(folder, stem + "hostile", procedure, hostile_name);
  return 0;
}
