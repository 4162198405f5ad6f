// The components that no file can hold, because the rulebook or the code decides them: the words of
// the procedures, the steps with their forms, request bodies that the code checks, problem codes.
#pragma once

#include "api/rulebook.hpp"

namespace yimen::api::openapi {

// {"$ref": "#/components/<kind>/<name>"}
[[nodiscard]] workflow::Object reference(std::string_view kind, std::string_view name);

// A form's schema as foreign tools read it: our named formats as standard ones and patterns.
[[nodiscard]] workflow::Value public_schema(const workflow::Value& form_schema);

// Schemas by name: State, Category, UnitCode, PostCode, Level, ProcedureName, ProblemCode and the
// bodies that are checked against schemas in the code.
[[nodiscard]] workflow::Object word_schemas(const Rulebook& rulebook);
[[nodiscard]] workflow::Object body_schemas();

// Opening, Transition and Annotation with one alternative a step, and the forms that they ask for.
[[nodiscard]] workflow::Object step_schemas(const Rulebook& rulebook);

}  // namespace yimen::api::openapi
