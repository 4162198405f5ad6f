#include "definitions/supervision_order/guards.hpp"
#include "workflow/clockwork.hpp"

namespace yimen::definitions::supervision_order {

using workflow::Object;
using workflow::Outcome;
using workflow::Value;

namespace {

constexpr const char* station_unit = "station";

}  // namespace

// An order is about a case: its people's key seals the texts, its urgency is the order's.
void note_order::perform(Outcome& outcome) {
  const Value& form = outcome.context.draft.data;
  const Object& about = outcome.context.command.parent;
  for (const char* fact : {"village", "category", "emergency", "key_person"}) {
    if (const Value* value = about.find(fact)) outcome.set_fact(fact, *value);
  }
  outcome.set_fact("about", form["about"]);
  outcome.set_fact("department", form["unit"]);
  outcome.show_to(form["unit"].text());
  outcome.show_to(station_unit);
  outcome.tell("notify_unit",
               Object{{"unit", form["unit"]}, {"about", "supervision_order_issued"}});
}

void hold_by_ordered_unit::perform(Outcome& outcome) {
  outcome.hold(outcome.fact("department").text());
}

void hold_by_station::perform(Outcome& outcome) { outcome.hold(station_unit); }

void recount_clocks::perform(Outcome& outcome) {
  outcome.data.make_object().set("dates", to_value(recount(outcome)));
}

}  // namespace yimen::definitions::supervision_order
