// The contract of every store for the figures and lists that auditors read. All answers are as of
// an instant: what a reader would have been told then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/audit_rows.hpp"
#include "persistence/store_error.hpp"

namespace yimen::persistence {

// What has become of a clock. A suspended clock is in time unless it had run out before. A
// completion that was undone by reopening is late. Clocks that a withdrawal ended stand apart,
// unless they had run out and the case was reopened.
enum class AuditOutcome { done_in_time, done_late, open_in_time, open_late, withdrawn,
                          withdrawn_late };
constexpr int audit_outcomes = 6;

// A set of outcomes: bit k is the outcome of that value.
using AuditOutcomes = unsigned;
[[nodiscard]] constexpr AuditOutcomes only(AuditOutcome outcome) {
  return 1U << static_cast<unsigned>(outcome);
}

// Clocks of one audited name that started at `from` or later and before `before`. Figures are of
// every outcome and unit.
struct AuditQuery {
  std::string clock;
  workflow::Instant from;
  workflow::Instant before;
  workflow::Instant as_of;
  AuditOutcomes outcomes = (1U << audit_outcomes) - 1;
  std::optional<std::string> department, village, category;
  std::optional<std::string> late_with;  // late ones only: the unit that held them as they ran out
};

enum class AuditGrouping { nothing, department, village, category };

struct AuditFigure {
  std::string key;  // empty for what has none, and where nothing is grouped
  AuditOutcome outcome = AuditOutcome::done_in_time;
  std::string late_with;  // of late ones, else empty
  std::int64_t count = 0;
  bool operator==(const AuditFigure&) const = default;
};

struct AuditLine {
  std::string case_id;
  std::string procedure;
  std::string number;  // of the case, and its state, as they are now
  std::string state;
  AuditClock clock;    // as of the instant
  AuditOutcome outcome = AuditOutcome::done_in_time;
  std::string late_with;
  std::string late_reason;  // the first that was given after it ran out
  bool operator==(const AuditLine&) const = default;
};

struct AuditPage {
  std::vector<AuditLine> items;
  std::string next;  // cursor; empty on the last page
};

struct AuditMarkQuery {
  std::string list;
  workflow::Instant from;
  workflow::Instant before;
  workflow::Instant as_of;
  std::optional<std::string> department;
  std::string cursor;
  int limit = 50;
};

struct AuditMarkLine {
  std::string case_id;
  std::string number;
  AuditMarkRow row;
  std::string entry;  // as it is in the journal
};

struct AuditMarkPage {
  std::vector<AuditMarkLine> items;
  std::string next;
};

// What somebody looked up or changed outside the journal of cases. Ids and codes only.
struct AuditedAct {
  std::string list;     // reveals, or administration
  std::string action;   // reveal, account_added, token_removed, …
  std::string account;  // who did it
  std::string subject;  // what it was done to
  std::string reason;   // a code; empty where none is asked for
  std::string trace_id;
  workflow::Instant at;
  bool operator==(const AuditedAct&) const = default;
};

struct AuditedActQuery {
  std::string list;
  workflow::Instant from;
  workflow::Instant before;
  std::string cursor;
  int limit = 50;
};

struct AuditedActPage {
  std::vector<AuditedAct> items;
  std::string next;
};

constexpr int audit_page_max = 200;

class AuditStore {
 public:
  virtual ~AuditStore() = default;

  // In the order of key, outcome and unit; no figure of zero.
  [[nodiscard]] virtual Result<std::vector<AuditFigure>, StoreError> figures(
      const AuditQuery& query, AuditGrouping by) = 0;
  // The clocks that the figures count, by their start. `invalid` for a cursor of another list, here
  // and below.
  [[nodiscard]] virtual Result<AuditPage, StoreError> lines(const AuditQuery& query,
                                                            const std::string& cursor,
                                                            int limit) = 0;
  // The same of several clocks, by their due dates.
  [[nodiscard]] virtual Result<AuditPage, StoreError> lines_by_due(
      const std::vector<AuditQuery>& queries, const std::string& cursor, int limit) = 0;
  // The newest first.
  [[nodiscard]] virtual Result<AuditMarkPage, StoreError> marks(const AuditMarkQuery& query) = 0;
  // Writes what is not there of the history of a case. `conflict` when the case stands at another
  // entry by now.
  [[nodiscard]] virtual Result<void, StoreError> put(const AuditHistory& history) = 0;
  // Durable when it succeeds, and never changed again. After an error it may be there nevertheless.
  [[nodiscard]] virtual Result<void, StoreError> record(const AuditedAct& act) = 0;
  // The newest first.
  [[nodiscard]] virtual Result<AuditedActPage, StoreError> acts(const AuditedActQuery& query) = 0;
};

}  // namespace yimen::persistence
