#include "definitions/definition_file.hpp"

#include <fstream>
#include <iterator>

namespace yimen::definitions {

using workflow::Finding;
using workflow::Value;

Result<Value, Finding> value_in(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  if (!stream) {
    return refuse(Finding{"", "cannot_be_read", {{"file", file.filename().string()}}});
  }
  auto value = workflow::parse(text);
  if (!value) {
    return refuse(Finding{"", value.error().code,
                          {{"file", file.filename().string()},
                           {"offset", static_cast<std::int64_t>(value.error().offset)}}});
  }
  return std::move(*value);
}

}  // namespace yimen::definitions
