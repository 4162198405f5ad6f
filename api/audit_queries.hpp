// What an auditor asks, as addresses have it: which clocks, of which days, as of when, grouped how.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/http/exchange.hpp"
#include "persistence/audit_store.hpp"
#include "workflow/time.hpp"

namespace yimen::api {

// The names that clocks are audited by.
[[nodiscard]] const std::vector<std::string>& audited_clock_names();

struct AuditAsk {
  std::string clock = "statutory";
  std::string by = "department";
  std::optional<workflow::CivilDate> from, to;  // both ends are in it
  workflow::Instant as_of;
  std::optional<std::string> department, village, category, held_by;
  std::string month;  // "2026-03", empty for all
  std::string outcome = "received";

  // Absent ends do not restrict.
  [[nodiscard]] workflow::Instant starts_at() const;
  [[nodiscard]] workflow::Instant ends_before() const;
  [[nodiscard]] persistence::AuditQuery query() const;
};

// With the instant of now where `as_of` is not given. invalid_parameter for one that is not among
// `names`, cannot be read or lies in the future; for a range that ends before it begins.
[[nodiscard]] Result<AuditAsk, http::Problem> audit_ask_of(
    const http::Request& request, std::initializer_list<std::string_view> names,
    workflow::Instant now);

// The parts of a range by the month of the start: the month and its own days.
struct AuditMonth {
  std::string key;
  workflow::CivilDate from;
  workflow::CivilDate to;
};
[[nodiscard]] std::vector<AuditMonth> months_of(workflow::CivilDate from, workflow::CivilDate to);

// The address of the lines that an outcome counts.
[[nodiscard]] std::string link_to_lines(const AuditAsk& ask);

}  // namespace yimen::api
