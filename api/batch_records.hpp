// The results of a batch as text, so that a repeated request gets the same answer. Codes and
// figures only: sentences are made when they are read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/batches.hpp"

namespace yimen::api {

[[nodiscard]] std::string text_of(const std::vector<BatchResult>& results);
[[nodiscard]] std::vector<BatchResult> batch_results_from(std::string_view text);

}  // namespace yimen::api
