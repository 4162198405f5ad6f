// What statements are bound to, in every dialect. Text and bytes are views: they must outlive the
// statement's run.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "workflow/time.hpp"

namespace yimen::persistence {

// Bytes that are no text.
struct Blob {
  explicit Blob(std::string_view raw) : bytes(raw) {}
  std::string_view bytes;
};

using Parameter = std::variant<std::monostate, std::int64_t, std::string_view, Blob>;

[[nodiscard]] Parameter parameter(std::same_as<bool> auto flag) {
  return std::int64_t{flag ? 1 : 0};
}
[[nodiscard]] inline Parameter parameter(workflow::Instant at) {
  return workflow::milliseconds_of(at);
}
[[nodiscard]] inline Parameter parameter(const std::optional<workflow::Instant>& at) {
  return at ? parameter(*at) : Parameter();
}
[[nodiscard]] inline Parameter parameter(const std::optional<std::string>& text) {
  return text ? Parameter(std::string_view(*text)) : Parameter();
}

// How a due date is stored: cases without one sort last.
constexpr std::int64_t never = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
[[nodiscard]] inline std::int64_t place_of(const std::optional<workflow::Instant>& due_at) {
  return due_at ? workflow::milliseconds_of(*due_at) : never;
}
[[nodiscard]] inline Parameter order_of(const std::optional<workflow::Instant>& due_at) {
  return place_of(due_at);
}

}  // namespace yimen::persistence
