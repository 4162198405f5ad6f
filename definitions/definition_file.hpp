// One definition as a file: read, parsed, nothing judged yet.
#pragma once

#include <filesystem>

#include "workflow/form.hpp"
#include "workflow/result.hpp"
#include "workflow/value.hpp"

namespace yimen::definitions {

// The JSON value of a file; the finding is cannot_be_read or the parser's, with its offset.
[[nodiscard]] Result<workflow::Value, workflow::Finding> value_in(
    const std::filesystem::path& file);

}  // namespace yimen::definitions
