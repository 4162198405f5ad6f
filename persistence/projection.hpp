// What tables hold of a case beside its document and journal, derived from the case alone. Every
// store writes exactly this, so `rebuild` can make it again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/audit_rows.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence {

// A state that cases may be in.
struct StateWord {
  std::string procedure;
  std::string state;
  bool is_closed = false;
  bool operator==(const StateWord&) const = default;
};

struct ClockRow {
  std::string clock;
  std::string state;
  int visit = 0;
  std::int64_t started_by = 0;
  workflow::Instant started_at;
  std::optional<workflow::Instant> stopped_at;
  std::optional<workflow::Instant> suspended_at;
  std::string limit_code;                          // of the limit that binds
  std::optional<workflow::Instant> due_at;         // of that limit
  std::optional<workflow::Instant> first_due_at;   // before any extension
  bool operator==(const ClockRow&) const = default;
};

struct RungRow {
  std::string clock;
  std::int64_t started_by = 0;
  std::string rung;
  int visit = 0;
  workflow::Instant due_at;
  bool operator==(const RungRow&) const = default;
};

struct PersonRole {
  std::string person;
  std::string role;
  bool operator==(const PersonRole&) const = default;
};

struct Projection {
  CaseSummary summary;
  std::vector<ClockRow> clocks;     // every clock, also stopped ones
  std::vector<RungRow> rungs;       // of clocks that run and are not suspended
  // Facts that name persons (the fact's name is the role), who started the case and who acted on
  // it.
  std::vector<PersonRole> persons;
  std::vector<AuditClock> audited;
  bool operator==(const Projection&) const = default;
};

// `state_since` is the start of the clock of the present state, else `recorded_at`; a store keeps
// the earlier value while the visit stays the same.
[[nodiscard]] Projection project(const workflow::Case& subject, bool is_closed);

// The facts that name persons, each by one identifier or a list of them.
[[nodiscard]] const std::vector<std::string>& person_facts();

}  // namespace yimen::persistence
