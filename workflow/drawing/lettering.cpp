#include "workflow/drawing/lettering.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace yimen::workflow::drawing {

namespace {

// The characters of UTF-8 text, by the bytes that start one.
std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && (static_cast<std::uint8_t>(text[end]) & 0xC0U) == 0x80U) ++end;
    found.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return found;
}

// In hundredths of the font's size, after the widest of the usual sans-serif fonts.
int relative_width(std::string_view character) {
  if (character.size() >= 3) return 100;
  if (character.size() == 2) return 75;
  const char letter = character.front();
  if (std::string_view("ijl.,:;'|!").find(letter) != std::string_view::npos) return 34;
  if (std::string_view("mwMW@%").find(letter) != std::string_view::npos) return 98;
  if (std::string_view(" frt()[]/-").find(letter) != std::string_view::npos) return 42;
  return letter >= 'A' && letter <= 'Z' ? 72 : 63;
}

int pixels(int hundredths, int font_size) { return (hundredths * font_size + 99) / 100; }

}  // namespace

int text_width(std::string_view text, int font_size) {
  int width = 0;
  for (const std::string_view character : characters(text)) width += relative_width(character);
  return pixels(width, font_size);
}

Extent text_extent(std::string_view text, int font_size, int width_max) {
  int lines = 1;
  int line = 0;      // hundredths, up to the last space
  int word = 0;      // hundredths, since then
  int widest = 0;
  const int most = width_max * 100 / font_size;
  for (const std::string_view character : characters(text)) {
    const int width = relative_width(character);
    if (line + word + width > most && line + word > 0) {
      ++lines;
      widest = std::max(widest, line > 0 ? line : word);
      word = line > 0 ? word : 0;
      line = 0;
    }
    word += width;
    if (character == " ") {
      line += word;
      word = 0;
    }
  }
  widest = std::max(widest, line + word);
  return {std::min(pixels(widest, font_size), width_max), lines * (font_size * 6 + 4) / 5};
}

}  // namespace yimen::workflow::drawing
