// Writes the drawings of every procedure in both languages into a folder, for check.mjs.
//   draw FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>

#include "api/http/texts.hpp"
#include "definitions/assistance/procedure.hpp"
#include "workflow/drawing/bpmn.hpp"
#include "workflow/drawing/mermaid.hpp"

using namespace yimen;

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
  for (const auto language : {api::http::Language::zh_cn, api::http::Language::en}) {
    const auto names = [&](std::string_view kind, std::string_view code) {
      return texts->text(language, std::string(kind) + "." + std::string(code));
    };
    const std::string stem =
        std::string(procedure.name) + "." + std::string(api::http::tag(language));
    std::ofstream(folder / (stem + ".bpmn"), std::ios::binary)
        << workflow::drawing::bpmn(procedure, names);
    std::ofstream(folder / (stem + ".mmd"), std::ios::binary)
        << workflow::drawing::mermaid(procedure, names);
  }
  return 0;
}
