// The SQL texts of lists of cases and the board; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

// ---- lists of cases -----------------------------------------------------------------------------
// Each is one range of one index; what remains of a query is a filter on its rows. The optional
// filters come first, so that the parameters of all six begin alike.

#define YIMEN_FILTERS                                                       \
  "    (:procedure   IS NULL OR c.procedure   = :procedure)\n"              \
  "    AND (:state       IS NULL OR c.state       = :state)\n"              \
  "    AND (:department  IS NULL OR c.department  = :department)\n"         \
  "    AND (:village     IS NULL OR c.village     = :village)\n"            \
  "    AND (:category    IS NULL OR c.category    = :category)\n"           \
  "    AND (:holder_unit IS NULL OR c.holder_unit = :holder_unit)\n"       \
  "    AND (:due_from        IS NULL OR c.due_at >= :due_from)\n"           \
  "    AND (:in_state_from   IS NULL OR c.state_since >= :in_state_from)\n" \
  "    AND (:in_state_before IS NULL OR c.state_since < :in_state_before)\n" \
  "    AND (:is_suspended    IS NULL OR (c.suspended_at IS NOT NULL) = :is_suspended)\n" \
  "    AND (:waits_for       IS NULL OR EXISTS (\n"                         \
  "      SELECT 1 FROM clock_segments AS w\n"                              \
  "      WHERE w.case_id = c.id AND w.clock = :waits_for\n"                \
  "        AND w.stopped_at IS NULL AND w.superseded_at IS NULL))\n"

// Whether one of the units may see the case; each is one look into their list.
#define YIMEN_SEEN                                                          \
  "    (:units IS NULL OR EXISTS (\n"                                       \
  "      SELECT 1 FROM case_units_by_due AS u\n"                            \
  "      WHERE u.jurisdiction = c.jurisdiction\n"                           \
  "        AND u.unit IN (SELECT value FROM json_each(:units))\n"           \
  "        AND u.is_closed = c.is_closed AND u.due_at = c.due_at AND u.case_id = c.id))\n"

#define YIMEN_COLUMNS                                                       \
  "  SELECT c.id, c.procedure, c.number, c.state, c.category, c.village, c.department,\n" \
  "         c.holder_unit, c.holder_person, c.emergency, c.is_closed, c.revision,\n"      \
  "         c.opened_at, c.state_since, c.due_at, c.suspended_at, c.subject, c.waits_for\n"

constexpr std::string_view select_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND c.is_closed = :is_closed
    AND c.due_at < :due_before AND c.opened_at >= :opened_from
    AND (c.due_at, c.id) > (:after_key, :after_id)
  ORDER BY c.due_at, c.id
  LIMIT :limit
)sql";

constexpr std::string_view select_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND c.is_closed = :is_closed
    AND c.due_at < :due_before AND c.opened_at >= :opened_from
    AND (c.opened_at, c.id) < (:after_key, :after_id)
  ORDER BY c.opened_at DESC, c.id DESC
  LIMIT :limit
)sql";

constexpr std::string_view select_unit_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM case_units_by_due AS u
  CROSS JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = :jurisdiction AND u.is_closed = :is_closed
    AND u.due_at < :due_before AND c.opened_at >= :opened_from
    AND (u.due_at, u.case_id) > (:after_key, :after_id)
    AND u.unit = :unit
  ORDER BY u.due_at, u.case_id
  LIMIT :limit
)sql";

constexpr std::string_view select_unit_cases_by_opened = YIMEN_COLUMNS R"sql(
  FROM case_units_by_opened AS u
  CROSS JOIN cases AS c ON c.id = u.case_id
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND u.jurisdiction = :jurisdiction AND u.is_closed = :is_closed
    AND c.due_at < :due_before AND u.opened_at >= :opened_from
    AND (u.opened_at, u.case_id) < (:after_key, :after_id)
    AND u.unit = :unit
  ORDER BY u.opened_at DESC, u.case_id DESC
  LIMIT :limit
)sql";

