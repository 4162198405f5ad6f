// Reading a request's body and query: what is not asked for is refused, all of it at once.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/exchange.hpp"

namespace yimen::api {

enum class MemberKind { text, object, array, integer, boolean };

struct Member {
  std::string_view name;
  MemberKind kind = MemberKind::text;
  bool required = false;
};

// The body as an object with these members and no others. unknown_member or invalid_member with a
// pointer for each fault, null among them; malformed_json where it is no object.
[[nodiscard]] Result<workflow::Value, http::Problem> body_with(
    const http::Request& request, std::initializer_list<Member> members);

// The same of an object within a body, whose place is `pointer`; nothing when it is so.
[[nodiscard]] std::optional<http::Problem> problem_with_members(
    const workflow::Value& object, const std::string& pointer,
    std::initializer_list<Member> members);

// invalid_parameter for a query parameter that is not among these.
[[nodiscard]] std::optional<http::Problem> unknown_parameter(
    const http::Request& request, std::initializer_list<std::string_view> names);

[[nodiscard]] http::Problem invalid_parameter(std::string_view name);

// `limit` of the query, 1 to 200; 50 where absent.
[[nodiscard]] Result<int, http::Problem> limit_of(const http::Request& request);

}  // namespace yimen::api
