#include "workflow/value.hpp"

#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <ranges>

namespace yimen::workflow {

namespace {

constexpr std::int64_t largest_integer = std::int64_t{1} << 53;
constexpr std::size_t deepest_level = 32;

const Value null_value{};
const std::string empty_text{};
const Array empty_array{};
const Object empty_object{};

auto position(auto&& members, std::string_view key) {
  return std::lower_bound(members.begin(), members.end(), key,
                          [](const Object::Member& member, std::string_view wanted) {
                            return std::string_view(member.first) < wanted;
                          });
}

// Builds a Value from RapidJSON's events; false ends the parse. The items and members of all open
// containers lie on two stacks, so that each container is made once, of its final size.
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

  // Canonical texts bring their keys in order; any other order costs an insertion.
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    const std::string_view key(text, length);
    const auto first = members_.begin() + open_.back().first;
    auto at = members_.end();
    if (at != first && !(std::string_view(std::prev(at)->first) < key)) {
      at = position(std::ranges::subrange(first, members_.end()), key);
      if (at->first == key) return fail("duplicate_member");
    }
    open_.back().place = at - members_.begin();
    members_.emplace(at, key, Value{});
    return true;
  }

  bool StartObject() { return open(true, std::ssize(members_)); }
  bool StartArray() { return open(false, std::ssize(items_)); }

  bool EndObject(rapidjson::SizeType) {
    return put(Object(cut(members_, close())));
  }
  bool EndArray(rapidjson::SizeType) { return put(cut(items_, close())); }

  std::string code = "malformed_json";
  Value root;

 private:
  struct Level {
    bool is_object;
    std::ptrdiff_t first;  // of its items or members on their stack
    std::ptrdiff_t place;  // of the member whose value comes next
  };

  bool fail(const char* why) {
    code = why;
    return false;
  }

  bool open(bool is_object, std::ptrdiff_t first) {
    if (open_.size() == deepest_level) return fail("too_deep");
    open_.push_back({is_object, first, first});
    return true;
  }

  std::ptrdiff_t close() {
    const std::ptrdiff_t first = open_.back().first;
    open_.pop_back();
    return first;
  }

  template <class T>
  static std::vector<T> cut(std::vector<T>& stack, std::ptrdiff_t first) {
    std::vector<T> top(std::make_move_iterator(stack.begin() + first),
                       std::make_move_iterator(stack.end()));
    stack.erase(stack.begin() + first, stack.end());
    return top;
  }

  bool put(Value&& value) {
    if (open_.empty()) {
      root = std::move(value);
    } else if (open_.back().is_object) {
      members_[static_cast<std::size_t>(open_.back().place)].second = std::move(value);
    } else {
      items_.push_back(std::move(value));
    }
    return true;
  }

  std::vector<Level> open_;
  std::vector<Object::Member> members_;
  std::vector<Value> items_;
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
  std::vector<Member>& own = members_.own();
  own.reserve(members.size());
  for (const auto& [key, value] : members) set(key, value);
}

const Value* Object::find(std::string_view key) const {
  const auto at = position(all(), key);
  return at != all().end() && at->first == key ? &at->second : nullptr;
}

void Object::set(std::string_view key, Value value) {
  std::vector<Member>& own = members_.own();
  const auto at = position(own, key);
  if (at != own.end() && at->first == key) {
    at->second = std::move(value);
  } else {
    own.emplace(at, std::string(key), std::move(value));
  }
}

bool Object::erase(std::string_view key) {
  if (find(key) == nullptr) return false;
  std::vector<Member>& own = members_.own();
  own.erase(position(own, key));
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
  const auto* held = std::get_if<Shared<Array>>(&content_);
  return held != nullptr ? held->read() : empty_array;
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
  if (!is_array()) content_ = Shared<Array>();
  return std::get<Shared<Array>>(content_).own();
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
