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

std::string_view name_of(MemberKind kind) {
  switch (kind) {
    case MemberKind::text: return "string";
    case MemberKind::object: return "object";
    case MemberKind::array: return "array";
    case MemberKind::integer: return "integer";
    case MemberKind::boolean: return "boolean";
  }
  return {};
}

// A key that looks like one of ours may be named; any other might be somebody's name or number.
bool is_nameable(std::string_view key) {
  return key.size() <= 40 && std::all_of(key.begin(), key.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || letter == '_';
         });
}

}  // namespace

Result<Value, Problem> body_with(const http::Request& request,
                                 std::initializer_list<Member> members) {
  auto body = http::json_body(request);
  if (!body) return refuse(std::move(body.error()));
  if (auto problem = problem_with_members(*body, {}, members)) return refuse(std::move(*problem));
  return std::move(*body);
}

std::optional<Problem> problem_with_members(const Value& object, const std::string& pointer,
                                            std::initializer_list<Member> members) {
  Problem problem{.code = ProblemCode::invalid_member};
  for (const auto& [name, value] : object.members()) {
    const bool known = std::any_of(members.begin(), members.end(),
                                   [&](const Member& member) { return member.name == name; });
    if (known) continue;
    problem.code = ProblemCode::unknown_member;
    problem.refusals.push_back(
        {"unknown_member", {}, is_nameable(name) ? pointer + "/" + name : pointer, {}});
  }
  for (const Member& member : members) {
    const Value& value = object[member.name];
    const std::string place = pointer + "/" + std::string(member.name);
    if (!object.has(member.name)) {
      if (member.required) problem.refusals.push_back({"required", {}, place, {}});
    } else if (!is_of(value, member.kind)) {
      problem.refusals.push_back({"wrong_type", {}, place, {{"expected", name_of(member.kind)}}});
    }
  }
  if (problem.refusals.empty()) return std::nullopt;
  problem.params.set("member", problem.refusals.front().pointer);
  return problem;
}

Problem invalid_parameter(std::string_view name) {
  return {.code = ProblemCode::invalid_parameter, .params = Object{{"parameter", name}}};
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
