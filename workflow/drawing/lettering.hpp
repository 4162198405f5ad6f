// How much room a text takes, without a font at hand: widths are estimated on the large side, so
// that a reader's browser, whatever its fonts, needs no more.
#pragma once

#include <string_view>

namespace yimen::workflow::drawing {

struct Extent {
  int width = 0;
  int height = 0;
  bool operator==(const Extent&) const = default;
};

// The sizes that BPMN viewers write in: names inside shapes, and labels beside them.
constexpr int name_size = 12;
constexpr int label_size = 11;

// In pixels, on one line.
[[nodiscard]] int text_width(std::string_view text, int font_size);

// Wrapped at spaces, or anywhere where there are none; never wider than `width_max` unless one
// character is.
[[nodiscard]] Extent text_extent(std::string_view text, int font_size, int width_max);

}  // namespace yimen::workflow::drawing
