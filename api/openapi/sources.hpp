// The JSON files of this folder, embedded: what is said of each route (`operations`) and the
// components that routes share, by area.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace yimen::api::openapi {

// Name without extension, text.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& embedded_sources();

}  // namespace yimen::api::openapi
