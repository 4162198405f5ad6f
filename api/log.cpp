#include "api/log.hpp"

#include <unistd.h>

#include <array>

#include "api/clock.hpp"

namespace yimen::api {

void log(LogLevel level, std::string_view event, workflow::Object fields) {
  constexpr std::array<std::string_view, 3> names{"info", "warning", "error"};
  fields.set("at", workflow::to_text(SystemClock().now()));
  fields.set("level", names[static_cast<std::size_t>(level)]);
  fields.set("event", event);
  const std::string line = canonical(workflow::Value(std::move(fields))) + "\n";
  // One write a line: lines of different threads do not mix. What cannot be logged is lost.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace yimen::api
