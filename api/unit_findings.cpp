#include "api/unit_findings.hpp"

#include <string>

namespace yimen::api {

namespace {

using workflow::Finding;
using workflow::Value;

class UnitCheck {
 public:
  explicit UnitCheck(const definitions::Organisation& organisation)
      : organisation_(organisation) {}

  void check(const Value& schema, const Value& data, const std::string& pointer) {
    for (const auto& [name, member] : data.members()) {
      check(schema["properties"][name], member, pointer + "/" + name);
    }
    std::size_t index = 0;
    for (const Value& item : data.items()) {
      check(schema["items"], item, pointer + "/" + std::to_string(index++));
    }
    if (schema["format"].text() != "unit_code") return;
    const definitions::Unit* unit = organisation_.unit(data.text());
    const bool wants_village = pointer.ends_with("/village");
    const bool fits = unit != nullptr && (!wants_village || unit->level == "village");
    if (!fits) findings.push_back({pointer, "unknown_unit", {{"unit", data.text()}}});
  }

  std::vector<Finding> findings;

 private:
  const definitions::Organisation& organisation_;
};

}  // namespace

std::vector<Finding> unit_findings(const Value& schema, const Value& data,
                                   const definitions::Organisation& organisation) {
  UnitCheck check(organisation);
  check.check(schema, data, {});
  return std::move(check.findings);
}

}  // namespace yimen::api
