#include "api/person_rights.hpp"

#include <algorithm>
#include <array>

namespace yimen::api {

namespace {

struct Row {
  std::string_view post;
  bool own_village;
  bool township;
  bool adds;
  bool full_names;
  bool reveals;
};

// A post that is not in the table may do nothing.
// clang-format off
constexpr std::array<Row, 13> table{{
    // post                  own    township adds   names  reveals
    {"village_worker",       true,  false,   true,  true,  false},
    {"village_commander",    true,  false,   true,  true,  false},
    {"station_clerk",        false, true,    true,  true,  true},
    {"station_director",     false, true,    true,  true,  true},
    {"deputy_commander",     false, true,    false, true,  false},
    {"commander",            false, true,    false, true,  false},
    {"hotline_operator",     false, true,    true,  true,  false},
    {"platform_supervisor",  false, true,    false, true,  false},
    {"department_clerk",     false, true,    true,  true,  true},
    {"department_head",      false, true,    true,  true,  true},
    {"finance_clerk",        false, true,    false, true,  true},
    {"county_liaison",       false, true,    false, false, false},
    {"auditor",              false, true,    false, true,  false},
}};
// clang-format on

}  // namespace

bool PersonRights::sees(std::string_view village) const {
  return township || std::ranges::find(villages, village) != villages.end();
}

bool PersonRights::adds(std::string_view village) const {
  return adds_in_township || std::ranges::find(villages, village) != villages.end();
}

bool PersonRights::sees_full_names(std::string_view village) const {
  return full_names_in_township || std::ranges::find(villages, village) != villages.end();
}

PersonRights rights_of(const http::Principal& principal) {
  PersonRights rights;
  for (const http::Post& held : principal.posts) {
    const auto row = std::ranges::find(table, held.post, &Row::post);
    if (row == table.end()) continue;
    const bool is_new =
        std::ranges::find(rights.villages, held.unit) == rights.villages.end();
    if (row->own_village && is_new) rights.villages.push_back(held.unit);
    rights.township = rights.township || row->township;
    rights.adds_in_township = rights.adds_in_township || (row->township && row->adds);
    rights.full_names_in_township =
        rights.full_names_in_township || (row->township && row->full_names);
    rights.reveals = rights.reveals || row->reveals;
  }
  return rights;
}

}  // namespace yimen::api
