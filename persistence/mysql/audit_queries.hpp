// The SQL texts of what auditors count and list; see queries.hpp.
#pragma once

#include <string_view>

#include "persistence/mysql/many_rows.hpp"

namespace yimen::persistence::mysql {

// ---- writing ------------------------------------------------------------------------------------

// Driven by the rows that are named, each found by the beginning of its primary key.
inline constexpr ManyRows supersede_audit_clocks{
    "\n  UPDATE (",
    "SELECT ? AS jurisdiction, ? AS clock, ? AS started_at, ? AS case_id, ? AS started_by, "
    "? AS superseded_at, ? AS present",
    " UNION ALL ",
    R"sql() AS named
  STRAIGHT_JOIN audit_clocks AS held
    ON held.jurisdiction = named.jurisdiction AND held.clock = named.clock
      AND held.started_at = named.started_at AND held.case_id = named.case_id
      AND held.started_by = named.started_by
  SET held.superseded_at = named.superseded_at
  WHERE held.superseded_at = named.present
)sql"};

inline constexpr ManyRows put_audit_clocks{
    R"sql(
  INSERT INTO audit_clocks (
    jurisdiction, clock, started_at, case_id, started_by, recorded_by, recorded_at, superseded_at,
    due_at, stopped_at, is_late, is_withdrawn, is_reopened, holder_unit, department, village,
    category, state)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ",
    "\n  ON DUPLICATE KEY UPDATE superseded_at = VALUES(superseded_at)"};

inline constexpr ManyRows put_audit_marks{
    R"sql(
  INSERT INTO audit_marks (
    case_id, sequence, kind, list, reason, jurisdiction, recorded_at, holder_unit, department,
    village, category)
  VALUES )sql",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", "\n  ON DUPLICATE KEY UPDATE kind = VALUES(kind)"};

constexpr std::string_view lock_case_sequence = R"sql(
  SELECT sequence FROM cases WHERE id = ? FOR UPDATE
)sql";

constexpr std::string_view sweep_audit_clocks = "\n  DELETE FROM audit_clocks LIMIT ?\n";
constexpr std::string_view sweep_audit_marks = "\n  DELETE FROM audit_marks LIMIT ?\n";

// ---- counting and listing clocks ----------------------------------------------------------------

// As AuditOutcome numbers them. Parameters: as of.
#define YIMEN_OUTCOME                                                                  \
  "CASE WHEN a.stopped_at IS NULL THEN 2 + coalesce(a.is_late, a.due_at < ?)\n"        \
  "     WHEN a.is_withdrawn = 0 THEN a.is_reopened = 1 OR a.is_late = 1\n"             \
  "     WHEN a.is_reopened = 1 AND a.is_late = 1 THEN 1\n"                             \
  "     ELSE 4 + a.is_late END\n"

#define YIMEN_VERSIONS_OF_IT                                                           \
  "  SELECT h.holder_unit FROM audit_clocks AS h\n"                                    \
  "  WHERE h.jurisdiction = a.jurisdiction AND h.clock = a.clock\n"                    \
  "    AND h.started_at = a.started_at AND h.case_id = a.case_id\n"                    \
  "    AND h.started_by = a.started_by\n"

// Who held it when it ran out, or completed it in vain; who held it first where it was put on
// record after that. Parameters: as of.
#define YIMEN_LATE_WITH                                                                \
  "CASE WHEN (" YIMEN_OUTCOME ") IN (1, 3) THEN coalesce((\n" YIMEN_VERSIONS_OF_IT     \
  "    AND h.recorded_at <= IF(coalesce(a.is_late, 1), a.due_at, a.stopped_at)\n"      \
  "  ORDER BY h.recorded_by DESC LIMIT 1), (\n" YIMEN_VERSIONS_OF_IT                   \
  "  ORDER BY h.recorded_by LIMIT 1)) ELSE '' END\n"

// Parameters: jurisdiction, clock, from, before, as of twice, each filter twice.
#define YIMEN_AUDITED                                                                  \
  "  WHERE a.jurisdiction = ? AND a.clock = ?\n"                                       \
  "    AND a.started_at >= ? AND a.started_at < ?\n"                                   \
  "    AND a.recorded_at <= ? AND a.superseded_at > ?\n"                               \
  "    AND (? IS NULL OR a.department = ?)\n"                                          \
  "    AND (? IS NULL OR a.village    = ?)\n"                                          \
  "    AND (? IS NULL OR a.category   = ?)\n"

