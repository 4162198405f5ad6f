// Percent-decoding of a path segment or query part, strict: what is not clean is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yimen::api::http {

enum class Plus { is_plus, is_space };

// Nothing for a broken escape, a result that is not UTF-8, or one with control characters.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, Plus plus);

}  // namespace yimen::api::http
