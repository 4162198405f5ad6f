#include <algorithm>

#include "definitions/edition_check_parts.hpp"

namespace yimen::definitions {

namespace {

using workflow::Edition;
using workflow::Form;
using workflow::Value;

// A member of a form whose values the edition itself defines elsewhere.
struct Vocabulary {
  std::string_view member;
  std::string_view code;  // of the finding
  bool (*knows)(const Edition&, const std::string&);
};

bool is_category(const Edition& edition, const std::string& name) {
  return edition.category(name) != nullptr;
}

bool is_clock(const Edition& edition, const std::string& name) {
  return std::ranges::find(edition.clocks, name, &workflow::ClockRule::name) !=
         edition.clocks.end();
}

bool is_post(const Edition& edition, const std::string& name) {
  return edition.post_level.contains(name);
}

constexpr Vocabulary vocabularies[] = {
    {"category", "unknown_category", is_category},
    {"clock", "unknown_clock", is_clock},
    {"post", "unknown_post", is_post},
};

void check_vocabularies(const EditionCheck& check, const Value& schema,
                        const std::string& pointer) {
  for (const auto& [name, property] : schema["properties"].members()) {
    const std::string place = pointer + "/properties" + pointer_token(name);
    for (const Vocabulary& vocabulary : vocabularies) {
      if (name != vocabulary.member) continue;
      for (const Value& value : property["enum"].items()) {
        if (!vocabulary.knows(check.edition, value.text())) {
          check.add(place + "/enum", std::string(vocabulary.code), {{"name", value}});
        }
      }
    }
    check_vocabularies(check, property, place);
  }
  if (schema.has("items")) check_vocabularies(check, schema["items"], pointer + "/items");
}

void add_all(const EditionCheck& check, std::vector<Finding> findings,
             const std::string& pointer) {
  for (Finding& finding : findings) {
    check.add(pointer + finding.pointer, std::move(finding.code), std::move(finding.params));
  }
}

bool is_used(const Edition& edition, const std::string& form) {
  const auto uses = [&](const workflow::StepPolicy& policy) { return policy.form == form; };
  return std::ranges::any_of(edition.annotations,
                             [&](const auto& named) { return uses(named.second); }) ||
         std::ranges::any_of(edition.events, [&](const auto& named) {
           return std::ranges::any_of(named.second, uses);
         });
}

void check_form(const EditionCheck& check, const Form& form) {
  const std::string pointer = "/forms" + pointer_token(form.code);
  auto findings = workflow::check_schema(form.schema);
  const bool is_sound = findings.empty();
  add_all(check, std::move(findings), pointer + "/schema");
  check_vocabularies(check, form.schema, pointer + "/schema");
  if (form.examples.empty()) check.add(pointer + "/examples", "too_few", {{"min", 1}});
  for (std::size_t at = 0; is_sound && at < form.examples.size(); ++at) {
    add_all(check, workflow::check_data(form.schema, form.examples[at]),
            pointer + "/examples/" + std::to_string(at));
  }
  if (!is_used(check.edition, form.code)) {
    check.add(pointer, "unused_form", {{"form", form.code}});
  }
}

}  // namespace

void check_forms(const EditionCheck& check) {
  for (const auto& [code, form] : check.edition.forms) check_form(check, form);
}

}  // namespace yimen::definitions
