// How the engine's values stand in JSON: optional members are absent, instants are milliseconds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflow/case.hpp"
#include "workflow/value.hpp"

namespace yimen::workflow {

[[nodiscard]] Value to_value(const Actor& actor);
[[nodiscard]] Actor actor_from(const Value& value);
[[nodiscard]] Value to_value(const Holder& holder);
[[nodiscard]] Holder holder_from(const Value& value);
[[nodiscard]] Value to_value(const Clock& clock);
[[nodiscard]] Clock clock_from(const Value& value);
[[nodiscard]] Value to_value(const Proposal& proposal);
[[nodiscard]] Proposal proposal_from(const Value& value);
[[nodiscard]] Value to_value(const Undo& undo);
[[nodiscard]] Undo undo_from(const Value& value);
[[nodiscard]] Value to_value(const Record& record);
[[nodiscard]] Value to_value(const Suspension& suspension);
[[nodiscard]] Value to_value(const Limit& limit);
[[nodiscard]] Value to_value(const Rung& rung);
[[nodiscard]] Value to_value(const Signature& signature);

inline Value to_value(const std::string& text) { return Value(text); }
inline Value to_value(std::int64_t number) { return Value(number); }

template <class T>
[[nodiscard]] Array array_of(const std::vector<T>& items) {
  Array array;
  array.reserve(items.size());
  for (const T& item : items) array.push_back(to_value(item));
  return array;
}

template <class Read>
[[nodiscard]] auto all_from(const Value& array, Read read) {
  std::vector<decltype(read(array))> items;
  items.reserve(array.items().size());
  for (const Value& item : array.items()) items.push_back(read(item));
  return items;
}

[[nodiscard]] inline std::vector<std::string> texts_in(const Value& array) {
  return all_from(array, [](const Value& item) { return item.text(); });
}

[[nodiscard]] inline Instant instant_in(const Value& object, std::string_view key) {
  return instant_of(object[key].integer());
}

[[nodiscard]] inline std::optional<Instant> instant_or_nothing(const Value& object,
                                                               std::string_view key) {
  if (!object.has(key)) return std::nullopt;
  return instant_in(object, key);
}

inline void set_instant(Object& object, std::string_view key, const std::optional<Instant>& at) {
  if (at) object.set(key, milliseconds_of(*at));
}

inline void set_unless_empty(Object& object, std::string_view key, const std::string& text) {
  if (!text.empty()) object.set(key, text);
}

inline void set_unless_empty(Object& object, std::string_view key, Array items) {
  if (!items.empty()) object.set(key, std::move(items));
}

}  // namespace yimen::workflow
