// Digests of definitions: what a journal entry names to say with which texts it was made.
#pragma once

#include <string>
#include <string_view>

namespace yimen::definitions {

// SHA-256 in 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace yimen::definitions
