#include "definitions/organisation.hpp"

#include <algorithm>
#include <set>

#include "definitions/definition_file.hpp"
#include "definitions/object_reader.hpp"
#include "workflow/format.hpp"

namespace yimen::definitions {

namespace {

using workflow::Value;

using Findings = std::vector<Finding>;

template <class Item>
const Item* found(const std::vector<Item>& items, std::string_view code) {
  const auto at = std::ranges::find(items, code, &Item::code);
  return at != items.end() ? &*at : nullptr;
}

std::string code_from(ObjectReader& reader) {
  std::string code = reader.text("code");
  if (!code.empty() && workflow::format_problem("unit_code", code)) reader.add("code", "unit_code");
  return code;
}

std::string level_from(ObjectReader& reader) {
  return reader.choice("level",
                       {"village", "station", "department", "county", "public", "system"});
}

Title title_from(ObjectReader& reader, Findings& findings) {
  ObjectReader title(reader.any("title"), reader.pointer_to("title"), findings);
  Title read{title.text("zh"), title.text("en")};
  title.finish();
  return read;
}

Unit unit_from(const Value& value, const std::string& pointer, Findings& findings) {
  ObjectReader reader(value, pointer, findings);
  Unit unit;
  unit.code = code_from(reader);
  unit.level = level_from(reader);
  unit.title = title_from(reader, findings);
  unit.parent = reader.text("parent", Presence::optional);
  if (!reader.any("division_code", Presence::optional).is_null()) {
    unit.division_code = reader.text("division_code");
    if (workflow::format_problem("division_code", unit.division_code)) {
      reader.add("division_code", "division_code");
    }
  }
  reader.finish();
  return unit;
}

Post post_from(const Value& value, const std::string& pointer, Findings& findings) {
  ObjectReader reader(value, pointer, findings);
  Post post;
  post.code = code_from(reader);
  post.level = level_from(reader);
  post.title = title_from(reader, findings);
  reader.finish();
  return post;
}

template <class Item>
std::vector<Item> all_from(ObjectReader& reader, std::string_view key, Findings& findings,
                           Item (*read)(const Value&, const std::string&, Findings&)) {
  std::vector<Item> all;
  for (const Value& item : reader.items(key)) {
    const std::string pointer = reader.pointer_to(key) + "/" + std::to_string(all.size());
    Item next = read(item, pointer, findings);
    if (!next.code.empty() && found(all, next.code) != nullptr) {
      findings.push_back({pointer + "/code", "named_twice", {{"name", next.code}}});
    }
    all.push_back(std::move(next));
  }
  return all;
}

void check_parents(const Organisation& organisation, Findings& findings) {
  for (std::size_t at = 0; at < organisation.units.size(); ++at) {
    const std::string pointer = "/units/" + std::to_string(at) + "/parent";
    std::set<std::string> seen;
    const Unit* unit = &organisation.units[at];
    while (unit != nullptr && !unit->parent.empty()) {
      if (!seen.insert(unit->code).second) {
        findings.push_back({pointer, "circle", {}});
        break;
      }
      unit = organisation.unit(unit->parent);
    }
    if (unit == nullptr) findings.push_back({pointer, "unknown_unit", {}});
  }
}

void check_posts(const Organisation& organisation, Findings& findings) {
  for (std::size_t at = 0; at < organisation.posts.size(); ++at) {
    const Post& post = organisation.posts[at];
    if (!organisation.has_unit_of(post.level)) {
      findings.push_back({"/posts/" + std::to_string(at), "post_nobody_holds",
                          {{"post", post.code}, {"level", post.level}}});
    }
  }
}

}  // namespace

const std::vector<std::string>& level_names() {
  static const std::vector<std::string> names{"village", "station", "department",
                                              "county",  "public",  "system"};
  return names;
}

const Unit* Organisation::unit(std::string_view code) const { return found(units, code); }

const Post* Organisation::post(std::string_view code) const { return found(posts, code); }

bool Organisation::has_unit_of(std::string_view level) const {
  return std::ranges::find(units, level, &Unit::level) != units.end();
}

Result<Organisation, Findings> organisation_from(const Value& value) {
  Findings findings;
  ObjectReader reader(value, "", findings);
  Organisation organisation;
  organisation.jurisdiction = reader.text("jurisdiction");
  organisation.division_code = reader.text("division_code");
  if (workflow::format_problem("division_code", organisation.division_code + "000")) {
    reader.add("division_code", "division_code");
  }
  organisation.units = all_from(reader, "units", findings, &unit_from);
  organisation.posts = all_from(reader, "posts", findings, &post_from);
  reader.finish();
  check_parents(organisation, findings);
  check_posts(organisation, findings);
  if (!findings.empty()) return refuse(std::move(findings));
  return organisation;
}

Result<Organisation, Findings> load_organisation(const std::filesystem::path& file) {
  const auto value = value_in(file);
  if (!value) return refuse(Findings{value.error()});
  return organisation_from(*value);
}

}  // namespace yimen::definitions
