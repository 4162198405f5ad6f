// Which passwords are accepted: long enough, not common, not the log-in name. No rules about kinds
// of characters, and nobody is made to change a password after some time (NIST SP 800-63B).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/form.hpp"

namespace yimen::api {

// What is wrong with the password, pointing at /password; empty for a good one.
[[nodiscard]] std::vector<workflow::Finding> password_findings(std::string_view password,
                                                               std::string_view account_name);

}  // namespace yimen::api
