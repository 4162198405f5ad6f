#include "definitions/object_reader.hpp"

#include <algorithm>

namespace yimen::definitions {

using workflow::Value;

std::string pointer_token(std::string_view key) {
  std::string token = "/";
  for (const char letter : key) {
    if (letter == '~') {
      token += "~0";
    } else if (letter == '/') {
      token += "~1";
    } else {
      token += letter;
    }
  }
  return token;
}

ObjectReader::ObjectReader(const Value& value, std::string pointer, std::vector<Finding>& findings)
    : value_(value), pointer_(std::move(pointer)), findings_(findings) {
  if (!value_.is_object()) {
    findings_.push_back({pointer_, "wrong_type", {{"expected", "object"}}});
  }
}

std::string ObjectReader::pointer_to(std::string_view key) const {
  return pointer_ + pointer_token(key);
}

void ObjectReader::add(std::string_view key, std::string code, workflow::Object params) {
  findings_.push_back({pointer_to(key), std::move(code), std::move(params)});
}

const Value& ObjectReader::any(std::string_view key, Presence presence) {
  known_.emplace(key);
  if (presence == Presence::required && value_.is_object() && !value_.has(key)) {
    add(key, "required");
  }
  return value_[key];
}

bool ObjectReader::has_type(std::string_view key, Presence presence,
                            bool (Value::*is_type)() const, std::string_view expected) {
  const Value& member = any(key, presence);
  if (!value_.has(key)) return false;
  if ((member.*is_type)()) return true;
  add(key, "wrong_type", {{"expected", expected}});
  return false;
}

std::string ObjectReader::text(std::string_view key, Presence presence) {
  if (!has_type(key, presence, &Value::is_string, "string")) return {};
  if (value_[key].text().empty()) add(key, "too_short", {{"min", 1}});
  return value_[key].text();
}

std::string ObjectReader::choice(std::string_view key,
                                 std::initializer_list<std::string_view> allowed,
                                 Presence presence) {
  std::string chosen = text(key, presence);
  if (!chosen.empty() && std::ranges::find(allowed, chosen) == allowed.end()) {
    workflow::Array names;
    for (const std::string_view name : allowed) names.emplace_back(name);
    add(key, "unknown_value", {{"allowed", std::move(names)}});
  }
  return chosen;
}

std::vector<std::string> ObjectReader::texts(std::string_view key, Presence presence) {
  std::vector<std::string> all;
  for (const Value& item : items(key, presence)) {
    const std::string place = pointer_to(key) + "/" + std::to_string(all.size());
    if (!item.is_string() || item.text().empty()) {
      findings_.push_back({place, "wrong_type", {{"expected", "string"}}});
    } else if (std::ranges::find(all, item.text()) != all.end()) {
      findings_.push_back({place, "named_twice", {{"name", item.text()}}});
    }
    all.push_back(item.text());
  }
  return all;
}

int ObjectReader::integer(std::string_view key, int least, int most, Presence presence) {
  if (!has_type(key, presence, &Value::is_integer, "integer")) return 0;
  const std::int64_t number = value_[key].integer();
  if (number < least) add(key, "too_small", {{"min", least}});
  if (number > most) add(key, "too_large", {{"max", most}});
  return static_cast<int>(std::clamp<std::int64_t>(number, least, most));
}

bool ObjectReader::truth(std::string_view key, Presence presence) {
  return has_type(key, presence, &Value::is_bool, "boolean") && value_[key].truth();
}

const workflow::Array& ObjectReader::items(std::string_view key, Presence presence) {
  has_type(key, presence, &Value::is_array, "array");
  return value_[key].items();
}

const workflow::Object& ObjectReader::members(std::string_view key, Presence presence) {
  has_type(key, presence, &Value::is_object, "object");
  return value_[key].members();
}

void ObjectReader::finish() {
  for (const auto& [key, member] : value_.members()) {
    if (known_.find(key) == known_.end()) add(key, "unknown_member");
  }
}

}  // namespace yimen::definitions
