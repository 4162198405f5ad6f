// The program's version, as --version tells it.
#pragma once

#include <string_view>

namespace yimen::api {

constexpr std::string_view version = "0.1.0";

}  // namespace yimen::api
