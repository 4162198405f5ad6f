// The words of a drawing: the reader's text for a code. Kinds: "state", "event", "level",
// "procedure" and "drawing" (the few words that the drawing itself needs).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace yimen::workflow::drawing {

using Names = std::function<std::string(std::string_view kind, std::string_view code)>;

}  // namespace yimen::workflow::drawing
