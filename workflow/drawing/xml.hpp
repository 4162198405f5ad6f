// XML as indented text, an element a line.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yimen::workflow::drawing {

// For text and attributes alike. A character that XML 1.0 cannot carry becomes U+FFFD.
[[nodiscard]] std::string escaped_for_xml(std::string_view text);

class Xml {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

  Xml() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

  // An attribute with an empty value is left out.
  void open(std::string_view tag, Attributes attributes = {});
  void close();
  void leaf(std::string_view tag, Attributes attributes);
  void leaf(std::string_view tag, Attributes attributes, std::string_view text);

  // REQUIRES: every element is closed.
  [[nodiscard]] std::string finish() { return std::move(text_); }

 private:
  void begin(std::string_view tag, Attributes attributes);

  std::string text_;
  std::vector<std::string> open_;
};

}  // namespace yimen::workflow::drawing