// What lies on a desk. A holder's unit sees the case, but the reader may be of another.
constexpr std::string_view select_desk_cases_by_due = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND c.is_closed = :is_closed
    AND c.due_at < :due_before AND c.opened_at >= :opened_from
    AND (c.due_at, c.id) > (:after_key, :after_id)
    AND c.holder_unit = :unit
    AND (:persons IS NULL OR c.holder_person = ''
         OR c.holder_person IN (SELECT value FROM json_each(:persons)))
    AND (:states IS NULL
         OR (c.procedure || '/' || c.state IN (SELECT value FROM json_each(:states)))
            <> :in_other_states)
    AND
)sql" YIMEN_SEEN R"sql(
  ORDER BY c.due_at, c.id
  LIMIT :limit
)sql";

// A number or a person names few cases: they are all read, and put in order afterwards.
// The plus signs keep SQLite from choosing an index of the other lists.
constexpr std::string_view select_cases_by_number = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND c.jurisdiction = :jurisdiction AND +c.is_closed = :is_closed
    AND +c.due_at < :due_before AND +c.opened_at >= :opened_from
    AND c.number = :number AND c.number <> ''
    AND (:person IS NULL OR EXISTS (
      SELECT 1 FROM case_persons AS p
      WHERE p.jurisdiction = c.jurisdiction AND p.person = :person AND p.case_id = c.id
        AND (:person_role IS NULL OR p.role = :person_role)))
    AND
)sql" YIMEN_SEEN;

constexpr std::string_view select_cases_of_person = YIMEN_COLUMNS R"sql(
  FROM cases AS c
  WHERE
)sql" YIMEN_FILTERS R"sql(
    AND +c.jurisdiction = :jurisdiction AND +c.is_closed = :is_closed
    AND +c.due_at < :due_before AND +c.opened_at >= :opened_from
    AND c.id IN (SELECT case_id FROM case_persons
                 WHERE jurisdiction = :jurisdiction AND person = :person
                   AND (:person_role IS NULL OR role = :person_role))
    AND
)sql" YIMEN_SEEN;

#undef YIMEN_FILTERS
#undef YIMEN_COLUMNS

// ---- the board ----------------------------------------------------------------------------------

#define YIMEN_BOARD                                                                             \
  "  SELECT c.holder_unit, c.procedure, c.state,\n"                                            \
  "         sum(c.due_at < :now),\n"                                                           \
  "         sum(c.due_at >= :now AND c.suspended_at IS NULL AND c.due_at < :amber_before),\n"  \
  "         sum(c.due_at >= :now AND c.suspended_at IS NOT NULL),\n"                           \
  "         count(*),\n"                                                                       \
  "         sum(c.state_since >= :age_0), sum(c.state_since >= :age_1),\n"                     \
  "         sum(c.state_since >= :age_2), sum(c.state_since >= :age_3),\n"                     \
  "         sum(c.state_since >= :age_4)\n"

constexpr std::string_view count_board = YIMEN_BOARD R"sql(
  FROM cases AS c
  WHERE c.jurisdiction = :jurisdiction AND c.is_closed = 0
  GROUP BY c.holder_unit, c.procedure, c.state
)sql";

constexpr std::string_view count_board_of_units = YIMEN_BOARD R"sql(
  FROM cases AS c
  WHERE c.id IN (
      SELECT case_id FROM case_units_by_due
      WHERE jurisdiction = :jurisdiction AND is_closed = 0
        AND unit IN (SELECT value FROM json_each(:units)))
    AND c.is_closed = 0
  GROUP BY c.holder_unit, c.procedure, c.state
)sql";

#undef YIMEN_BOARD

// The name of the clock is that of its index: nobody knows better how few these are.
constexpr std::string_view count_awaiting_sign_for = R"sql(
  SELECT c.holder_unit, c.procedure, c.state, count(DISTINCT c.id)
  FROM clock_segments AS w INDEXED BY clock_segments_awaiting_sign_for
  CROSS JOIN cases AS c ON c.id = w.case_id
  WHERE w.jurisdiction = :jurisdiction
    AND w.clock = 'sign_for' AND w.stopped_at IS NULL AND w.superseded_at IS NULL
    AND c.is_closed = 0
    AND
)sql" YIMEN_SEEN R"sql(
  GROUP BY c.holder_unit, c.procedure, c.state
)sql";

#undef YIMEN_SEEN

}  // namespace yimen::persistence::sqlite
