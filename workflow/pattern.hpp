// Patterns of forms: a regular subset that is matched in one pass for each of its parts, so that no
// text makes it slow. `^`, then parts, then `$`; a part is a literal, an escaped literal, `\d` or a
// class `[a-z0-9_]`, `[^…]`, with one of {m}, {m,}, {m,n}, +, * or ? behind it. Nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yimen::workflow {

// Code points of UTF-8; each byte that is not part of one counts as U+FFFD.
[[nodiscard]] std::u32string code_points(std::string_view text);

class Pattern {
 public:
  // Nothing for a text outside the subset: no anchors, groups, alternatives, dots, nested
  // quantifiers, more than 200 code points, or a count beyond 1000.
  [[nodiscard]] static std::optional<Pattern> compile(std::string_view text);

  // Whether the whole text matches; time grows with parts times code points.
  [[nodiscard]] bool matches(std::string_view text) const;

  // True when a class is negated or has a range beyond ASCII: such a text is free text.
  [[nodiscard]] bool takes_free_text() const;

 private:
  struct Part {
    std::vector<std::pair<char32_t, char32_t>> ranges;
    bool is_class = false;
    bool negated = false;
    std::size_t least = 1;
    std::size_t most = 1;

    [[nodiscard]] bool takes(char32_t point) const;
  };
  class Reader;

  std::vector<Part> parts_;
};

}  // namespace yimen::workflow
