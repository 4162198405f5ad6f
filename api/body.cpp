#include "api/body.hpp"

#include <algorithm>
#include <charconv>

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using workflow::Object;
using workflow::Value;

bool is_of(const Value& value, MemberKind kind) {
  switch (kind) {
    case MemberKind::text: return value.is_string();
    case MemberKind::object: return value.is_object();
    case MemberKind::array: return value.is_array();
    case MemberKind::integer: return value.is_integer();
    case MemberKind::boolean: return value.is_bool();
  }
  return false;
}

}  // namespace

Result<Value, Problem> body_with(const http::Request& request,
                                 std::initializer_list<Member> members) {
  auto body = http::json_body(request);
  if (!body) return refuse(std::move(body.error()));
  Problem problem{.code = ProblemCode::invalid_member};
  for (const auto& [name, value] : body->members()) {
    const bool known = std::any_of(members.begin(), members.end(),
                                   [&](const Member& member) { return member.name == name; });
    if (known) continue;
    problem.code = ProblemCode::unknown_member;
    problem.refusals.push_back({"unknown_member", {}, "/" + name, {}});
  }
  for (const Member& member : members) {
    const Value& value = (*body)[member.name];
    const std::string pointer = "/" + std::string(member.name);
    if (value.is_null()) {
      if (member.required) problem.refusals.push_back({"required", {}, pointer, {}});
    } else if (!is_of(value, member.kind)) {
      problem.refusals.push_back({"wrong_type", {}, pointer, {}});
    }
  }
  if (!problem.refusals.empty()) return refuse(std::move(problem));
  return std::move(*body);
}

Problem invalid_parameter(std::string_view name) {
  return {.code = ProblemCode::invalid_parameter, .params = Object{{"name", name}}};
}

std::optional<Problem> unknown_parameter(const http::Request& request,
                                         std::initializer_list<std::string_view> names) {
  for (const auto& field : request.query) {
    if (std::find(names.begin(), names.end(), field.name) == names.end()) {
      return invalid_parameter(field.name);
    }
  }
  return std::nullopt;
}

Result<int, Problem> limit_of(const http::Request& request) {
  constexpr int usual = 50;
  constexpr int largest = 200;
  const std::string* text = request.query.find("limit");
  if (text == nullptr) return usual;
  int limit = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
  const bool whole = error == std::errc{} && end == text->data() + text->size();
  if (!whole || limit < 1 || limit > largest) return refuse(invalid_parameter("limit"));
  return limit;
}

}  // namespace yimen::api
