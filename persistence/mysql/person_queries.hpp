// The SQL texts of persons and households; see queries.hpp.
#pragma once

#include <string_view>

#include "persistence/mysql/many_rows.hpp"

namespace yimen::persistence::mysql {

// ---- persons and households ---------------------------------------------------------------------

constexpr std::string_view select_person_of_identity = R"sql(
  SELECT id FROM persons WHERE jurisdiction = ? AND identity_index = ?
)sql";

constexpr std::string_view select_person_there = R"sql(
  SELECT id FROM persons WHERE id = ?
)sql";

constexpr std::string_view insert_person = R"sql(
  INSERT INTO persons (
    jurisdiction, id, household, village, sealed, identity_index, wrapped_key, created_at)
  VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?)
)sql";

inline constexpr ManyRows insert_name_tokens{
    "\n  INSERT INTO person_name_tokens (jurisdiction, token, person) VALUES ", "(?, ?, ?)", ", ",
    " ON DUPLICATE KEY UPDATE token = VALUES(token)"};

#define YIMEN_PERSON                                                                        \
  "  SELECT p.id, p.household, p.village, p.sealed, coalesce(p.identity_index, ''),\n"      \
  "         p.wrapped_key, p.created_at,\n"                                                 \
  "         (SELECT json_arrayagg(token ORDER BY token)\n"                                  \
  "          FROM person_name_tokens WHERE person = p.id)\n"                                \
  "  FROM persons AS p\n"

constexpr std::string_view select_person = YIMEN_PERSON R"sql(
  WHERE p.id = ?
)sql";

constexpr std::string_view select_household_members = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.household = ?
  ORDER BY p.id
)sql";

constexpr std::string_view select_persons_by_identity = YIMEN_PERSON R"sql(
  WHERE p.jurisdiction = ? AND p.identity_index = ?
)sql";

constexpr std::string_view select_persons_by_tokens = YIMEN_PERSON R"sql(
  WHERE p.id IN (
    SELECT t.person
    FROM JSON_TABLE(?, '$[*]' COLUMNS (
      token VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS wanted
    STRAIGHT_JOIN person_name_tokens AS t ON t.jurisdiction = ? AND t.token = wanted.token
    GROUP BY t.person
    HAVING count(DISTINCT t.token) = ?)
  ORDER BY p.id
  LIMIT ?
)sql";

// Without what they are found by: for the names on a page.
constexpr std::string_view select_persons = R"sql(
  SELECT p.id, p.household, p.village, p.sealed, coalesce(p.identity_index, ''), p.wrapped_key,
         p.created_at, '[]'
  FROM (
    SELECT DISTINCT id
    FROM JSON_TABLE(?, '$[*]' COLUMNS (
      id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS listed) AS wanted
  STRAIGHT_JOIN persons AS p ON p.id = wanted.id
  ORDER BY p.id
)sql";

#undef YIMEN_PERSON

constexpr std::string_view select_household_there = R"sql(
  SELECT id FROM households WHERE id = ?
)sql";

constexpr std::string_view insert_household = R"sql(
  INSERT INTO households (jurisdiction, id, village, sealed, head, created_at)
  VALUES (?, ?, ?, ?, ?, ?)
)sql";

constexpr std::string_view select_household = R"sql(
  SELECT id, village, sealed, head, created_at FROM households WHERE id = ?
)sql";

}  // namespace yimen::persistence::mysql
