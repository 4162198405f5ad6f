// Forms: a closed subset of JSON Schema (type, required, properties, additionalProperties false,
// enum, items, minItems, maxItems, minLength, maxLength, minimum, maximum, pattern) with named
// formats checked here. `x-personal: true` marks a value that never enters the journal.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "workflow/value.hpp"

namespace yimen::workflow {

struct Finding {
  std::string pointer;  // RFC 6901, into the data or the schema
  std::string code;     // e.g. required, unknown_member, wrong_type, too_long, identity_number
  Object params;
  bool operator==(const Finding&) const = default;
};

// What makes a schema unusable as a form; empty for a good one. A string that is neither an enum
// nor a format nor bound by `maxLength` is a finding; free text must be x-personal.
[[nodiscard]] std::vector<Finding> check_schema(const Value& schema);

// Everything that is wrong with the data, at once; empty when it satisfies a checked schema.
[[nodiscard]] std::vector<Finding> check_data(const Value& schema, const Value& data);

// The data without its x-personal members, and those members with their pointers (one pointer a
// scalar). The data must satisfy the schema.
struct SplitData {
  Value open;
  std::vector<std::pair<std::string, Value>> personal;
};
[[nodiscard]] SplitData split_personal(const Value& schema, const Value& data);

// The names of formats that forms may use: identity_number, civil_date, instant, money, phone,
// division_code, person_id, household_id, unit_code, digest, uuid.
[[nodiscard]] const std::vector<std::string>& format_names();

}  // namespace yimen::workflow
