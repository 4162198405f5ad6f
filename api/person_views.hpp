// What a reader is shown of people: masked as a rule, in full when it was revealed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/person_form.hpp"
#include "api/person_rights.hpp"
#include "persistence/store.hpp"
#include "workflow/value.hpp"

namespace yimen::api {

struct Person {
  persistence::PersonRow row;
  std::optional<PersonFacts> facts;  // nothing once the person's key is destroyed
};

// Name (in full where the rights say so), 999999********123X, 138****5678, the year of birth.
[[nodiscard]] workflow::Value masked_view(const Person& person, const PersonRights& rights);
// The name as it is shown to the reader; the facts must be there.
[[nodiscard]] std::string shown_name(const Person& person, const PersonRights& rights);
// Everything; the facts must be there.
[[nodiscard]] workflow::Value full_view(const Person& person);

// 张*三, 李*.
[[nodiscard]] std::string masked_name(std::string_view name);
[[nodiscard]] std::string masked_number(std::string_view type, std::string_view number);
[[nodiscard]] std::string masked_phone(std::string_view phone);

}  // namespace yimen::api
