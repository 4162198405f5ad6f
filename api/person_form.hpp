// The facts of a person as they are entered, and how they lie sealed in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/http/problem.hpp"
#include "workflow/form.hpp"
#include "workflow/time.hpp"
#include "workflow/value.hpp"

namespace yimen::api {

struct PersonFacts {
  std::string name;
  std::string identity_type;    // identity_number, birth_certificate, passport or none
  std::string identity_number;  // of that type; empty for none
  std::string identity_reason;  // why there is none
  std::string phone;
  std::string sex;              // female, male, or empty
  std::string born_on;          // YYYY-MM-DD, or empty
  bool operator==(const PersonFacts&) const = default;
};

[[nodiscard]] const workflow::Value& person_schema();
[[nodiscard]] const workflow::Value& household_schema();

// Facts of a body that satisfies the schema: tidied, and sex and birthday taken from the identity
// number where they are not given.
[[nodiscard]] PersonFacts facts_from(const workflow::Value& body);

// What no schema can say: masked values, a number that does not go with its type, an identity
// number of the future, a sex or birthday that contradicts it. Pointers lead into the body.
[[nodiscard]] std::vector<workflow::Finding> fact_findings(const PersonFacts& facts,
                                                           workflow::Instant now);

// Spaces at the ends taken off, the check letter x of an identity number made large.
[[nodiscard]] std::string tidy(std::string_view text);
[[nodiscard]] std::string tidy_identity_number(std::string_view text);
// control_character or masked_value; nothing for a text that may be kept.
[[nodiscard]] std::optional<std::string> text_problem(std::string_view text);

[[nodiscard]] std::string sealed_text(const PersonFacts& facts);
[[nodiscard]] PersonFacts from_sealed_text(std::string_view text);

// The words by which a name is found: its beginnings, up to the whole, without spaces and dots.
[[nodiscard]] std::vector<std::string> name_beginnings(std::string_view name);
// The one word of them that a search for `name` looks for.
[[nodiscard]] std::string name_word(std::string_view name);

}  // namespace yimen::api
