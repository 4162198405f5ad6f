#include "api/exposition.hpp"

namespace yimen::api {

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
  name_ = name;
  text_.append("# HELP ").append(name).append(" ").append(help);
  text_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
}

void Exposition::head(Labels labels, std::string_view suffix) {
  text_.append(name_).append(suffix);
  char before = '{';
  for (const auto& [name, value] : labels) {
    text_ += std::exchange(before, ',');
    text_.append(name).append("=\"");
    for (const char letter : value) {
      if (letter == '\n') {
        text_ += "\\n";
        continue;
      }
      if (letter == '"' || letter == '\\') text_ += '\\';
      text_ += letter;
    }
    text_ += '"';
  }
  text_ += labels.size() > 0 ? "} " : " ";
}

void Exposition::sample(std::uint64_t value, Labels labels, std::string_view suffix) {
  head(labels, suffix);
  text_.append(std::to_string(value)).append("\n");
}

void Exposition::seconds(std::uint64_t microseconds, Labels labels, std::string_view suffix) {
  constexpr std::uint64_t a_second = 1'000'000;
  head(labels, suffix);
  const std::string fraction = std::to_string(a_second + microseconds % a_second);
  text_.append(std::to_string(microseconds / a_second)).append(".");
  text_.append(fraction.substr(1)).append("\n");
}

void Exposition::counter(std::string_view name, std::string_view help, std::uint64_t value) {
  family(name, "counter", help);
  sample(value);
}

void Exposition::gauge(std::string_view name, std::string_view help, std::uint64_t value) {
  family(name, "gauge", help);
  sample(value);
}

}  // namespace yimen::api
