// What a row does besides moving the case: the facts it sets, the records it voids, who holds next.
#include "definitions/assistance/reading.hpp"

#include <algorithm>

namespace yimen::definitions::assistance {

namespace {

constexpr const char* station_unit = "station";

const Value& form(const Outcome& outcome, std::string_view member) {
  return outcome.context.draft.data[member];
}

void copy_fact(Outcome& outcome, std::string_view fact, const Value& value) {
  const bool is_empty = value.is_null() || (value.is_string() && value.text().empty());
  if (!is_empty) outcome.set_fact(fact, value);
}

bool names(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Clocks that both acceptance and splitting off start run from the parent's acceptance.
void inherit_clocks(Outcome& outcome) {
  const auto accepted_at = workflow::instant_from(outcome.fact("accepted_at").text());
  if (!accepted_at) return;
  for (const workflow::ClockRule& rule : outcome.context.edition.clocks) {
    if (!names(rule.starts_on, accept::name) || !names(rule.starts_on, split_off::name)) continue;
    workflow::Clock clock;
    clock.name = rule.name;
    clock.visit = outcome.context.subject.visit + 1;
    clock.started_at = *accepted_at;
    clock.started_by = outcome.sequence;
    outcome.changes.clocks.push_back(std::move(clock));
  }
}

// Where money is due, the finance office sees the case, so that it can pay.
void show_to_paying_unit(Outcome& outcome, const Record* measure) {
  if (measure == nullptr || !measure->data.has("amount")) return;
  outcome.show_to(outcome.context.edition.paying_unit);
}

}  // namespace

// ---- opening ------------------------------------------------------------------------------------

void note_opening_facts::perform(Outcome& outcome) {
  const Value& data = outcome.context.draft.data;
  const Value& place = data["place"];
  outcome.set_fact("village", place["village"]);
  copy_fact(outcome, "residence_division", place["residence_division"]);
  copy_fact(outcome, "registered_division", place["registered_division"]);
  outcome.set_fact("registered_outside", place["registered_outside"].truth());
  outcome.set_fact("emergency", data["emergency"].truth());
  outcome.set_fact("restricted",
                   data["restricted"].text().empty() ? Value("none") : data["restricted"]);
  for (const char* fact : {"channel", "subject", "household", "key_category", "category"}) {
    copy_fact(outcome, fact, data[fact]);
  }
  // Whose key seals the personal texts of this case, whoever becomes the applicant later.
  copy_fact(outcome, "key_person", data["subject"]);
  const auto& actor = outcome.context.command.actor;
  outcome.set_fact("discovered_by", actor.unit.empty() ? Value(actor.level) : Value(actor.unit));
  outcome.show_to(place["village"].text());
  outcome.show_to(station_unit);
  if (actor.level == "department") outcome.show_to(actor.unit);
}

// A child stands in for its part of the parent: same people, same acceptance, same statutory clock.
// What was decided on the parent is not decided on the child.
void inherit_from_parent::perform(Outcome& outcome) {
  const Object& parent = outcome.context.command.parent;
  for (const char* fact :
       {"village", "residence_division", "registered_division", "registered_outside", "emergency",
        "restricted", "channel", "application_channel", "subject", "key_person", "household",
        "key_category", "discovered_by", "came_from_village", "accepted", "accepted_at", "basis",
        "delegated"}) {
    if (const Value* value = parent.find(fact)) copy_fact(outcome, fact, *value);
  }
  outcome.set_fact("parent", form(outcome, "parent"));
  copy_fact(outcome, "category", form(outcome, "category"));
  outcome.set_fact("department", form(outcome, "unit"));
  outcome.show_to(outcome.fact("village").text());
  outcome.show_to(station_unit);
  inherit_clocks(outcome);
}

// ---- who holds ----------------------------------------------------------------------------------

void hold_by_village::perform(Outcome& outcome) {
  outcome.hold(outcome.fact("village").text());
}

void hold_by_station::perform(Outcome& outcome) { outcome.hold(station_unit); }

void hold_by_named_unit::perform(Outcome& outcome) {
  const std::string unit = form(outcome, "unit").text();
  outcome.hold(unit);
  outcome.show_to(unit);
}

void hold_by_department::perform(Outcome& outcome) {
  outcome.hold(outcome.fact("department").text());
  outcome.show_to(outcome.fact("department").text());
}

void hold_by_county::perform(Outcome& outcome) {
  outcome.hold(county_unit);
  outcome.show_to(county_unit);
  outcome.tell("tell_county", Object{{"purpose", form(outcome, "purpose")}});
}

void show_to_suggested_department::perform(Outcome& outcome) {
  const Value& unit = form(outcome, "suggested_department");
  copy_fact(outcome, "suggested_department", unit);
  outcome.show_to(unit.text());
  outcome.tell("notify_unit", Object{{"unit", unit}, {"about", "emergency"}});
}

// ---- facts --------------------------------------------------------------------------------------

void note_came_from_village::perform(Outcome& outcome) {
  outcome.set_fact("came_from_village", true);
}

void note_application::perform(Outcome& outcome) {
  outcome.set_fact("application_channel", form(outcome, "channel"));
  copy_fact(outcome, "subject", form(outcome, "applicant"));
}

void note_emergency::perform(Outcome& outcome) { outcome.set_fact("emergency", true); }

void end_emergency::perform(Outcome& outcome) { outcome.set_fact("emergency", false); }

void note_restriction::perform(Outcome& outcome) {
  outcome.set_fact("restricted", form(outcome, "kind"));
}

void note_acceptance::perform(Outcome& outcome) {
  outcome.set_fact("accepted", true);
  outcome.set_fact("accepted_at", workflow::to_text(outcome.context.draft.occurred_at));
  outcome.set_fact("basis", form(outcome, "basis"));
  copy_fact(outcome, "category", form(outcome, "category"));
  if (outcome.fact("number").is_null() && !outcome.context.command.number.empty()) {
    outcome.set_fact("number", outcome.context.command.number);
  }
}

void note_assignment::perform(Outcome& outcome) {
  outcome.set_fact("department", form(outcome, "unit"));
  copy_fact(outcome, "list_number", form(outcome, "list_number"));
}

void count_return::perform(Outcome& outcome) {
  outcome.set_fact("returns", outcome.fact("returns").integer() + 1);
}

void note_eligible::perform(Outcome& outcome) { outcome.set_fact("outcome", "eligible"); }

void note_explained::perform(Outcome& outcome) {
  outcome.set_fact("outcome", "explained");
  outcome.set_fact("ground", form(outcome, "ground"));
}

void note_approval::perform(Outcome& outcome) {
  outcome.set_fact("approved", true);
  if (outcome.fact("outcome").is_null()) outcome.set_fact("outcome", "eligible");
  copy_fact(outcome, "department", form(outcome, "unit"));
  outcome.show_to(form(outcome, "unit").text());
  show_to_paying_unit(outcome, outcome.context.last(record_measure::name));
}

void note_purpose::perform(Outcome& outcome) {
  outcome.set_fact("purpose", form(outcome, "purpose"));
}

void note_county_refusal::perform(Outcome& outcome) {
  outcome.set_fact("refused_by_county", true);
  copy_fact(outcome, "department", form(outcome, "unit"));
}

void note_reopening::perform(Outcome& outcome) {
  outcome.set_fact("reopened", outcome.fact("reopened").integer() + 1);
  outcome.set_fact("reopened_for", form(outcome, "ground"));
  // Where the completion was false, so was what it reported of the delivery.
  if (form(outcome, "ground").text() == "false_completion") {
    outcome.void_records({record_delivery::name, record_payment::name});
  }
}

void note_measure::perform(Outcome& outcome) {
  show_to_paying_unit(outcome, &outcome.context.draft);
}

void note_visited_household::perform(Outcome& outcome) {
  copy_fact(outcome, "household", form(outcome, "household"));
}

void note_opinion_risk::perform(Outcome& outcome) {
  outcome.set_fact("opinion_risk", form(outcome, "level"));
}

void replace_applicant::perform(Outcome& outcome) {
  outcome.set_fact("subject", form(outcome, "person"));
}

void announce_children::perform(Outcome& outcome) {
  Array children = outcome.context.subject.fact("children").items();
  for (const Value& child : form(outcome, "children").items()) {
    children.push_back(Object{{"unit", child["unit"]},
                              {"category", child["category"]},
                              {"announced_by", outcome.sequence},
                              {"state", ""}});
    outcome.tell("open_child", child);
  }
  outcome.set_fact("children", std::move(children));
}

void note_child::perform(Outcome& outcome) {
  Array children = outcome.context.subject.fact("children").items();
  const auto by_name = [&](const Value& child) { return child["child"] == form(outcome, "child"); };
  const auto by_part = [&](const Value& child) {
    return !child.has("child") && child["unit"] == form(outcome, "unit") &&
           child["category"] == form(outcome, "category");
  };
  auto known = std::find_if(children.begin(), children.end(), by_name);
  if (known == children.end()) known = std::find_if(children.begin(), children.end(), by_part);
  if (known != children.end()) {
    known->make_object().set("child", form(outcome, "child"));
    known->make_object().set("state", form(outcome, "state"));
  }
  outcome.set_fact("children", std::move(children));
}

void note_completion_date::perform(Outcome& outcome) {
  outcome.set_fact("completion_on", form(outcome, "on"));
}

}  // namespace yimen::definitions::assistance
