// The file that holds the one key from which all others are derived.
#pragma once

#include <string>

#include "workflow/result.hpp"

namespace yimen::api {

constexpr std::size_t key_bytes = 32;

// The raw key. A file that does not exist is made, with a fresh key and mode 0600. The refusal is a
// sentence: others can read the file, it is malformed, it cannot be read or made.
[[nodiscard]] Result<std::string, std::string> key_in(const std::string& path);

}  // namespace yimen::api
