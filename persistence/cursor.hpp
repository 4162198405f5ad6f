// Where a page ended: the sort key and the id of its last row, as opaque text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace yimen::persistence {

struct Cursor {
  // d: by due date, o: by opening; of clocks s: by start, u: by due date; m: entries, newest first
  char sort = 'd';
  std::int64_t key = 0;
  std::string id;
  bool operator==(const Cursor&) const = default;
};

[[nodiscard]] std::string to_text(const Cursor& cursor);
// Nothing for what was not made by `to_text`.
[[nodiscard]] std::optional<Cursor> cursor_from(const std::string& text);

}  // namespace yimen::persistence
