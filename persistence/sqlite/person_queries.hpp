// The SQL texts of persons and households; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

// ---- persons and households ---------------------------------------------------------------------

constexpr std::string_view select_person_of_identity = R"sql(
  SELECT id FROM persons
  WHERE jurisdiction = ? AND identity_index = ? AND identity_index <> ''
)sql";

constexpr std::string_view insert_person = R"sql(
  INSERT INTO persons (
    jurisdiction, id, household, village, sealed, identity_index, wrapped_key, created_at)
  VALUES (?, ?, ?, ?, coalesce(?, x''), ?, coalesce(?, x''), ?)
  ON CONFLICT (id) DO NOTHING
)sql";

constexpr std::string_view insert_name_token = R"sql(
  INSERT INTO person_name_tokens (jurisdiction, token, person) VALUES (?, ?, ?)
  ON CONFLICT DO NOTHING
)sql";

#define YIMEN_PERSON                                                                  \
  "  SELECT p.id, p.household, p.village, p.sealed, p.identity_index, p.wrapped_key,\n" \
  "         p.created_at,\n"                                                          \
  "         (SELECT json_group_array(token) FROM\n"                                   \
  "           (SELECT token FROM person_name_tokens WHERE person = p.id ORDER BY token))\n" \
  "  FROM persons AS p\n"

constexpr std::string_view select_person = YIMEN_PERSON R"sql(
  WHERE p.id = :id
)sql";

constexpr std::string_view select_household_members = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.household = ?
  ORDER BY p.id
)sql";

constexpr std::string_view select_persons_by_identity = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.identity_index = ? AND p.identity_index <> ''
)sql";

constexpr std::string_view select_persons_by_tokens = YIMEN_PERSON R"sql(
  WHERE p.id IN (
    SELECT person
    FROM person_name_tokens
    WHERE jurisdiction = ?1 AND token IN (SELECT value FROM json_each(?2))
    GROUP BY person
    HAVING count(*) = (SELECT count(DISTINCT value) FROM json_each(?2)))
  ORDER BY p.id
  LIMIT ?3
)sql";

// Without what they are found by: for the names on a page.
constexpr std::string_view select_persons = R"sql(
  SELECT id, household, village, sealed, identity_index, wrapped_key, created_at, '[]'
  FROM persons
  WHERE id IN (SELECT value FROM json_each(:ids))
  ORDER BY id
)sql";

#undef YIMEN_PERSON

constexpr std::string_view insert_household = R"sql(
  INSERT INTO households (jurisdiction, id, village, sealed, head, created_at)
  VALUES (?, ?, ?, coalesce(?, x''), ?, ?)
  ON CONFLICT (id) DO NOTHING
)sql";

constexpr std::string_view select_household = R"sql(
  SELECT id, village, sealed, head, created_at FROM households WHERE id = ?
)sql";

}  // namespace yimen::persistence::sqlite
