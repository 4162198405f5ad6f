// Base64 with the URL alphabet of RFC 4648 and without padding, for tokens and sealed values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yimen::api {

[[nodiscard]] std::string base64url(std::string_view bytes);

// Nothing for any text that `base64url` would not have made.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace yimen::api
