// The named formats of forms, checked in code where a pattern would not do: a check digit, a date
// that exists. Pure shape: whether a person, unit or document exists is judged elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "workflow/value.hpp"

namespace yimen::workflow {

// GB 11643: 18 characters, a date that exists, a correct check digit; a lower-case x is accepted.
// Nothing when it is one, else identity_number, identity_number_date, identity_number_check_digit
// or masked_value. Birth dates in the future are not judged: the core has no clock.
[[nodiscard]] std::optional<std::string> identity_number_problem(std::string_view text);

// The code of what is wrong with a text of a named format; nothing when it is well formed.
[[nodiscard]] std::optional<std::string> format_problem(std::string_view format,
                                                        std::string_view text);

// "1234.50": at most twelve digits, two decimals, not negative.
[[nodiscard]] bool is_money_amount(std::string_view text);
// {"amount": "1234.50", "currency": "CNY"} and no other member.
[[nodiscard]] bool is_money(const Value& value);

}  // namespace yimen::workflow
