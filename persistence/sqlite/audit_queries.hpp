// The SQL texts of what auditors count and list; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

// ---- writing ------------------------------------------------------------------------------------

constexpr std::string_view supersede_audit_clock = R"sql(
  UPDATE audit_clocks
  SET superseded_at = :now
  WHERE jurisdiction = :jurisdiction AND clock = :clock AND started_at = :started_at
    AND case_id = :case_id AND started_by = :started_by AND superseded_at = :never
)sql";

constexpr std::string_view put_audit_clock = R"sql(
  INSERT INTO audit_clocks (
    jurisdiction, clock, started_at, case_id, started_by, recorded_by, recorded_at, superseded_at,
    due_at, stopped_at, is_late, is_withdrawn, is_reopened, holder_unit, department, village,
    category, state)
  VALUES (
    :jurisdiction, :clock, :started_at, :case_id, :started_by, :recorded_by, :recorded_at,
    :superseded_at, :due_at, :stopped_at, :is_late, :is_withdrawn, :is_reopened, :holder_unit,
    :department, :village, :category, :state)
  ON CONFLICT (jurisdiction, clock, started_at, case_id, started_by, recorded_by)
  DO UPDATE SET superseded_at = excluded.superseded_at
)sql";

constexpr std::string_view put_audit_mark = R"sql(
  INSERT INTO audit_marks (
    case_id, sequence, kind, list, reason, jurisdiction, recorded_at, holder_unit, department,
    village, category)
  VALUES (
    :case_id, :sequence, :kind, :list, :reason, :jurisdiction, :recorded_at, :holder_unit,
    :department, :village, :category)
  ON CONFLICT (case_id, sequence, kind) DO NOTHING
)sql";

// ---- counting and listing clocks ----------------------------------------------------------------

// As AuditOutcome numbers them.
#define YIMEN_OUTCOME                                                                  \
  "CASE WHEN a.stopped_at IS NULL THEN 2 + coalesce(a.is_late, a.due_at < :as_of)\n"   \
  "     WHEN a.is_withdrawn = 0 THEN a.is_reopened = 1 OR a.is_late = 1\n"             \
  "     WHEN a.is_reopened = 1 AND a.is_late = 1 THEN 1\n"                             \
  "     ELSE 4 + a.is_late END\n"

#define YIMEN_VERSIONS_OF_IT                                                           \
  "  SELECT h.holder_unit FROM audit_clocks AS h\n"                                    \
  "  WHERE h.jurisdiction = a.jurisdiction AND h.clock = a.clock\n"                    \
  "    AND h.started_at = a.started_at AND h.case_id = a.case_id\n"                    \
  "    AND h.started_by = a.started_by\n"

// Who held it when it ran out, or completed it in vain; who held it first where it was put on
// record after that.
#define YIMEN_LATE_WITH                                                                \
  "CASE WHEN (" YIMEN_OUTCOME ") IN (1, 3) THEN coalesce((\n" YIMEN_VERSIONS_OF_IT     \
  "    AND h.recorded_at <= iif(coalesce(a.is_late, 1), a.due_at, a.stopped_at)\n"     \
  "  ORDER BY h.recorded_by DESC LIMIT 1), (\n" YIMEN_VERSIONS_OF_IT                   \
  "  ORDER BY h.recorded_by LIMIT 1)) ELSE '' END\n"

#define YIMEN_AUDITED                                                                  \
  "  WHERE a.jurisdiction = :jurisdiction AND a.clock = :clock\n"                      \
  "    AND a.started_at >= :from AND a.started_at < :before\n"                         \
  "    AND a.recorded_at <= :as_of AND a.superseded_at > :as_of\n"                     \
  "    AND (:department IS NULL OR a.department = :department)\n"                      \
  "    AND (:village    IS NULL OR a.village    = :village)\n"                         \
  "    AND (:category   IS NULL OR a.category   = :category)\n"

// A row a clock: they are summed up by the reader, who need not sort them.
constexpr std::string_view select_audit_outcomes = R"sql(
  SELECT CASE :by WHEN 1 THEN a.department WHEN 2 THEN a.village WHEN 3 THEN a.category ELSE '' END,
)sql" YIMEN_OUTCOME "," YIMEN_LATE_WITH R"sql(, 1
  FROM audit_clocks AS a
)sql" YIMEN_AUDITED;

#define YIMEN_AUDIT_LINE                                                               \
  "  SELECT a.case_id, c.procedure, c.number, c.state, a.clock, a.started_by, a.state,\n" \
  "         a.started_at, a.stopped_at, a.due_at, a.is_late, a.is_withdrawn, a.is_reopened,\n" \
  "         a.holder_unit, a.department, a.village, a.category,\n"                     \
  YIMEN_OUTCOME "," YIMEN_LATE_WITH ",\n"                                              \
  "         coalesce((SELECT m.reason FROM audit_marks AS m\n"                         \
  "                   WHERE m.case_id = a.case_id AND m.kind = 'late_reason'\n"        \
  "                     AND m.recorded_at > a.due_at AND m.recorded_at <= :as_of\n"    \
  "                   ORDER BY m.sequence LIMIT 1), '')\n"                             \
  "  FROM audit_clocks AS a\n"                                                         \
  "  CROSS JOIN cases AS c ON c.id = a.case_id\n"                                      \
  YIMEN_AUDITED                                                                        \
  "    AND ((1 << (" YIMEN_OUTCOME ")) & :outcomes) <> 0\n"                            \
  "    AND (:late_with IS NULL OR (" YIMEN_LATE_WITH ") = :late_with)\n"

// `:from` is where the page before ended.
constexpr std::string_view select_audit_lines = YIMEN_AUDIT_LINE R"sql(
    AND (a.started_at > :from OR (a.case_id, a.started_by) > (:after_case, :after_start))
  ORDER BY a.started_at, a.case_id, a.started_by
  LIMIT :limit
)sql";

constexpr std::string_view select_audit_lines_by_due = YIMEN_AUDIT_LINE R"sql(
    AND (a.due_at > :after_due OR (
      a.due_at = :after_due
      AND (a.case_id, a.clock, a.started_by) > (:after_case, :after_clock, :after_start)))
  ORDER BY a.due_at, a.case_id, a.started_by
  LIMIT :limit
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
  FROM audit_marks AS m
  CROSS JOIN cases AS c ON c.id = m.case_id
  CROSS JOIN journal AS j ON j.case_id = m.case_id AND j.sequence = m.sequence
  WHERE m.jurisdiction = :jurisdiction AND m.list = :list
    AND m.recorded_at >= :from AND m.recorded_at <= :until
    AND (:department IS NULL OR m.department = :department)
    AND (m.recorded_at < :until OR (m.case_id, m.sequence) < (:after_case, :after_sequence))
  ORDER BY m.recorded_at DESC, m.case_id DESC, m.sequence DESC, m.kind DESC
  LIMIT :limit
)sql";

// ---- acts outside the journal of cases ----------------------------------------------------------

constexpr std::string_view insert_audited_act = R"sql(
  INSERT INTO audit_log (jurisdiction, list, action, account, subject, reason, trace_id, at)
  VALUES (:jurisdiction, :list, :action, :account, :subject, :reason, :trace_id, :at)
)sql";

// By their place, which is the order in which they were told.
constexpr std::string_view select_audited_acts = R"sql(
  SELECT place, list, action, account, subject, reason, trace_id, at
  FROM audit_log
  WHERE jurisdiction = :jurisdiction AND list = :list AND place < :after
    AND at >= :from AND at < :before
  ORDER BY place DESC
  LIMIT :limit
)sql";

}  // namespace yimen::persistence::sqlite
