#include "workflow/form.hpp"

#include <algorithm>

#include "workflow/format.hpp"
#include "workflow/pattern.hpp"

namespace yimen::workflow {

namespace {

// A body of 64 KiB can hold thousands of mistakes; nobody reads more than these.
constexpr std::size_t findings_max = 200;

std::string escaped(std::string_view key) {
  std::string token;
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

// A key that looks like one of ours may be named; any other might be somebody's name or number.
bool is_nameable(std::string_view key) {
  return !key.empty() && key.size() <= 40 && key[0] >= 'a' && key[0] <= 'z' &&
         std::ranges::all_of(key, [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '_';
         });
}

bool has_type(const Value& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_integer();
  return type == "boolean" && value.is_bool();
}

class DataCheck {
 public:
  std::vector<Finding> findings;

  void check(const Value& schema, const Value& data, const std::string& pointer) {
    const std::string& type = schema["type"].text();
    if (!has_type(data, type)) return add(pointer, "wrong_type", {{"expected", type}});
    if (schema.has("enum") && !is_listed(schema["enum"], data)) {
      return add(pointer, "unknown_value", {{"allowed", schema["enum"]}});
    }
    if (type == "object") check_object(schema, data, pointer);
    if (type == "array") check_array(schema, data, pointer);
    if (type == "string") check_text(schema, data.text(), pointer);
    if (type == "integer") {
      check_range(schema, data.integer(), {"minimum", "maximum", "too_small", "too_large"},
                  pointer);
    }
  }

 private:
  struct Range {
    const char* least;
    const char* most;
    const char* below;
    const char* above;
  };

  void add(const std::string& pointer, std::string code, Object params = {}) {
    if (findings.size() < findings_max) {
      findings.push_back({pointer, std::move(code), std::move(params)});
    }
  }

  static bool is_listed(const Value& list, const Value& value) {
    return std::ranges::find(list.items(), value) != list.items().end();
  }

  // False when it lies outside.
  bool check_range(const Value& schema, std::int64_t size, const Range& range,
                   const std::string& pointer) {
    if (schema.has(range.least) && size < schema[range.least].integer()) {
      add(pointer, range.below, {{"min", schema[range.least]}});
      return false;
    }
    if (schema.has(range.most) && size > schema[range.most].integer()) {
      add(pointer, range.above, {{"max", schema[range.most]}});
      return false;
    }
    return true;
  }

  void check_object(const Value& schema, const Value& data, const std::string& pointer) {
    if (schema["format"].text() == "money") {
      if (!is_money(data)) add(pointer, "money");
      return;
    }
    for (const Value& name : schema["required"].items()) {
      if (!data.has(name.text())) add(pointer + "/" + escaped(name.text()), "required");
    }
    const Object& properties = schema["properties"].members();
    for (const auto& [key, member] : data.members()) {
      const Value* property = properties.find(key);
      if (property != nullptr) {
        check(*property, member, pointer + "/" + escaped(key));
      } else {
        add(is_nameable(key) ? pointer + "/" + key : pointer, "unknown_member");
      }
    }
  }

  void check_array(const Value& schema, const Value& data, const std::string& pointer) {
    const auto size = static_cast<std::int64_t>(data.items().size());
    if (!check_range(schema, size, {"minItems", "maxItems", "too_few", "too_many"}, pointer)) {
      return;
    }
    std::size_t index = 0;
    for (const Value& item : data.items()) {
      check(schema["items"], item, pointer + "/" + std::to_string(index++));
    }
  }

  void check_text(const Value& schema, const std::string& text, const std::string& pointer) {
    // A code point has at most four bytes: a long text is refused before anything reads it.
    const std::int64_t longest = schema["maxLength"].integer(0);
    if (schema.has("maxLength") && static_cast<std::int64_t>(text.size() / 4) > longest) {
      return add(pointer, "too_long", {{"max", longest}});
    }
    const auto length = static_cast<std::int64_t>(code_points(text).size());
    if (!check_range(schema, length, {"minLength", "maxLength", "too_short", "too_long"},
                     pointer)) {
      return;
    }
    if (schema.has("format")) {
      if (auto problem = format_problem(schema["format"].text(), text)) {
        add(pointer, std::move(*problem));
      }
    }
    if (schema.has("pattern")) {
      const auto pattern = Pattern::compile(schema["pattern"].text());
      if (!pattern || !pattern->matches(text)) add(pointer, "pattern");
    }
  }
};

using Personal = std::vector<std::pair<std::string, Value>>;

void gather(const Value& data, const std::string& pointer, Personal& personal) {
  if (data.is_object()) {
    for (const auto& [key, member] : data.members()) {
      gather(member, pointer + "/" + escaped(key), personal);
    }
  } else if (data.is_array()) {
    std::size_t index = 0;
    for (const Value& item : data.items()) {
      gather(item, pointer + "/" + std::to_string(index++), personal);
    }
  } else {
    personal.emplace_back(pointer, data);
  }
}

// The open part of data that is not personal as a whole.
Value open_part(const Value& schema, const Value& data, const std::string& pointer,
                Personal& personal) {
  if (data.is_array()) {
    Array items;
    for (const Value& item : data.items()) {
      const std::string at = pointer + "/" + std::to_string(items.size());
      items.push_back(open_part(schema["items"], item, at, personal));
    }
    return items;
  }
  if (!data.is_object() || !schema.has("properties")) return data;
  Object members;
  for (const auto& [key, member] : data.members()) {
    const Value& property = schema["properties"][key];
    const std::string at = pointer + "/" + escaped(key);
    if (property["x-personal"].truth()) {
      gather(member, at, personal);
    } else {
      members.set(key, open_part(property, member, at, personal));
    }
  }
  return members;
}

}  // namespace

std::vector<Finding> check_data(const Value& schema, const Value& data) {
  DataCheck check;
  check.check(schema, data, "");
  return std::move(check.findings);
}

SplitData split_personal(const Value& schema, const Value& data) {
  SplitData split;
  split.open = open_part(schema, data, "", split.personal);
  return split;
}

}  // namespace yimen::workflow
