// Reads the members of one JSON object of a definition, notes what is wrong and goes on, so that
// all findings come at once. Members that nobody asked for are findings of `finish`.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/form.hpp"
#include "workflow/value.hpp"

namespace yimen::definitions {

using workflow::Finding;

enum class Presence { required, optional };

// A reference token of a JSON Pointer (RFC 6901), with its slash.
[[nodiscard]] std::string pointer_token(std::string_view key);

class ObjectReader {
 public:
  // Neither the value nor the findings may go away before the reader.
  ObjectReader(const workflow::Value& value, std::string pointer, std::vector<Finding>& findings);

  // Each answers an empty value where the member is absent or wrong.
  std::string text(std::string_view key, Presence presence = Presence::required);
  std::string choice(std::string_view key, std::initializer_list<std::string_view> allowed,
                     Presence presence = Presence::required);
  std::vector<std::string> texts(std::string_view key, Presence presence = Presence::required);
  int integer(std::string_view key, int least, int most, Presence presence = Presence::required);
  bool truth(std::string_view key, Presence presence = Presence::required);
  const workflow::Array& items(std::string_view key, Presence presence = Presence::required);
  const workflow::Object& members(std::string_view key, Presence presence = Presence::required);
  // The member as it stands; the null value where there is none.
  const workflow::Value& any(std::string_view key, Presence presence = Presence::required);

  [[nodiscard]] bool has(std::string_view key) const { return value_.has(key); }
  [[nodiscard]] std::string pointer_to(std::string_view key) const;
  void add(std::string_view key, std::string code, workflow::Object params = {});
  void finish();

 private:
  bool has_type(std::string_view key, Presence presence, bool (workflow::Value::*is_type)() const,
                std::string_view expected);

  const workflow::Value& value_;
  std::string pointer_;
  std::vector<Finding>& findings_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace yimen::definitions
