// One page of a list: its items, and the way to the next page both in the body and as a Link.
#pragma once

#include <string>
#include <string_view>

#include "api/http/exchange.hpp"

namespace yimen::api {

// `next` is empty on the last page; else it goes into the query parameter `parameter`.
[[nodiscard]] http::Response page_of(const http::Request& request, workflow::Array items,
                                     std::string_view parameter, const std::string& next);

}  // namespace yimen::api
