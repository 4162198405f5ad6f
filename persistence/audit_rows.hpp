// What auditors count and list of a case, derived from the case and its entries alone. A version of
// a clock is what an entry left behind; lateness belongs to who held the case when the clock ran
// out, so a running clock has a new version with each new holder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflow/entry.hpp"

namespace yimen::persistence {

// By what clocks and marks are grouped: as of the entry.
struct AuditFacts {
  std::string holder_unit;
  std::string department;
  std::string village;
  std::string category;
  bool operator==(const AuditFacts&) const = default;
};

// A clock with a limit, by the name under which it is audited: statutory, discovery, emergency,
// papers, or state for each stay in a state.
struct AuditClock {
  std::string clock;
  std::int64_t started_by = 0;
  std::string state;                 // the state that is measured, else empty
  workflow::Instant started_at;
  std::optional<workflow::Instant> stopped_at;
  workflow::Instant due_at;          // of the limit that binds
  std::optional<bool> is_late;       // once that is settled: it has stopped or is suspended
  bool is_withdrawn = false;         // stopped by the withdrawal of the case
  bool is_reopened = false;          // its completion was undone by reopening the case
  AuditFacts facts;
  bool operator==(const AuditClock&) const = default;
};

[[nodiscard]] AuditFacts audit_facts_of(const workflow::Case& subject);
// In the order of the case's clocks; one for each audited name and start.
[[nodiscard]] std::vector<AuditClock> audited_clocks(const workflow::Case& subject);

struct AuditChanges {
  std::vector<const AuditClock*> superseded;
  std::vector<const AuditClock*> inserted;
};

// A clock that has stopped keeps the facts that it stopped with.
[[nodiscard]] AuditChanges audit_changes(const std::vector<AuditClock>& before,
                                         const std::vector<AuditClock>& next);

// An entry that auditors list. `kind` says what it is, `list` in which list it stands.
struct AuditMark {
  std::string list;
  std::string kind;
  std::string reason;  // the code that was given for lateness, else empty
  bool operator==(const AuditMark&) const = default;
};

[[nodiscard]] std::vector<AuditMark> marks_of(const workflow::Entry& entry);

// ---- whole histories, for databases that are filled or made again -------------------------------

struct AuditVersion {
  AuditClock clock;
  std::int64_t recorded_by = 0;  // sequence of the entry
  workflow::Instant recorded_at;
  std::optional<workflow::Instant> superseded_at;
  bool operator==(const AuditVersion&) const = default;
};

struct AuditMarkRow {
  AuditMark mark;
  std::int64_t sequence = 0;
  workflow::Instant recorded_at;
  AuditFacts facts;
  bool operator==(const AuditMarkRow&) const = default;
};

struct AuditHistory {
  std::string case_id;
  std::int64_t sequence = 0;  // of the last entry that it takes in
  std::vector<AuditVersion> versions;
  std::vector<AuditMarkRow> marks;
};

// The entries of one case from the first on.
[[nodiscard]] AuditHistory audit_history_of(const std::vector<workflow::Entry>& entries);

}  // namespace yimen::persistence
