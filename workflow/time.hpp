// Instants are UTC milliseconds; civil dates are days in Asia/Shanghai and never converted back
// and forth silently: they are two types.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yimen::workflow {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using CivilDate = std::chrono::local_days;

// Milliseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] constexpr std::int64_t milliseconds_of(Instant at) {
  return at.time_since_epoch().count();
}
[[nodiscard]] constexpr Instant instant_of(std::int64_t milliseconds) {
  return Instant(std::chrono::milliseconds(milliseconds));
}

// The day in Asia/Shanghai (UTC+8 since 1991-09-15; earlier instants do not occur here).
[[nodiscard]] CivilDate civil_date_of(Instant at);
// Midnight with which the civil day begins in Asia/Shanghai.
[[nodiscard]] Instant start_of(CivilDate day);
// The last millisecond of the civil day: a limit in days ends at 24:00 (Civil Code art. 203).
[[nodiscard]] Instant end_of(CivilDate day);

// RFC 3339 with milliseconds and Z, e.g. 2026-02-13T01:02:03.004Z.
[[nodiscard]] std::string to_text(Instant at);
// YYYY-MM-DD.
[[nodiscard]] std::string to_text(CivilDate day);
// RFC 3339 with any offset, up to milliseconds; nothing for a date or time that does not exist
// (24:00 and leap seconds among them).
[[nodiscard]] std::optional<Instant> instant_from(std::string_view text);
// Exactly YYYY-MM-DD; nothing for a day that does not exist (2026-02-29).
[[nodiscard]] std::optional<CivilDate> civil_date_from(std::string_view text);

}  // namespace yimen::workflow
