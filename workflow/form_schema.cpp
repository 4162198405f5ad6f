#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "workflow/form.hpp"
#include "workflow/pattern.hpp"

namespace yimen::workflow {

namespace {

struct Keyword {
  std::string_view name;
  std::string_view type;   // the type that it belongs to; empty: to every one
  std::string_view value;  // the type of its own value
};

constexpr std::array<Keyword, 15> keywords{{
    {"additionalProperties", "object", "boolean"},
    {"enum", "", "array"},
    {"format", "", "string"},
    {"items", "array", "object"},
    {"maxItems", "array", "integer"},
    {"maxLength", "string", "integer"},
    {"maximum", "integer", "integer"},
    {"minItems", "array", "integer"},
    {"minLength", "string", "integer"},
    {"minimum", "integer", "integer"},
    {"pattern", "string", "string"},
    {"properties", "object", "object"},
    {"required", "object", "array"},
    {"type", "", "string"},
    {"x-personal", "", "boolean"},
}};

constexpr std::array<std::string_view, 5> types{"array", "boolean", "integer", "object", "string"};

std::string_view type_of(const Value& value) {
  if (value.is_object()) return "object";
  if (value.is_array()) return "array";
  if (value.is_string()) return "string";
  if (value.is_integer()) return "integer";
  return value.is_bool() ? "boolean" : "null";
}

bool names_a_person(std::string_view property) {
  return property == "name" || property.ends_with("_name");
}

class SchemaCheck {
 public:
  std::vector<Finding> findings;

  // `personal`: a schema above is x-personal already. `name`: the property, if it is one.
  void check(const Value& schema, const std::string& pointer, std::string_view name,
             bool personal) {
    if (!schema.is_object()) return add(pointer, "wrong_type", {{"expected", "object"}});
    check_keywords(schema, pointer);
    const std::string& type = schema["type"].text();
    if (std::ranges::find(types, type) == types.end()) {
      return add(pointer + "/type", "unknown_type");
    }
    personal = personal || schema["x-personal"].truth();
    check_order(schema, pointer);
    check_enum(schema, pointer);
    check_format(schema, pointer, personal);
    if (type == "object") check_object(schema, pointer, personal);
    if (type == "array") check_array(schema, pointer, personal);
    if (type == "string") check_string(schema, pointer, name, personal);
  }

 private:
  void add(std::string pointer, std::string code, Object params = {}) {
    findings.push_back({std::move(pointer), std::move(code), std::move(params)});
  }

  void check_keywords(const Value& schema, const std::string& pointer) {
    const std::string& type = schema["type"].text();
    for (const auto& [key, value] : schema.members()) {
      const auto at = std::ranges::find(keywords, key, &Keyword::name);
      if (at == keywords.end()) {
        add(pointer, "unknown_keyword", {{"keyword", key}});
      } else if (type_of(value) != at->value) {
        add(pointer + "/" + key, "wrong_type", {{"expected", at->value}});
      } else if (!at->type.empty() && at->type != type) {
        add(pointer + "/" + key, "misplaced_keyword", {{"type", type}});
      }
    }
    for (const Keyword& keyword : keywords) {
      const bool counts = keyword.name.ends_with("Items") || keyword.name.ends_with("Length");
      if (counts && schema[keyword.name].integer() < 0) {
        add(pointer + "/" + std::string(keyword.name), "too_small", {{"min", 0}});
      }
    }
  }

  void check_order(const Value& schema, const std::string& pointer) {
    constexpr std::array<std::pair<const char*, const char*>, 3> pairs{
        {{"minItems", "maxItems"}, {"minLength", "maxLength"}, {"minimum", "maximum"}}};
    for (const auto& [least, most] : pairs) {
      if (schema.has(least) && schema.has(most) &&
          schema[least].integer() > schema[most].integer()) {
        add(pointer + "/" + least, "limits_crossed");
      }
    }
  }

  void check_enum(const Value& schema, const std::string& pointer) {
    if (!schema.has("enum")) return;
    const Array& values = schema["enum"].items();
    if (values.empty()) add(pointer + "/enum", "too_few", {{"min", 1}});
    for (std::size_t at = 0; at < values.size(); ++at) {
      const std::string place = pointer + "/enum/" + std::to_string(at);
      const bool scalar = values[at].is_string() || values[at].is_integer();
      if (!scalar || type_of(values[at]) != schema["type"].text()) add(place, "wrong_type");
      const auto rest = values.begin() + static_cast<std::ptrdiff_t>(at);
      if (std::find(values.begin(), rest, values[at]) != rest) add(place, "named_twice");
    }
  }

  void check_format(const Value& schema, const std::string& pointer, bool personal) {
    if (!schema.has("format")) return;
    const std::string& format = schema["format"].text();
    const std::string& type = schema["type"].text();
    if (std::ranges::find(format_names(), format) == format_names().end()) {
      add(pointer + "/format", "unknown_format");
    } else if (type != "string" && !(type == "object" && format == "money")) {
      add(pointer + "/format", "misplaced_keyword", {{"type", type}});
    }
    if ((format == "identity_number" || format == "phone") && !personal) {
      add(pointer, "must_be_personal");
    }
  }

  void check_object(const Value& schema, const std::string& pointer, bool personal) {
    if (schema["format"].text() == "money") {
      if (schema.has("properties")) add(pointer + "/properties", "misplaced_keyword");
      return;
    }
    if (!schema["additionalProperties"].is_bool() || schema["additionalProperties"].truth()) {
      add(pointer, "not_closed");
    }
    const Object& properties = schema["properties"].members();
    const Array& required = schema["required"].items();
    for (std::size_t at = 0; at < required.size(); ++at) {
      if (properties.find(required[at].text()) == nullptr) {
        add(pointer + "/required/" + std::to_string(at), "unknown_member");
      }
    }
    for (const auto& [key, property] : properties) {
      check(property, pointer + "/properties/" + key, key, personal);
    }
  }

  void check_array(const Value& schema, const std::string& pointer, bool personal) {
    if (!schema.has("maxItems")) add(pointer, "not_bound", {{"keyword", "maxItems"}});
    if (!schema.has("items")) return add(pointer, "required", {{"keyword", "items"}});
    const Value& items = schema["items"];
    // The open part of the data keeps its places, so an array is personal as a whole or not at all.
    if (items["x-personal"].truth() && !personal) add(pointer + "/items", "personal_item");
    check(items, pointer + "/items", {}, personal || items["x-personal"].truth());
  }

  void check_string(const Value& schema, const std::string& pointer, std::string_view name,
                    bool personal) {
    if (schema.has("enum")) return;
    if (!schema.has("format") && !schema.has("maxLength")) {
      add(pointer, "not_bound", {{"keyword", "maxLength"}});
    }
    bool is_free = !schema.has("format") && !schema.has("pattern");
    if (schema.has("pattern")) {
      const auto pattern = Pattern::compile(schema["pattern"].text());
      if (!pattern) add(pointer + "/pattern", "pattern_outside_subset");
      is_free = is_free || (pattern && pattern->takes_free_text());
    }
    if ((is_free || names_a_person(name)) && !personal) add(pointer, "must_be_personal");
  }
};

}  // namespace

std::vector<Finding> check_schema(const Value& schema) {
  SchemaCheck check;
  check.check(schema, "", {}, false);
  if (schema.is_object() && schema["type"].text() != "object") {
    check.findings.push_back({"/type", "wrong_type", {{"expected", "object"}}});
  }
  if (schema["x-personal"].truth()) check.findings.push_back({"", "personal_item", {}});
  return std::move(check.findings);
}

}  // namespace yimen::workflow
