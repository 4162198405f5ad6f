// What a person may see and act on, by the posts they hold: villages their village, departments
// what is shown to them, the station, the county and auditors the township, administrators no case.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/http/exchange.hpp"
#include "workflow/case.hpp"

namespace yimen::api {

struct Scope {
  bool township = false;            // sees every case
  std::vector<std::string> units;   // else the cases shown to one of these

  [[nodiscard]] bool sees(const workflow::Case& subject) const;
  // As a filter for lists: absent for the whole township.
  [[nodiscard]] std::optional<std::vector<std::string>> filter() const;
};

[[nodiscard]] Scope scope_of(const http::Principal& principal);

// Whether some post of the principal's may read personal texts of the cases that it sees.
[[nodiscard]] bool reads_personal_texts(const http::Principal& principal);

[[nodiscard]] workflow::Actor actor_of(const http::Principal& principal, const http::Post& post);

}  // namespace yimen::api
