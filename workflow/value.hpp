// A JSON value in the project's canonical form: no floating point, members sorted by key.
// Decimals travel as strings; an integer lies within +-2^53. Equal values have equal bytes. Copies
// share their arrays and objects until one of them is changed: a copy costs a count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "workflow/result.hpp"
#include "workflow/shared.hpp"

namespace yimen::workflow {

class Value;

// Members in ascending byte order of their keys, each key once.
class Object {
 public:
  using Member = std::pair<std::string, Value>;

  Object() = default;
  Object(std::initializer_list<Member> members);
  // Takes members that are in order.
  explicit Object(std::vector<Member> sorted) : members_(std::move(sorted)) {}

  [[nodiscard]] const Value* find(std::string_view key) const;
  // Adds the member or replaces its value.
  void set(std::string_view key, Value value);
  // False when there is no such member.
  bool erase(std::string_view key);

  [[nodiscard]] bool empty() const { return all().empty(); }
  [[nodiscard]] std::size_t size() const { return all().size(); }
  [[nodiscard]] std::vector<Member>::const_iterator begin() const;
  [[nodiscard]] std::vector<Member>::const_iterator end() const;

  bool operator==(const Object&) const;

 private:
  [[nodiscard]] const std::vector<Member>& all() const { return members_.read(); }

  Shared<std::vector<Member>> members_;
};

using Array = std::vector<Value>;

class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool value) : content_(value) {}
  Value(int value) : content_(std::int64_t{value}) {}
  Value(std::int64_t value) : content_(value) {}
  Value(const char* value) : content_(std::string(value)) {}
  Value(std::string_view value) : content_(std::string(value)) {}
  Value(std::string value) : content_(std::move(value)) {}
  Value(Array value) : content_(Shared<Array>(std::move(value))) {}
  Value(Object value) : content_(std::move(value)) {}

  [[nodiscard]] bool is_null() const { return content_.index() == 0; }
  [[nodiscard]] bool is_bool() const { return content_.index() == 1; }
  [[nodiscard]] bool is_integer() const { return content_.index() == 2; }
  [[nodiscard]] bool is_string() const { return content_.index() == 3; }
  [[nodiscard]] bool is_array() const { return content_.index() == 4; }
  [[nodiscard]] bool is_object() const { return content_.index() == 5; }

  // Each answers an empty value of its kind when the content is of another kind.
  [[nodiscard]] bool truth() const;
  [[nodiscard]] std::int64_t integer(std::int64_t otherwise = 0) const;
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] const Array& items() const;
  [[nodiscard]] const Object& members() const;

  // The member of an object; the null value where there is none.
  [[nodiscard]] const Value& operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return members().find(key) != nullptr; }

  // Turns the value into an empty array or object first when it is something else.
  Array& make_array();
  Object& make_object();

  bool operator==(const Value&) const;

 private:
  std::variant<std::monostate, bool, std::int64_t, std::string, Shared<Array>, Object> content_;
};

inline std::vector<Object::Member>::const_iterator Object::begin() const { return all().begin(); }
inline std::vector<Object::Member>::const_iterator Object::end() const { return all().end(); }

// Why a text is not a value of ours. `code` is one of malformed_json, duplicate_member,
// number_out_of_range, too_deep; `offset` counts bytes from the start of the text.
struct ParseProblem {
  std::string code;
  std::size_t offset = 0;
  bool operator==(const ParseProblem&) const = default;
};

// Reads one JSON text (RFC 8259) and nothing behind it. Refused: invalid UTF-8, duplicate members,
// fractions, exponents and integers beyond +-2^53, more than 32 levels.
[[nodiscard]] Result<Value, ParseProblem> parse(std::string_view text);

// The canonical bytes: no spaces, sorted members, shortest escapes.
[[nodiscard]] std::string canonical(const Value& value);

}  // namespace yimen::workflow
