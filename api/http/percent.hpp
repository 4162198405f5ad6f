// Percent-decoding of a path segment, query part or header, strict: what is not clean is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yimen::api::http {

enum class Plus { is_plus, is_space };

// Nothing for a broken escape, a result that is not UTF-8, or one with control characters.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, Plus plus);

// Everything but letters, digits and - . _ ~ as escapes: fit for a query and for RFC 8187.
[[nodiscard]] std::string percent_encoded(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace yimen::api::http
