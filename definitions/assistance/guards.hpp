// The conditions of the assistance procedure, named for what holds, and the actions of its rows.
// C++17-clean tags; what each reads or does stands in guards_*.cpp and actions.cpp.
#pragma once

#include "definitions/assistance/vocabulary.hpp"

namespace yimen::definitions::assistance {

using workflow::rule::publicity_guard_of;
using workflow::rule::station_decision_guard_of;

// ---- finding and reviewing ----------------------------------------------------------------------

YIMEN_GUARD(who_and_where_told, form_guard_of<discover>);
YIMEN_GUARD(home_visit_recorded, guard_of<submit_for_review, report_restricted>);
YIMEN_GUARD(household_identified, guard_of<submit_for_review>);
YIMEN_GUARD(not_restricted, guard_of<submit_for_review>);
YIMEN_GUARD(application_recorded, form_guard_of<receive_application>);
YIMEN_GUARD(restricted_category, form_guard_of<report_restricted>);
YIMEN_GUARD(quorum_present, guard_of<agree, decline>);
YIMEN_GUARD(majority_agreed, guard_of<agree>);
YIMEN_GUARD(minutes_attached, guard_of<agree, decline>);
YIMEN_GUARD(relatives_recused, guard_of<agree>);
YIMEN_GUARD(review_overdue, guard_of<call_up>);

// ---- said in the event's own form ---------------------------------------------------------------

YIMEN_GUARD(reason_given, form_guard_of<>);
YIMEN_GUARD(what_is_missing_stated, form_guard_of<request_facts, return_to_village>);
YIMEN_GUARD(department_named,
            form_guard_of<split_off, uphold_objection, approve, county_approve, county_refuse>);
YIMEN_GUARD(list_number_given, form_guard_of<assign>);
YIMEN_GUARD(receiver_named, form_guard_of<refer_out>);
YIMEN_GUARD(pack_sent, form_guard_of<refer_out>);
YIMEN_GUARD(reason_cited, form_guard_of<explain>);
YIMEN_GUARD(explanation_delivered, form_guard_of<explain>);
YIMEN_GUARD(remedy_told, form_guard_of<explain>);
YIMEN_GUARD(obviously_ineligible, form_guard_of<explain>);
YIMEN_GUARD(objection_stated, form_guard_of<object>);
YIMEN_GUARD(made_within_notice_period, form_guard_of<object>);  // and of add_objection
YIMEN_GUARD(finding_recorded, form_guard_of<uphold_objection, reject_objection>);
YIMEN_GUARD(purpose_is_approval, form_guard_of<escalate>);
YIMEN_GUARD(purpose_is_beyond_township, form_guard_of<escalate>);
YIMEN_GUARD(county_document_recorded, form_guard_of<county_approve, county_refuse, county_return>);
YIMEN_GUARD(evidence_attached, form_guard_of<withdraw>);
YIMEN_GUARD(duplicate_named, form_guard_of<withdraw>);
YIMEN_GUARD(unfounded_not_after_acceptance, form_guard_of<withdraw>);

// ---- station and departments --------------------------------------------------------------------

YIMEN_GUARD(not_yet_accepted, guard_of<accept>);
YIMEN_GUARD(application_and_authorisation_present, guard_of<accept>);
YIMEN_GUARD(proactive_basis_recorded, guard_of<accept>);
YIMEN_GUARD(came_from_village, guard_of<return_to_village>);
YIMEN_GUARD(accepted, guard_of<assign, refer_to_joint_review>);
YIMEN_GUARD(department_matches_category, form_guard_of<assign>);
YIMEN_GUARD(override_reason, form_guard_of<assign>);
YIMEN_GUARD(station_ruling_recorded, form_guard_of<assign>);
YIMEN_GUARD(parent_accepted, guard_of<split_off>);
YIMEN_GUARD(registered_outside, guard_of<refer_out>);
YIMEN_GUARD(not_an_emergency, guard_of<refer_out>);
YIMEN_GUARD(answer_recorded, form_guard_of<receive_answer, explain>);
YIMEN_GUARD(unit_is_mine, guard_of<sign_for, return_to_station, handle, explain>);
YIMEN_GUARD(not_yet_signed, guard_of<sign_for, return_to_station>);
YIMEN_GUARD(no_station_ruling, guard_of<return_to_station>);
YIMEN_GUARD(other_department, form_guard_of<transfer>);
YIMEN_GUARD(signed_for, guard_of<handle, explain>);
YIMEN_GUARD(investigation_recorded, guard_of<handle, explain>);
YIMEN_GUARD(matching_recorded, guard_of<handle>);
YIMEN_GUARD(opinion_recorded, guard_of<handle>);
YIMEN_GUARD(measure_recorded, guard_of<handle, approve, county_approve>);
YIMEN_GUARD(required_documents_present, guard_of<handle>);
YIMEN_GUARD(no_relative_conflict, guard_of<handle>);
YIMEN_GUARD(children_handled_or_explained, guard_of<handle>);
YIMEN_GUARD(children_closed, guard_of<explain, archive, withdraw>);
YIMEN_GUARD(review_concluded, guard_of<explain, escalate>);
YIMEN_GUARD(review_found_eligible, guard_of<publish>);

// ---- publicity, approval and the end ------------------------------------------------------------

YIMEN_GUARD(notice_complete, form_guard_of<publish>);
YIMEN_GUARD(notice_holds_only_what_the_rule_orders, form_guard_of<publish>);
YIMEN_GUARD(explained_notice_fits, form_guard_of<publish>);
YIMEN_GUARD(all_objections_answered, guard_of<uphold_objection, reject_objection>);
YIMEN_GUARD(no_open_objection, guard_of<approve, escalate, archive>);
YIMEN_GUARD(outcome_is_eligible, guard_of<approve, archive>);
YIMEN_GUARD(outcome_is_explained, guard_of<archive>);
YIMEN_GUARD(outcome_is_not_explained, guard_of<escalate>);
YIMEN_GUARD(approval_is_local, guard_of<approve>);
YIMEN_GUARD(approved, guard_of<archive>);
YIMEN_GUARD(approval_not_required, guard_of<archive>);
YIMEN_GUARD(station_decision_recorded, station_decision_guard_of<escalate>);
YIMEN_GUARD(notice_period_elapsed, publicity_guard_of<approve, escalate, archive>);
YIMEN_GUARD(publicity_satisfied, publicity_guard_of<archive>);
YIMEN_GUARD(exemption_recorded, publicity_guard_of<approve, escalate, archive>);
YIMEN_GUARD(aggregate_published, publicity_guard_of<archive>);
YIMEN_GUARD(no_explained_notice, publicity_guard_of<archive>);
// The long-term notice comes on top of the pre-approval notice: it proves no publicity by itself.
YIMEN_GUARD(long_term_notice_posted, guard_of<archive>);
YIMEN_GUARD(long_term_notice_exempted, guard_of<archive>);
YIMEN_GUARD(delivery_recorded, guard_of<archive>);
YIMEN_GUARD(dossier_complete, guard_of<archive>);
YIMEN_GUARD(not_delivered, guard_of<withdraw>);

// ---- annotations --------------------------------------------------------------------------------

YIMEN_GUARD(approver_is_not_proposer, form_guard_of<>);
YIMEN_GUARD(clock_is_running, form_guard_of<>);
YIMEN_GUARD(clock_is_suspended, form_guard_of<>);
YIMEN_GUARD(clock_is_not_overdue, form_guard_of<>);
YIMEN_GUARD(not_yet_extended, form_guard_of<>);
YIMEN_GUARD(recount_is_needed, form_guard_of<>);
YIMEN_GUARD(date_within_a_month, form_guard_of<>);
YIMEN_GUARD(proposal_is_open, form_guard_of<>);
YIMEN_GUARD(objection_is_known, form_guard_of<>);
YIMEN_GUARD(objection_under_review, guard_of<>);
YIMEN_GUARD(meeting_of_own_level, form_guard_of<>);
YIMEN_GUARD(is_an_emergency, guard_of<>);
YIMEN_GUARD(case_accepted, guard_of<>);
YIMEN_GUARD(child_is_announced, form_guard_of<>);

// ---- actions ------------------------------------------------------------------------------------

YIMEN_ACTION(note_opening_facts);
YIMEN_ACTION(inherit_from_parent);
YIMEN_ACTION(hold_by_village);
YIMEN_ACTION(hold_by_station);
YIMEN_ACTION(hold_by_named_unit);
YIMEN_ACTION(hold_by_department);
YIMEN_ACTION(hold_by_county);
YIMEN_ACTION(note_came_from_village);
YIMEN_ACTION(note_application);
YIMEN_ACTION(note_emergency);
YIMEN_ACTION(note_restriction);
YIMEN_ACTION(note_acceptance);
YIMEN_ACTION(note_assignment);
YIMEN_ACTION(count_return);
YIMEN_ACTION(note_eligible);
YIMEN_ACTION(note_explained);
YIMEN_ACTION(note_approval);
YIMEN_ACTION(note_purpose);
YIMEN_ACTION(note_county_refusal);
YIMEN_ACTION(void_village_meeting);
YIMEN_ACTION(void_signing);
YIMEN_ACTION(void_measure_notice_and_decision);
YIMEN_ACTION(void_findings);
YIMEN_ACTION(void_acceptance);
YIMEN_ACTION(show_to_suggested_department);
YIMEN_ACTION(take_down_notices);
YIMEN_ACTION(note_reopening);

YIMEN_ACTION(note_visited_household);
YIMEN_ACTION(note_measure);
YIMEN_ACTION(end_emergency);
YIMEN_ACTION(note_opinion_risk);
YIMEN_ACTION(replace_applicant);
YIMEN_ACTION(announce_children);
YIMEN_ACTION(note_child);
YIMEN_ACTION(extend_named_clock);
YIMEN_ACTION(suspend_named_clock);
YIMEN_ACTION(resume_named_clock);
YIMEN_ACTION(recount_clocks);
YIMEN_ACTION(order_supervision);
YIMEN_ACTION(note_completion_date);
YIMEN_ACTION(show_to_named_unit);
YIMEN_ACTION(hand_to_person);
YIMEN_ACTION(add_named_signer);

}  // namespace yimen::definitions::assistance
