// What a principal may do with the registry of people, by the posts they hold: a village's posts
// with their own village, the others with the township, administrators with nobody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/exchange.hpp"

namespace yimen::api {

struct PersonRights {
  bool township = false;              // sees everybody
  std::vector<std::string> villages;  // else those of these villages
  bool adds_in_township = false;
  bool full_names_in_township = false;
  bool reveals = false;               // whoever is seen, in full and with a reason

  // Whether there is anybody to see at all.
  [[nodiscard]] bool sees_some() const { return township || !villages.empty(); }
  [[nodiscard]] bool sees(std::string_view village) const;
  [[nodiscard]] bool adds(std::string_view village) const;
  [[nodiscard]] bool adds_some() const { return adds_in_township || !villages.empty(); }
  [[nodiscard]] bool sees_full_names(std::string_view village) const;
};

[[nodiscard]] PersonRights rights_of(const http::Principal& principal);

}  // namespace yimen::api
