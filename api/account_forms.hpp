// What a body about an account may hold.
#pragma once

#include "api/accounts.hpp"
#include "workflow/value.hpp"

namespace yimen::api {

[[nodiscard]] const workflow::Value& new_account_schema();
[[nodiscard]] const workflow::Value& account_change_schema();
[[nodiscard]] const workflow::Value& password_choice_schema();

// Of data that satisfies the schema.
[[nodiscard]] NewAccount new_account_from(const workflow::Value& form);
[[nodiscard]] AccountChange account_change_from(const workflow::Value& form);

}  // namespace yimen::api
