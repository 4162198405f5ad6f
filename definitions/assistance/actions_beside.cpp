// What goes back or stands beside the case: voided records, notices taken down, clocks, copies.
#include "definitions/assistance/reading.hpp"
#include "workflow/clockwork.hpp"

namespace yimen::definitions::assistance {

namespace {

const Value& form(const Outcome& outcome, std::string_view member) {
  return outcome.context.draft.data[member];
}

void void_meetings(Outcome& outcome, std::string_view kind) {
  for (const Record* meeting : outcome.context.subject.all(record_meeting::name)) {
    if (meeting->data["kind"].text() == kind) outcome.changes.voided.push_back(meeting->sequence);
  }
}

}  // namespace

// ---- going back voids records -------------------------------------------------------------------

void void_village_meeting::perform(Outcome& outcome) { void_meetings(outcome, "village_review"); }

void void_signing::perform(Outcome& outcome) { outcome.void_records({sign_for::name}); }

void void_measure_notice_and_decision::perform(Outcome& outcome) {
  outcome.void_records({record_measure::name, publish::name, post_notice::name, approve::name,
                        county_approve::name, escalate::name, reject_objection::name,
                        post_long_term_notice::name});
  void_meetings(outcome, "station_decision");
  outcome.set_fact("outcome", {});
  outcome.set_fact("approved", {});
  outcome.set_fact("purpose", {});
}

void void_findings::perform(Outcome& outcome) {
  outcome.void_records({record_investigation::name, record_opinion::name, handle::name,
                        explain::name});
  void_meetings(outcome, "joint_review");
  outcome.set_fact("refused_by_county", {});
}

void void_acceptance::perform(Outcome& outcome) {
  outcome.void_records({accept::name});
  outcome.set_fact("accepted", {});
  outcome.set_fact("accepted_at", {});
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

// ---- clocks, copies and hands -------------------------------------------------------------------

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

void recount_clocks::perform(Outcome& outcome) {
  outcome.data.make_object().set("dates", to_value(recount(outcome)));
}

// The order goes to whoever holds the case; the county is asked and not ordered.
void order_supervision::perform(Outcome& outcome) {
  const std::string& unit = outcome.context.subject.holder.unit;
  if (unit == county_unit) return;
  outcome.tell("open_supervision_order",
               Object{{"about", outcome.context.command.case_id}, {"unit", unit}});
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