// Parameters: grouping, as of twice, those of the range.
constexpr std::string_view count_audit_outcomes = R"sql(
  SELECT t.grouped, t.outcome, t.late_with, count(*)
  FROM (
    SELECT CASE ? WHEN 1 THEN a.department WHEN 2 THEN a.village WHEN 3 THEN a.category
                  ELSE '' END AS grouped,
)sql" YIMEN_OUTCOME " AS outcome, " YIMEN_LATE_WITH R"sql( AS late_with
    FROM audit_clocks AS a
)sql" YIMEN_AUDITED R"sql() AS t
  GROUP BY t.grouped, t.outcome, t.late_with
)sql";

// Parameters: as of three times, those of the range, as of, outcomes, unit, as of, unit.
#define YIMEN_AUDIT_LINE                                                               \
  "  SELECT a.case_id, c.procedure, c.number, c.state, a.clock, a.started_by, a.state,\n" \
  "         a.started_at, a.stopped_at, a.due_at, a.is_late, a.is_withdrawn, a.is_reopened,\n" \
  "         a.holder_unit, a.department, a.village, a.category,\n"                     \
  YIMEN_OUTCOME "," YIMEN_LATE_WITH ",\n"                                              \
  "         coalesce((SELECT m.reason FROM audit_marks AS m\n"                         \
  "                   WHERE m.case_id = a.case_id AND m.kind = 'late_reason'\n"        \
  "                     AND m.recorded_at > a.due_at AND m.recorded_at <= ?\n"         \
  "                   ORDER BY m.sequence LIMIT 1), '')\n"                             \
  "  FROM audit_clocks AS a FORCE INDEX (PRIMARY)\n"                                   \
  "  STRAIGHT_JOIN cases AS c ON c.id = a.case_id\n"                                   \
  YIMEN_AUDITED                                                                        \
  "    AND ((1 << (" YIMEN_OUTCOME ")) & ?) <> 0\n"                                    \
  "    AND (? IS NULL OR (" YIMEN_LATE_WITH ") = ?)\n"

// Further parameters: where the page before ended, how many.
constexpr std::string_view select_audit_lines = YIMEN_AUDIT_LINE R"sql(
    AND (a.started_at > ? OR (a.case_id, a.started_by) > (?, ?))
  ORDER BY a.started_at, a.case_id, a.started_by
  LIMIT ?
)sql";

constexpr std::string_view select_audit_lines_by_due = YIMEN_AUDIT_LINE R"sql(
    AND (a.due_at > ? OR (a.due_at = ? AND (a.case_id, a.clock, a.started_by) > (?, ?, ?)))
  ORDER BY a.due_at, a.case_id, a.started_by
  LIMIT ?
)sql";

#undef YIMEN_AUDIT_LINE
#undef YIMEN_AUDITED
#undef YIMEN_LATE_WITH
#undef YIMEN_VERSIONS_OF_IT
#undef YIMEN_OUTCOME

// ---- listing entries ----------------------------------------------------------------------------

constexpr std::string_view select_audit_marks = R"sql(
  SELECT m.case_id, c.number, m.list, m.kind, m.reason, m.sequence, m.recorded_at, m.holder_unit,
         m.department, m.village, m.category, j.bytes
  FROM audit_marks AS m FORCE INDEX (audit_marks_by_list)
  STRAIGHT_JOIN cases AS c ON c.id = m.case_id
  STRAIGHT_JOIN journal AS j ON j.case_id = m.case_id AND j.sequence = m.sequence
  WHERE m.jurisdiction = ? AND m.list = ? AND m.recorded_at >= ? AND m.recorded_at <= ?
    AND (? IS NULL OR m.department = ?)
    AND (m.recorded_at < ? OR (m.case_id, m.sequence) < (?, ?))
  ORDER BY m.recorded_at DESC, m.case_id DESC, m.sequence DESC, m.kind DESC
  LIMIT ?
)sql";

// ---- acts outside the journal of cases ----------------------------------------------------------

constexpr std::string_view insert_audited_act = R"sql(
  INSERT INTO audit_log (jurisdiction, list, action, account, subject, reason, trace_id, at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
)sql";

// By their place, which is the order in which they were told.
constexpr std::string_view select_audited_acts = R"sql(
  SELECT place, list, action, account, subject, reason, trace_id, at
  FROM audit_log
  WHERE jurisdiction = ? AND list = ? AND place < ?
    AND at >= ? AND at < ?
  ORDER BY place DESC
  LIMIT ?
)sql";

}  // namespace yimen::persistence::mysql
