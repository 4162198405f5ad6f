// The steps of all procedures as request bodies: one alternative an event or annotation, told apart
// by its name, with the form of every edition that is loaded.
#include <algorithm>
#include <map>
#include <set>

#include "api/openapi/components.hpp"

namespace yimen::api::openapi {

using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

using Forms = std::map<std::string, const workflow::Form*>;  // by digest

struct Steps {
  std::map<std::string, Forms> openings;     // by event
  std::map<std::string, Forms> transitions;  // by event
  std::map<std::string, Forms> annotations;  // by annotation
  std::set<std::string> lateness_reasons;
};

void add_form(Forms& forms, const workflow::StepPolicy& policy,
              const workflow::Edition& edition) {
  const workflow::Form* form = edition.form(policy.form);
  if (form != nullptr) forms[form->digest] = form;
}

void add_events(Steps& steps, const workflow::Procedure& procedure,
                const workflow::Edition& edition) {
  for (const workflow::RuleRow& row : procedure.rows) {
    const std::string event(procedure.events[static_cast<std::size_t>(row.event)]);
    Forms& forms = row.from == 0 ? steps.openings[event] : steps.transitions[event];
    const auto policies = edition.events.find(event);
    if (policies == edition.events.end()) continue;
    for (const workflow::StepPolicy& policy : policies->second) add_form(forms, policy, edition);
  }
}

Steps steps_of(const Rulebook& rulebook) {
  Steps steps;
  steps.transitions["take_back"];
  for (const workflow::Edition* edition : rulebook.editions()) {
    const workflow::Procedure* procedure = rulebook.procedure(edition->procedure);
    if (procedure == nullptr) continue;
    add_events(steps, *procedure, *edition);
    for (const workflow::AnnotationRow& row : procedure->annotations) {
      Forms& forms = steps.annotations[std::string(row.name)];
      const auto* policy = edition->annotation(row.name);
      if (policy != nullptr) add_form(forms, *policy, *edition);
    }
    steps.lateness_reasons.insert(edition->lateness_reasons.begin(),
                                  edition->lateness_reasons.end());
  }
  return steps;
}

// Two editions may have different forms of one code: then the second carries its digest too.
std::string component_of(const workflow::Form& form, const Object& schemas) {
  const std::string name = "form_" + form.code;
  const Value* known = schemas.find(name);
  if (known == nullptr || (*known)["x-digest"].text() == form.digest) return name;
  return name + "_" + form.digest.substr(0, 8);
}

Value form_schema(const workflow::Form& form) {
  Value schema = public_schema(form.schema);
  Object& object = schema.make_object();
  object.set("x-digest", form.digest);
  object.set("examples", Array(form.examples.begin(), form.examples.end()));
  return schema;
}

// A reference to the form, to any of several, or an empty object where there is nothing to fill in.
Value data_schema(const Forms& forms, Object& schemas) {
  Array alternatives;
  for (const auto& [digest, form] : forms) {
    const std::string name = component_of(*form, schemas);
    schemas.set(name, form_schema(*form));
    alternatives.emplace_back(reference("schemas", name));
  }
  if (alternatives.empty()) return Object{{"type", "object"}, {"additionalProperties", false}};
  if (alternatives.size() == 1) return std::move(alternatives.front());
  return Object{{"anyOf", std::move(alternatives)}};
}

bool must_be_filled(const Forms& forms) {
  return !forms.empty() && std::ranges::all_of(forms, [](const auto& entry) {
    return !entry.second->schema["required"].items().empty();
  });
}

Value reason_schema(const std::set<std::string>& reasons) {
  return Object{{"type", "string"},
                {"enum", Array(reasons.begin(), reasons.end())},
                {"description", "Why it comes late, where the limit has passed."}};
}

Object envelope() {
  return {{"occurred_at", Object{{"$ref", "#/components/schemas/Instant"},
                                 {"description", "When it happened, if not now."}}},
          {"as", reference("schemas", "As")}};
}

// One step: its name under `key`, its data, and the envelope.
Value step_schema(const char* key, const std::string& name, const Forms& forms,
                  const Steps& steps, Object& schemas) {
  Object properties = envelope();
  properties.set(key, Object{{"const", name}});
  properties.set("data", data_schema(forms, schemas));
  const bool is_event = std::string_view(key) == "event";
  if (is_event) properties.set("lateness_reason", reason_schema(steps.lateness_reasons));
  Array required{key};
  Object example{{key, name}};
  if (must_be_filled(forms)) required.emplace_back("data");
  if (!forms.empty() && !forms.begin()->second->examples.empty()) {
    example.set("data", forms.begin()->second->examples.front());
  }
  return Object{{"type", "object"},
                {"additionalProperties", false},
                {"required", std::move(required)},
                {"properties", std::move(properties)},
                {"examples", Array{std::move(example)}}};
}

Value told_apart(const char* key, const std::map<std::string, Forms>& named, const Steps& steps,
                 Object& schemas) {
  Array alternatives;
  Object mapping;
  for (const auto& [name, forms] : named) {
    const std::string component = std::string(key) + "_" + name;
    schemas.set(component, step_schema(key, name, forms, steps, schemas));
    alternatives.emplace_back(reference("schemas", component));
    mapping.set(name, "#/components/schemas/" + component);
  }
  return Object{
      {"oneOf", std::move(alternatives)},
      {"discriminator", Object{{"propertyName", key}, {"mapping", std::move(mapping)}}}};
}

Value opening_schema(const Steps& steps, Object& schemas) {
  Array events;
  Forms forms;
  for (const auto& [event, of_event] : steps.openings) {
    events.emplace_back(event);
    forms.insert(of_event.begin(), of_event.end());
  }
  Object properties = envelope();
  properties.set("procedure", reference("schemas", "ProcedureName"));
  properties.set("event", Object{{"type", "string"},
                                 {"enum", std::move(events)},
                                 {"default", "discover"}});
  properties.set("facts", data_schema(forms, schemas));
  return Object{{"type", "object"},
                {"additionalProperties", false},
                {"required", Array{"procedure", "facts"}},
                {"properties", std::move(properties)}};
}

}  // namespace

Object step_schemas(const Rulebook& rulebook) {
  const Steps steps = steps_of(rulebook);
  Object schemas;
  schemas.set("Opening", opening_schema(steps, schemas));
  schemas.set("Transition", told_apart("event", steps.transitions, steps, schemas));
  schemas.set("Annotation", told_apart("annotation", steps.annotations, steps, schemas));
  return schemas;
}

}  // namespace yimen::api::openapi
