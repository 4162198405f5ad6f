#include "definitions/edition_loader.hpp"

#include <utility>

#include "definitions/definition_file.hpp"
#include "definitions/digest.hpp"
#include "definitions/edition_parts.hpp"

namespace yimen::definitions {

namespace {

using workflow::Edition;
using workflow::Value;

using Findings = std::vector<Finding>;

constexpr int backdating_days_limit = 366;
constexpr int returns_limit = 10;

void read_events(ObjectReader& reader, Edition& edition, Findings& findings) {
  for (const auto& [event, policies] : reader.members("events")) {
    const std::string pointer = reader.pointer_to("events") + pointer_token(event);
    if (!policies.is_array()) {
      findings.push_back({pointer, "wrong_type", {{"expected", "array"}}});
    }
    std::vector<workflow::StepPolicy>& read = edition.events[event];
    for (const Value& policy : policies.items()) {
      const std::string place = pointer + "/" + std::to_string(read.size());
      read.push_back(event_policy_from(policy, place, findings));
    }
  }
}

// The members of an object, each read by a function of code, value, pointer and findings.
template <class Read, class Map>
void read_named(ObjectReader& reader, std::string_view key, Read read, Map& map,
                Findings& findings, Presence presence = Presence::required) {
  for (const auto& [code, value] : reader.members(key, presence)) {
    map[code] = read(code, value, reader.pointer_to(key) + pointer_token(code), findings);
  }
}

template <class Read, class List>
void read_listed(ObjectReader& reader, std::string_view key, Read read, List& list,
                 Findings& findings, Presence presence = Presence::required) {
  for (const Value& item : reader.items(key, presence)) {
    const std::string pointer = reader.pointer_to(key) + "/" + std::to_string(list.size());
    list.push_back(read(item, pointer, findings));
  }
}

void read_words(ObjectReader& reader, std::string_view key,
                std::map<std::string, std::string>& words,
                Presence presence = Presence::required) {
  for (const auto& [name, word] : reader.members(key, presence)) {
    if (!word.is_string()) reader.add(key, "wrong_type", {{"expected", "string"}});
    words[name] = word.text();
  }
}

}  // namespace

Result<Edition, Findings> edition_from(const Value& value) {
  Findings findings;
  ObjectReader reader(value, "", findings);
  Edition edition;
  edition.procedure = reader.text("procedure");
  edition.name = reader.text("name");
  edition.digest = sha256_hex(canonical(value));
  edition.valid_from = reader.text("valid_from");
  read_events(reader, edition, findings);
  const auto annotation = [](const std::string&, const Value& policy, std::string pointer,
                             Findings& found) {
    return annotation_policy_from(policy, std::move(pointer), found);
  };
  read_named(reader, "annotations", annotation, edition.annotations, findings);
  read_named(reader, "forms", form_from, edition.forms, findings);
  read_named(reader, "categories", category_from, edition.categories, findings, Presence::optional);
  read_listed(reader, "clocks", clock_rule_from, edition.clocks, findings);
  read_listed(reader, "ladder", rung_from, edition.ladder, findings);
  read_listed(reader, "emergency_ladder", rung_from, edition.emergency_ladder, findings,
              Presence::optional);
  edition.departments = reader.texts("departments", Presence::optional);
  edition.paying_unit = reader.text("paying_unit", Presence::optional);
  read_words(reader, "superiors", edition.superiors, Presence::optional);
  read_words(reader, "post_level", edition.post_level);
  edition.lateness_reasons = reader.texts("lateness_reasons");
  edition.explained_notice =
      reader.choice("explained_notice", {"aggregate", "anonymous", "none"}, Presence::optional);
  edition.case_number_format = reader.text("case_number_format", Presence::optional);
  edition.take_back_window =
      budget_from(reader.any("take_back_window"), reader.pointer_to("take_back_window"), findings);
  edition.backdating_days_max = reader.integer("backdating_days_max", 0, backdating_days_limit);
  if (reader.has("returns_max")) {
    edition.returns_max = reader.integer("returns_max", 1, returns_limit);
  }
  reader.finish();
  if (!findings.empty()) return refuse(std::move(findings));
  return edition;
}

Result<Edition, Findings> load_edition(const std::filesystem::path& file) {
  const auto value = value_in(file);
  if (!value) return refuse(Findings{value.error()});
  return edition_from(*value);
}

}  // namespace yimen::definitions
