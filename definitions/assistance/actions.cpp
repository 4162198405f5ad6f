// What a row does besides moving the case: the facts it sets, the records it voids, who holds next.
#include "definitions/assistance/reading.hpp"
#include "workflow/clockwork.hpp"

#include <algorithm>

namespace yimen::definitions::assistance {

namespace {

constexpr const char* station_unit = "station";
constexpr const char* county_unit = "county_centre";

const Value& form(const Outcome& outcome, std::string_view member) {
  return outcome.context.draft.data[member];
}

void void_meetings(Outcome& outcome, std::string_view kind) {
  for (const Record* meeting : outcome.context.subject.all(record_meeting::name)) {
    if (meeting->data["kind"].text() == kind) outcome.changes.voided.push_back(meeting->sequence);
  }
}

void copy_fact(Outcome& outcome, std::string_view fact, const Value& value) {
  const bool is_empty = value.is_null() || (value.is_string() && value.text().empty());
  if (!is_empty) outcome.set_fact(fact, value);
}

}  // namespace

// ---- opening --------------------------------------------------------------------------------------

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
  const auto& actor = outcome.context.command.actor;
  outcome.set_fact("discovered_by", actor.unit.empty() ? Value(actor.level) : Value(actor.unit));
  outcome.show_to(place["village"].text());
  outcome.show_to(station_unit);
  if (actor.level == "department") outcome.show_to(actor.unit);
}

// A child stands in for its part of the parent: same people, same acceptance, same statutory clock.
void inherit_from_parent::perform(Outcome& outcome) {
  for (const auto& [name, value] : outcome.context.command.parent) {
    if (name != "children" && name != "department") outcome.set_fact(name, value);
  }
  const Value& unit = form(outcome, "unit");
  outcome.set_fact("parent", form(outcome, "parent"));
  copy_fact(outcome, "category", form(outcome, "category"));
  outcome.set_fact("department", unit);
  outcome.set_fact("returns", 0);
  outcome.show_to(outcome.fact("village").text());
  outcome.show_to(station_unit);
}

// ---- who holds ------------------------------------------------------------------------------------

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

// ---- facts ----------------------------------------------------------------------------------------

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
  for (Value& child : children) {
    const bool same = child["child"] == form(outcome, "child") ||
                      (!child.has("child") && child["unit"] == form(outcome, "unit"));
    if (!same) continue;
    child.make_object().set("child", form(outcome, "child"));
    child.make_object().set("state", form(outcome, "state"));
    break;
  }
  outcome.set_fact("children", std::move(children));
}

void note_completion_date::perform(Outcome& outcome) {
  outcome.set_fact("completion_on", form(outcome, "on"));
}

// ---- going back voids records ---------------------------------------------------------------------

void void_village_meeting::perform(Outcome& outcome) { void_meetings(outcome, "village_review"); }

void void_signing::perform(Outcome& outcome) { outcome.void_records({sign_for::name}); }

void void_measure_notice_and_decision::perform(Outcome& outcome) {
  outcome.void_records({record_measure::name, publish::name, post_notice::name, approve::name,
                        county_approve::name, escalate::name, reject_objection::name});
  void_meetings(outcome, "station_decision");
  outcome.set_fact("outcome", {});
  outcome.set_fact("approved", {});
  outcome.set_fact("purpose", {});
}

void void_findings::perform(Outcome& outcome) {
  outcome.void_records({record_investigation::name, record_opinion::name, handle::name,
                        explain::name});
  outcome.set_fact("refused_by_county", {});
}

void void_acceptance::perform(Outcome& outcome) {
  outcome.void_records({accept::name});
  outcome.set_fact("accepted", {});
}

void take_down_notices::perform(Outcome& outcome) {
  const auto& subject = outcome.context.subject;
  if (subject.last(post_notice::name) != nullptr || subject.last(publish::name) != nullptr) {
    outcome.tell("take_down_notice", Object{});
  }
  for (const Record* objection : open_objections(outcome.context)) {
    outcome.tell("answer_objector", Object{{"objection", objection->sequence}});
  }
  if (!subject.fact("purpose").is_null()) outcome.tell("tell_county", Object{{"withdrawn", true}});
}

// ---- clocks, copies and hands ---------------------------------------------------------------------

void extend_named_clock::perform(Outcome& outcome) {
  const auto until = workflow::civil_date_from(form(outcome, "until").text());
  if (!until) return;
  extend(outcome, form(outcome, "clock").text(), form(outcome, "limit").text(),
         workflow::end_of(*until));
}

void suspend_named_clock::perform(Outcome& outcome) {
  suspend(outcome, form(outcome, "clock").text(), form(outcome, "reason").text());
}

void resume_named_clock::perform(Outcome& outcome) {
  resume(outcome, form(outcome, "clock").text());
}

void show_to_named_unit::perform(Outcome& outcome) {
  outcome.show_to(form(outcome, "unit").text());
  outcome.tell("notify_unit", Object{{"unit", form(outcome, "unit")}, {"about", "copy"}});
}

void hand_to_person::perform(Outcome& outcome) {
  outcome.changes.holder = workflow::Holder{outcome.context.subject.holder.unit,
                                            form(outcome, "person").text()};
}

void add_named_signer::perform(Outcome& outcome) {
  const std::int64_t wanted = form(outcome, "proposal").integer();
  for (const workflow::Proposal& proposal : outcome.context.subject.proposals) {
    if (proposal.sequence != wanted) continue;
    outcome.changes.proposal = proposal;
    outcome.changes.proposal->added_signers.push_back(form(outcome, "post").text());
  }
}

}  // namespace yimen::definitions::assistance
