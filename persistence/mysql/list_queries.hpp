// The SQL texts of lists of cases and the board; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::mysql {

// ---- lists of cases -----------------------------------------------------------------------------
// Each is one range of one index; what remains of a query is a filter on its rows. The filters come
// first and are bound twice each: whether there is one, and what it is.

#define YIMEN_FILTERS                                                     \
  "    (? IS NULL OR c.`procedure` = ?)\n"                                \
  "    AND (? IS NULL OR c.state = ?)\n"                                  \
  "    AND (? IS NULL OR c.department = ?)\n"                             \
  "    AND (? IS NULL OR c.village = ?)\n"                                \
  "    AND (? IS NULL OR c.category = ?)\n"                               \
  "    AND (? IS NULL OR c.holder_unit = ?)\n"                            \
  "    AND (? IS NULL OR c.due_at >= ?)\n"                                \
  "    AND (? IS NULL OR c.state_since >= ?)\n"                           \
  "    AND (? IS NULL OR c.state_since < ?)\n"                            \
  "    AND (? IS NULL OR (c.suspended_at IS NOT NULL) = ?)\n"             \
  "    AND (? IS NULL OR EXISTS (\n"                                      \
  "      SELECT 1 FROM clock_segments AS w\n"                             \
  "      WHERE w.case_id = c.id AND w.clock = ?\n"                        \
  "        AND w.stopped_at IS NULL AND w.superseded_at IS NULL))\n"

#define YIMEN_COLUMNS                                                                       \
  "  SELECT c.id, c.`procedure`, c.number, c.state, c.category, c.village, c.department,\n" \
  "         c.holder_unit, c.holder_person, c.emergency, c.is_closed, c.revision,\n"        \
  "         c.opened_at, c.state_since, c.due_at, c.suspended_at, c.subject, c.waits_for\n"

constexpr std::string_view select_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_due)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.due_at >= ? AND (c.due_at > ? OR c.id > ?)
  ORDER BY c.due_at, c.id
  LIMIT ?
)sql";

constexpr std::string_view select_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_opened)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.opened_at <= ? AND (c.opened_at < ? OR c.id < ?)
  ORDER BY c.opened_at DESC, c.id DESC
  LIMIT ?
)sql";

constexpr std::string_view select_unit_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM case_units AS u FORCE INDEX (case_units_by_due)
  STRAIGHT_JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = ? AND u.is_closed = ? AND u.due_at < ? AND u.opened_at >= ?
    AND u.due_at >= ? AND (u.due_at > ? OR u.case_id > ?)
    AND u.unit = ?
  ORDER BY u.due_at, u.case_id
  LIMIT ?
)sql";

constexpr std::string_view select_unit_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM case_units AS u FORCE INDEX (case_units_by_opened)
  STRAIGHT_JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = ? AND u.is_closed = ? AND u.due_at < ? AND u.opened_at >= ?
    AND u.opened_at <= ? AND (u.opened_at < ? OR u.case_id < ?)
    AND u.unit = ?
  ORDER BY u.opened_at DESC, u.case_id DESC
  LIMIT ?
)sql";

#define YIMEN_SEEN_BY                                                     \
  "    AND (? IS NULL OR EXISTS (\n"                                      \
  "      SELECT 1 FROM case_units AS u\n"                                 \
  "      WHERE u.case_id = c.id AND json_contains(?, json_quote(u.unit))))\n"

// What lies on a desk. A holder's unit sees the case, but the reader may be of another.
constexpr std::string_view select_desk_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_holder)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.due_at >= ? AND (c.due_at > ? OR c.id > ?)
    AND c.holder_unit = ?
    AND (? IS NULL OR c.holder_person = '' OR json_contains(?, json_quote(c.holder_person)))
    AND (? IS NULL OR json_contains(?, json_quote(concat(c.`procedure`, '/', c.state))) <> ?)
)sql" YIMEN_SEEN_BY R"sql(
  ORDER BY c.due_at, c.id
  LIMIT ?
)sql";

// A number or a person names few cases: they are all read, and put in order afterwards.
constexpr std::string_view select_cases_by_number = YIMEN_COLUMNS R"sql(
  FROM cases AS c FORCE INDEX (cases_by_number)
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
    AND c.number = ? AND c.number <> ''
    AND (? IS NULL OR EXISTS (
      SELECT 1 FROM case_persons AS p
      WHERE p.case_id = c.id AND p.person = ? AND (? IS NULL OR p.role = ?)))
)sql" YIMEN_SEEN_BY;

constexpr std::string_view select_cases_of_person = YIMEN_COLUMNS R"sql(
  FROM (SELECT DISTINCT case_id FROM case_persons FORCE INDEX (case_persons_by_person)
        WHERE jurisdiction = ? AND person = ? AND (? IS NULL OR role = ?)) AS p
  STRAIGHT_JOIN cases AS c ON c.id = p.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = ? AND c.is_closed = ? AND c.due_at < ? AND c.opened_at >= ?
)sql" YIMEN_SEEN_BY;

#undef YIMEN_SEEN_BY
#undef YIMEN_FILTERS
#undef YIMEN_COLUMNS

// ---- the board ----------------------------------------------------------------------------------

#define YIMEN_BOARD                                                                          \
  "  SELECT c.holder_unit, c.`procedure`, c.state,\n"                                        \
  "         CAST(sum(c.due_at < ?) AS SIGNED),\n"                                            \
  "         CAST(sum(c.due_at >= ? AND c.suspended_at IS NULL AND c.due_at < ?) AS SIGNED),\n" \
  "         CAST(sum(c.due_at >= ? AND c.suspended_at IS NOT NULL) AS SIGNED),\n"            \
  "         count(*),\n"                                                                     \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED),\n"                                      \
  "         CAST(sum(c.state_since >= ?) AS SIGNED)\n"

constexpr std::string_view count_board = YIMEN_BOARD R"sql(
  FROM cases AS c FORCE INDEX (cases_by_holder)
  WHERE c.jurisdiction = ? AND c.is_closed = 0
  GROUP BY c.holder_unit, c.`procedure`, c.state
)sql";

constexpr std::string_view count_board_of_units = YIMEN_BOARD R"sql(
  FROM (SELECT DISTINCT u.case_id
        FROM JSON_TABLE(?, '$[*]' COLUMNS (
          unit VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS wanted
        STRAIGHT_JOIN case_units AS u FORCE INDEX (case_units_by_due)
          ON u.unit = wanted.unit AND u.jurisdiction = ? AND u.is_closed = 0) AS seen
  STRAIGHT_JOIN cases AS c ON c.id = seen.case_id
  WHERE c.is_closed = 0
  GROUP BY c.holder_unit, c.`procedure`, c.state
  ORDER BY c.holder_unit, c.`procedure`, c.state
)sql";

#undef YIMEN_BOARD

constexpr std::string_view count_awaiting_sign_for = R"sql(
  SELECT c.holder_unit, c.`procedure`, c.state, count(DISTINCT c.id)
  FROM clock_segments AS w FORCE INDEX (clock_segments_running)
  STRAIGHT_JOIN cases AS c ON c.id = w.case_id
  WHERE w.jurisdiction = ?
    AND w.clock = 'sign_for' AND w.superseded_at IS NULL AND w.stopped_at IS NULL
    AND c.is_closed = 0
    AND (? IS NULL OR EXISTS (
      SELECT 1 FROM case_units AS u
      WHERE u.case_id = c.id AND json_contains(?, json_quote(u.unit))))
  GROUP BY c.holder_unit, c.`procedure`, c.state
)sql";

}  // namespace yimen::persistence::mysql
