#include "api/account_forms.hpp"

#include <string>
#include <string_view>

namespace yimen::api {

namespace {

using workflow::Value;

constexpr std::string_view posts_schema = R"({
  "type": "array", "maxItems": 20,
  "items": {
    "type": "object", "additionalProperties": false, "required": ["post", "unit"],
    "properties": {
      "post": {"type": "string", "format": "unit_code"},
      "unit": {"type": "string", "format": "unit_code"}
    }
  }
})";

constexpr std::string_view new_account = R"({
  "type": "object", "additionalProperties": false,
  "required": ["display_name", "name", "password", "posts"],
  "properties": {
    "display_name": {"type": "string", "minLength": 1, "maxLength": 50, "x-personal": true},
    "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._\\-]{1,39}$", "maxLength": 40,
             "x-personal": true},
    "must_change_password": {"type": "boolean"},
    "password": {"type": "string", "maxLength": 256, "x-personal": true}
  }
})";

constexpr std::string_view account_change = R"({
  "type": "object", "additionalProperties": false,
  "properties": {
    "display_name": {"type": "string", "minLength": 1, "maxLength": 50, "x-personal": true},
    "is_active": {"type": "boolean"},
    "must_change_password": {"type": "boolean"},
    "password": {"type": "string", "maxLength": 256, "x-personal": true}
  }
})";

constexpr std::string_view password_choice = R"({
  "type": "object", "additionalProperties": false, "required": ["new", "present"],
  "properties": {
    "new": {"type": "string", "maxLength": 256, "x-personal": true},
    "present": {"type": "string", "maxLength": 1000, "x-personal": true}
  }
})";

Value with_posts(std::string_view text) {
  Value schema = workflow::parse(text).value();
  Value properties = schema["properties"];
  properties.make_object().set("posts", workflow::parse(posts_schema).value());
  schema.make_object().set("properties", std::move(properties));
  return schema;
}

std::vector<persistence::PostRow> posts_from(const Value& items) {
  std::vector<persistence::PostRow> posts;
  for (const Value& item : items.items()) {
    posts.push_back({item["post"].text(), item["unit"].text()});
  }
  return posts;
}

}  // namespace

const Value& new_account_schema() {
  static const Value schema = with_posts(new_account);
  return schema;
}

const Value& account_change_schema() {
  static const Value schema = with_posts(account_change);
  return schema;
}

const Value& password_choice_schema() {
  static const Value schema = workflow::parse(password_choice).value();
  return schema;
}

NewAccount new_account_from(const Value& form) {
  return {form["name"].text(), form["display_name"].text(), form["password"].text(),
          posts_from(form["posts"]), form["must_change_password"].truth()};
}

AccountChange account_change_from(const Value& form) {
  AccountChange change;
  if (form.has("display_name")) change.display_name = form["display_name"].text();
  if (form.has("is_active")) change.is_active = form["is_active"].truth();
  if (form.has("password")) change.password = form["password"].text();
  if (form.has("must_change_password")) {
    change.must_change_password = form["must_change_password"].truth();
  }
  if (form.has("posts")) change.posts = posts_from(form["posts"]);
  return change;
}

}  // namespace yimen::api
