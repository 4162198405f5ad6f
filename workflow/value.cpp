#include "workflow/value.hpp"

#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>

namespace yimen::workflow {

namespace {

constexpr std::int64_t largest_integer = std::int64_t{1} << 53;
constexpr std::size_t deepest_level = 32;

const Value null_value{};
const std::string empty_text{};
const Array empty_array{};
const Object empty_object{};

auto position(auto& members, std::string_view key) {
  return std::lower_bound(members.begin(), members.end(), key,
                          [](const Object::Member& member, std::string_view wanted) {
                            return std::string_view(member.first) < wanted;
                          });
}

// Builds a Value from RapidJSON's events; false ends the parse.
class Builder {
 public:
  bool Null() { return put(Value{}); }
  bool Bool(bool value) { return put(Value(value)); }
  bool Int(int) { return fail("malformed_json"); }
  bool Uint(unsigned) { return fail("malformed_json"); }
  bool Int64(std::int64_t) { return fail("malformed_json"); }
  bool Uint64(std::uint64_t) { return fail("malformed_json"); }
  bool Double(double) { return fail("malformed_json"); }

  // Numbers arrive as text, so that nothing is rounded before it is judged.
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text, text + length, number);
    if (error != std::errc{} || end != text + length || number > largest_integer ||
        number < -largest_integer) {
      return fail("number_out_of_range");
    }
    return put(Value(number));
  }

  bool String(const char* text, rapidjson::SizeType length, bool) {
    return put(Value(std::string_view(text, length)));
  }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    const std::string_view key(text, length);
    if (open_.back().value.members().find(key) != nullptr) return fail("duplicate_member");
    open_.back().key = key;
    return true;
  }

  bool StartObject() { return open(Value(Object{})); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool StartArray() { return open(Value(Array{})); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  std::string code = "malformed_json";
  Value root;

 private:
  struct Level {
    Value value;
    std::string key;
  };

  bool fail(const char* why) {
    code = why;
    return false;
  }

  bool open(Value container) {
    if (open_.size() == deepest_level) return fail("too_deep");
    open_.push_back({std::move(container), {}});
    return true;
  }

  bool close() {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(done));
  }

  bool put(Value value) {
    if (open_.empty()) {
      root = std::move(value);
    } else if (open_.back().value.is_array()) {
      open_.back().value.make_array().push_back(std::move(value));
    } else {
      open_.back().value.make_object().set(open_.back().key, std::move(value));
    }
    return true;
  }

  std::vector<Level> open_;
};

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

rapidjson::SizeType length_of(const std::string& text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

void write(Writer& out, const Value& value) {
  if (value.is_bool()) {
    out.Bool(value.truth());
  } else if (value.is_integer()) {
    out.Int64(value.integer());
  } else if (value.is_string()) {
    out.String(value.text().data(), length_of(value.text()));
  } else if (value.is_array()) {
    out.StartArray();
    for (const Value& item : value.items()) write(out, item);
    out.EndArray();
  } else if (value.is_object()) {
    out.StartObject();
    for (const auto& [key, member] : value.members()) {
      out.Key(key.data(), length_of(key));
      write(out, member);
    }
    out.EndObject();
  } else {
    out.Null();
  }
}

}  // namespace

Object::Object(std::initializer_list<Member> members) {
  for (const auto& [key, value] : members) set(key, value);
}

const Value* Object::find(std::string_view key) const {
  const auto at = position(members_, key);
  return at != members_.end() && at->first == key ? &at->second : nullptr;
}

void Object::set(std::string_view key, Value value) {
  const auto at = position(members_, key);
  if (at != members_.end() && at->first == key) {
    at->second = std::move(value);
  } else {
    members_.emplace(at, std::string(key), std::move(value));
  }
}

bool Object::erase(std::string_view key) {
  const auto at = position(members_, key);
  if (at == members_.end() || at->first != key) return false;
  members_.erase(at);
  return true;
}

bool Object::operator==(const Object& other) const { return members_ == other.members_; }

bool Value::truth() const {
  const bool* held = std::get_if<bool>(&content_);
  return held != nullptr && *held;
}

std::int64_t Value::integer(std::int64_t otherwise) const {
  const auto* held = std::get_if<std::int64_t>(&content_);
  return held != nullptr ? *held : otherwise;
}

const std::string& Value::text() const {
  const auto* held = std::get_if<std::string>(&content_);
  return held != nullptr ? *held : empty_text;
}

const Array& Value::items() const {
  const auto* held = std::get_if<Array>(&content_);
  return held != nullptr ? *held : empty_array;
}

const Object& Value::members() const {
  const auto* held = std::get_if<Object>(&content_);
  return held != nullptr ? *held : empty_object;
}

const Value& Value::operator[](std::string_view key) const {
  const Value* member = members().find(key);
  return member != nullptr ? *member : null_value;
}

Array& Value::make_array() {
  if (!is_array()) content_ = Array{};
  return std::get<Array>(content_);
}

Object& Value::make_object() {
  if (!is_object()) content_ = Object{};
  return std::get<Object>(content_);
}

bool Value::operator==(const Value& other) const { return content_ == other.content_; }

Result<Value, ParseProblem> parse(std::string_view text) {
  Builder builder;
  rapidjson::Reader reader;
  rapidjson::MemoryStream stream(text.data(), text.size());
  constexpr unsigned flags = rapidjson::kParseIterativeFlag |
                             rapidjson::kParseValidateEncodingFlag |
                             rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult parsed = reader.Parse<flags>(stream, builder);
  if (parsed.IsError()) return refuse(ParseProblem{builder.code, parsed.Offset()});
  return std::move(builder.root);
}

std::string canonical(const Value& value) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  write(writer, value);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace yimen::workflow
