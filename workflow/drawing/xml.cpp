#include "workflow/drawing/xml.hpp"

namespace yimen::workflow::drawing {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_control(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte < 0x20 && letter != '\n' && letter != '\t' && letter != '\r';
}

// U+FFFE and U+FFFF, which are no characters.
bool is_no_character(std::string_view rest) {
  return rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF");
}

}  // namespace

std::string escaped_for_xml(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (const char letter = text[i]) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      case '\t': out += "&#9;"; break;
      default:
        if (is_no_character(text.substr(i))) {
          out += replacement;
          i += 2;
        } else if (is_control(letter)) {
          out += replacement;
        } else {
          out += letter;
        }
    }
  }
  return out;
}

void Xml::begin(std::string_view tag, Attributes attributes) {
  text_.append(2 * open_.size(), ' ');
  text_.append("<").append(tag);
  for (const auto& [name, value] : attributes) {
    if (value.empty()) continue;
    text_.append(" ").append(name).append("=\"").append(escaped_for_xml(value)).append("\"");
  }
}

void Xml::open(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  text_ += ">\n";
  open_.emplace_back(tag);
}

void Xml::close() {
  const std::string tag = std::move(open_.back());
  open_.pop_back();
  text_.append(2 * open_.size(), ' ');
  text_.append("</").append(tag).append(">\n");
}

void Xml::leaf(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  text_ += "/>\n";
}

void Xml::leaf(std::string_view tag, Attributes attributes, std::string_view text) {
  begin(tag, attributes);
  text_.append(">").append(escaped_for_xml(text)).append("</").append(tag).append(">\n");
}

}  // namespace yimen::workflow::drawing
