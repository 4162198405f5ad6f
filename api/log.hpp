// Structured lines for operators: one JSON object a line on standard error. Never personal data:
// callers pass codes, identifiers and numbers only.
#pragma once

#include <string_view>

#include "workflow/value.hpp"

namespace yimen::api {

enum class LogLevel { info, warning, error };

// Safe from many threads; a line is written whole.
void log(LogLevel level, std::string_view event, workflow::Object fields = {});

}  // namespace yimen::api
