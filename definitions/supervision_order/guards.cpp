#include "definitions/supervision_order/guards.hpp"

#include "definitions/unmet.hpp"
#include "workflow/clockwork.hpp"

namespace yimen::definitions::supervision_order {

using workflow::GuardContext;
using workflow::Object;
using workflow::Value;

// The township orders its own units; the county is asked, not ordered.
Unmet ordered_unit_can_act::unmet(const GuardContext& given) {
  const std::string& unit = given.draft.data["unit"].text();
  return unless(!unit.empty() && unit != "county_centre" && unit != "public" && unit != "system",
                Object{{"unit", unit}});
}

Unmet unit_is_mine::unmet(const GuardContext& given) {
  return unless(given.command.actor.unit == given.subject.holder.unit,
                Object{{"holder", given.subject.holder.unit}});
}

// What is not done yet is done by a day.
Unmet date_is_given::unmet(const GuardContext& given) {
  const Value& data = given.draft.data;
  return unless(data["result"].text() != "will_be_done" || !data["until"].text().empty());
}

// Another calendar leaves an entry only where it moves something; what was asked twice is refused.
Unmet recount_is_needed::unmet(const GuardContext& given) {
  return unless(given.draft.data["ground"].text() != "calendar_loaded" || recount_changes(given));
}

}  // namespace yimen::definitions::supervision_order
