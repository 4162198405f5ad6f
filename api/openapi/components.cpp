#include "api/openapi/components.hpp"

#include <array>
#include <set>

#include "api/account_forms.hpp"
#include "api/http/problem.hpp"
#include "api/person_form.hpp"
#include "api/resources/delegations.hpp"
#include "api/resources/persons.hpp"
#include "api/resources/sessions.hpp"
#include "api/resources/tokens.hpp"

namespace yimen::api::openapi {

using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

// What a named format of forms is to a reader of plain JSON Schema.
struct Shape {
  std::string_view format;
  std::string_view standard;
  std::string_view pattern;
};

constexpr std::string_view uuid_pattern =
    "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

constexpr std::array<Shape, 11> shapes{{
    {"civil_date", "date", {}},
    {"digest", {}, "^[0-9a-f]{64}$"},
    {"division_code", {}, "^[0-9]{12}$"},
    {"household_id", "uuid", uuid_pattern},
    {"identity_number", {}, "^[0-9]{17}[0-9Xx]$"},
    {"instant", "date-time", {}},
    {"money", {}, "^(0|[1-9][0-9]{0,11})\\.[0-9]{2}$"},
    {"person_id", "uuid", uuid_pattern},
    {"phone", {}, "^(1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8}(-[0-9]{1,6})?)$"},
    {"unit_code", {}, "^[a-z0-9_]{1,40}$"},
    {"uuid", "uuid", uuid_pattern},
}};

void restate_format(Object& schema, const std::string& format) {
  schema.erase("format");
  for (const Shape& shape : shapes) {
    if (shape.format != format) continue;
    if (!shape.standard.empty()) schema.set("format", shape.standard);
    if (!shape.pattern.empty()) schema.set("pattern", shape.pattern);
  }
}

Value enumeration(const std::set<std::string>& words, const char* description) {
  return Object{{"type", "string"},
                {"enum", Array(words.begin(), words.end())},
                {"description", description}};
}

std::set<std::string> problem_codes() {
  std::set<std::string> codes;
  for (const http::ProblemCode code : http::all_problem_codes()) codes.emplace(http::name(code));
  return codes;
}

}  // namespace

Object reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

Value public_schema(const Value& form_schema) {
  if (form_schema["type"].text() == "object" && form_schema["format"].text() == "money") {
    return reference("schemas", "Money");
  }
  Object schema = form_schema.members();
  if (form_schema.has("format")) restate_format(schema, form_schema["format"].text());
  if (form_schema.has("items")) schema.set("items", public_schema(form_schema["items"]));
  if (form_schema.has("properties")) {
    Object properties;
    for (const auto& [name, property] : form_schema["properties"].members()) {
      properties.set(name, public_schema(property));
    }
    schema.set("properties", std::move(properties));
  }
  return schema;
}

Object word_schemas(const Rulebook& rulebook) {
  std::set<std::string> procedures;
  std::set<std::string> states;
  std::set<std::string> categories;
  std::set<std::string> units;
  std::set<std::string> posts;
  for (const workflow::Procedure* procedure : rulebook.procedures()) {
    procedures.emplace(procedure->name);
    states.insert(procedure->states.begin() + 1, procedure->states.end());
  }
  for (const workflow::Edition* edition : rulebook.editions()) {
    for (const auto& [code, category] : edition->categories) categories.insert(code);
  }
  for (const definitions::Unit& unit : rulebook.organisation().units) units.insert(unit.code);
  for (const definitions::Post& post : rulebook.organisation().posts) posts.insert(post.code);
  const auto& levels = definitions::level_names();
  return {{"ProcedureName", enumeration(procedures, "A kind of matter.")},
          {"State", enumeration(states, "Where a case stands; editions may add some.")},
          {"Category", enumeration(categories, "What the assistance is for.")},
          {"UnitCode", enumeration(units, "A unit of this township's three levels.")},
          {"PostCode", enumeration(posts, "A role held in a unit.")},
          {"Level", enumeration({levels.begin(), levels.end()}, "Of a unit.")},
          {"ProblemCode", enumeration(problem_codes(), "Stable; for programs.")}};
}

Object body_schemas() {
  return {{"LogIn", public_schema(resources::log_in_schema())},
          {"NewDelegation", public_schema(resources::delegation_schema())},
          {"NewHousehold", public_schema(household_schema())},
          {"NewPerson", public_schema(person_schema())},
          {"NewToken", public_schema(resources::token_schema())},
          {"NewUser", public_schema(new_account_schema())},
          {"PasswordChoice", public_schema(password_choice_schema())},
          {"PersonSearch", public_schema(resources::search_schema())},
          {"Reveal", public_schema(resources::reveal_schema())},
          {"UserChange", public_schema(account_change_schema())}};
}

}  // namespace yimen::api::openapi
