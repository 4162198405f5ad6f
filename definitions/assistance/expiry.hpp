// What the system writes into the form of an event that expiry itself takes.
#pragma once

#include <string_view>

#include "workflow/case.hpp"
#include "workflow/edition.hpp"

namespace yimen::definitions::assistance {

[[nodiscard]] workflow::Value expiry_data(const workflow::Case& subject, std::string_view event,
                                          const workflow::Edition& edition);

}  // namespace yimen::definitions::assistance
