// The assistance procedure, one rule a line: from where, on which event, to where, by which level,
// under which conditions, with what effect, by which clause of the plan (section.item.paragraph).
// Everything else is derived from this list. Exempt from the guidance on length: it is the law.
#pragma once

#include "definitions/assistance/guards.hpp"
#include "workflow/rule_checks.hpp"

namespace yimen::definitions::assistance {

namespace mp = boost::mp11;
using namespace workflow::rule;  // NOLINT: the table is written in these words

using states = mp::mp_list<nothing, discovered, village_review, declined_by_village,
                           reported_to_station, joint_review, referred_out, assigned_to_department,
                           handled, explained, publicized, objection_review, escalated_to_county,
                           archived, withdrawn>;

using any_open =
    from<discovered, village_review, declined_by_village, reported_to_station, joint_review,
         referred_out, assigned_to_department, handled, explained, publicized, objection_review,
         escalated_to_county>;

// clang-format off
using table = mp::mp_list<

  // ---- finding -----------------------------------------------------------------------------------
  rule<from<nothing>,                  on<discover>,              to<discovered>,             by<village, station, department, public_level, system>, given<who_and_where_told>,                                                          then<note_opening_facts, hold_by_village>,                                   clause<2,3>>,
  rule<from<discovered>,               on<submit_for_review>,     to<village_review>,         by<village>,                       given<home_visit_recorded, household_identified, not_restricted>,                                      then<hold_by_village>,                                                       clause<2,4,4>, undoable>,
  rule<from<discovered>,               on<receive_application>,   to<reported_to_station>,    by<station>,                       given<application_recorded>,                                                                           then<note_application, hold_by_station>,                                     clause<2,2>>,
  rule<from<discovered, village_review, declined_by_village>,
                                       on<report_emergency>,      to<reported_to_station>,    by<village, station, department>,  given<reason_given>,                                                                                   then<note_emergency, hold_by_station, show_to_suggested_department>,         clause<2,4,3>>,
  rule<from<discovered, village_review>,
                                       on<report_restricted>,     to<reported_to_station>,    by<village, station, department>,  given<restricted_category, home_visit_recorded>,                                                       then<note_restriction, hold_by_station>,                                     clause<2,4,3>>,

  // ---- village review ----------------------------------------------------------------------------
  rule<from<village_review>,           on<agree>,                 to<reported_to_station>,    by<village>,                       given<quorum_present, majority_agreed, minutes_attached, relatives_recused>,                           then<note_came_from_village, hold_by_station>,                               clause<2,4,4>, undoable>,
  rule<from<village_review>,           on<decline>,               to<declined_by_village>,    by<village>,                       given<quorum_present, minutes_attached, reason_given>,                                                 then<note_came_from_village, hold_by_station>,                               from_law, undoable>,
  rule<from<village_review>,           on<request_facts>,         to<discovered>,             by<village>,                       given<what_is_missing_stated>,                                                                         then<hold_by_village>,                                                       clause<2,4,4>, undoable>,
  rule<from<declined_by_village>,      on<call_up>,               to<reported_to_station>,    by<station>,                       given<reason_given>,                                                                                   then<hold_by_station>,                                                       clause<2,4,2>>,
  rule<from<village_review>,           on<call_up>,               to<reported_to_station>,    by<station>,                       given<reason_given, review_overdue>,                                                                   then<hold_by_station>,                                                       clause<2,4,2>>,

  // ---- the station accepts and assigns -----------------------------------------------------------
  rule<from<reported_to_station>,      on<accept>,                stays,                      by<station>,                       given<not_yet_accepted, any_of<application_and_authorisation_present, proactive_basis_recorded>>,      then<note_acceptance>,                                                       clause<2,2>>,
  rule<from<reported_to_station>,      on<return_to_village>,     to<village_review>,         by<station>,                       given<what_is_missing_stated, came_from_village>,                                                      then<void_village_meeting, hold_by_village>,                                 clause<2,4,2>, undoable>,
  rule<from<reported_to_station, joint_review>,
                                       on<assign>,                to<assigned_to_department>, by<station>,                       given<accepted, any_of<department_matches_category, override_reason>, list_number_given, station_ruling_recorded>, then<note_assignment, hold_by_named_unit>,                       clause<2,4,4>, undoable>,
  rule<from<reported_to_station, assigned_to_department>,
                                       on<refer_to_joint_review>, to<joint_review>,           by<station, department>,           given<accepted, reason_given>,                                                                         then<hold_by_station>,                                                       clause<2,5>, undoable>,
  rule<from<nothing>,                  on<split_off>,             to<assigned_to_department>, by<station, system>,               given<parent_accepted, department_named>,                                                              then<inherit_from_parent, hold_by_named_unit>,                               clause<2,4,2>>,
  rule<from<reported_to_station, assigned_to_department>,
                                       on<refer_out>,             to<referred_out>,           by<station>,                       given<registered_outside, receiver_named, pack_sent, not_an_emergency>,                                then<hold_by_station>,                                                       clause<2,2>>,
  rule<from<referred_out>,             on<receive_answer>,        to<reported_to_station>,    by<station, county>,               given<answer_recorded>,                                                                                then<hold_by_station>,                                                       clause<2,2>>,

  // ---- the department ----------------------------------------------------------------------------
  rule<from<assigned_to_department>,   on<sign_for>,              stays,                      by<department, station, system>,   given<unit_is_mine, not_yet_signed>,                                                                   then<>,                                                                      clause<2,4,4>>,
  rule<from<assigned_to_department>,   on<transfer>,              stays,                      by<station, department>,           given<reason_given, other_department>,                                                                 then<void_signing, count_return, note_assignment, hold_by_named_unit>,       clause<2,4,2>, undoable>,
  rule<from<assigned_to_department>,   on<return_to_station>,     to<reported_to_station>,    by<department>,                    given<unit_is_mine, reason_given, not_yet_signed, no_station_ruling>,                                  then<void_signing, count_return, hold_by_station>,                           clause<2,4,2>, undoable>,
  rule<from<assigned_to_department>,   on<handle>,                to<handled>,                by<department, station>,           given<unit_is_mine, signed_for, investigation_recorded, matching_recorded, opinion_recorded, measure_recorded, required_documents_present, no_relative_conflict, children_handled_or_explained>,
                                                                                                                                                                                                                                        then<note_eligible, hold_by_station>,                                        clause<2,4,4>, undoable>,

  // ---- explaining --------------------------------------------------------------------------------
  rule<from<discovered>,               on<explain>,               to<explained>,              by<station>,                       given<obviously_ineligible, reason_cited, explanation_delivered, remedy_told, children_closed>,        then<note_explained, hold_by_station>,                                       clause<2,5>>,
  rule<from<declined_by_village>,      on<explain>,               to<explained>,              by<station>,                       given<reason_cited, explanation_delivered, remedy_told, children_closed>,                              then<note_explained, hold_by_station>,                                       clause<2,5>>,
  rule<from<reported_to_station>,      on<explain>,               to<explained>,              by<station>,                       given<any_of<obviously_ineligible, answer_recorded>, reason_cited, explanation_delivered, remedy_told, children_closed>, then<note_explained, hold_by_station>,                     clause<2,5>>,
  rule<from<joint_review>,             on<explain>,               to<explained>,              by<station>,                       given<review_concluded, reason_cited, explanation_delivered, remedy_told, children_closed>,            then<note_explained, hold_by_station>,                                       clause<2,5>>,
  rule<from<assigned_to_department>,   on<explain>,               to<explained>,              by<department, station>,           given<unit_is_mine, signed_for, investigation_recorded, reason_cited, explanation_delivered, remedy_told, children_closed>, then<note_explained, hold_by_station>,                  clause<2,4,4>>,

  // ---- publicity and objections ------------------------------------------------------------------
  rule<from<handled>,                  on<publish>,               to<publicized>,             by<station>,                       given<notice_complete, notice_holds_only_what_the_rule_orders>,                                        then<hold_by_station>,                                                       clause<2,5>>,
  rule<from<joint_review>,             on<publish>,               to<publicized>,             by<station>,                       given<review_found_eligible, notice_complete, notice_holds_only_what_the_rule_orders>,                 then<note_eligible, hold_by_station>,                                        clause<2,5>>,
  rule<from<explained>,                on<publish>,               to<publicized>,             by<station, system>,               given<explained_notice_fits>,                                                                          then<hold_by_station>,                                                       clause<2,4,3>>,
  rule<from<publicized, handled, escalated_to_county>,
                                       on<object>,                to<objection_review>,       by<public_level, station>,         given<made_within_notice_period, objection_stated>,                                                    then<hold_by_station>,                                                       clause<2,4,3>>,
  rule<from<objection_review>,         on<uphold_objection>,      to<assigned_to_department>, by<station>,                       given<all_objections_answered, finding_recorded, department_named>,                                    then<void_signing, void_findings, void_measure_notice_and_decision, note_assignment, hold_by_named_unit>, from_law>,
  rule<from<objection_review>,         on<reject_objection>,      to<publicized>,             by<station>,                       given<all_objections_answered, finding_recorded>,                                                      then<hold_by_station>,                                                       from_law>,

  // ---- approval and the county -------------------------------------------------------------------
  rule<from<publicized>,               on<approve>,               to<handled>,                by<station>,                       given<outcome_is_eligible, approval_is_local, measure_recorded, department_named, no_open_objection, notice_period_elapsed>, then<note_approval, hold_by_station>,                  clause<2,5>>,
  rule<from<handled>,                  on<approve>,               to<handled>,                by<station>,                       given<outcome_is_eligible, approval_is_local, measure_recorded, department_named, no_open_objection, exemption_recorded>,    then<note_approval, hold_by_station>,                  clause<2,5>>,
  rule<from<joint_review, publicized, handled>,
                                       on<escalate>,              to<escalated_to_county>,    by<station>,                       when<purpose_is_approval>, given<outcome_is_not_explained, station_decision_recorded, no_open_objection, any_of<notice_period_elapsed, exemption_recorded>>, then<note_purpose, hold_by_county>, clause<2,5>>,
  rule<from<joint_review, publicized, handled>,
                                       on<escalate>,              to<escalated_to_county>,    by<station>,                       when<purpose_is_beyond_township>, given<outcome_is_not_explained, station_decision_recorded, no_open_objection, review_concluded>, then<note_purpose, hold_by_county>, clause<2,4,4>>,
  rule<from<escalated_to_county>,      on<county_approve>,        to<handled>,                by<county>,                        given<county_document_recorded, measure_recorded, department_named>,                                   then<note_approval, hold_by_station>,                                        clause<2,5>>,
  rule<from<escalated_to_county>,      on<county_refuse>,         to<assigned_to_department>, by<county>,                        given<county_document_recorded, department_named>,                                                     then<void_measure_notice_and_decision, note_county_refusal, hold_by_department>, clause<2,5>>,
  rule<from<escalated_to_county>,      on<county_return>,         to<reported_to_station>,    by<county>,                        given<county_document_recorded>,                                                                       then<void_measure_notice_and_decision, hold_by_station>,                     clause<2,5>>,

  // ---- the end -----------------------------------------------------------------------------------
  rule<from<publicized>,               on<archive>,               to<archived>,               by<station, system>,               when<outcome_is_eligible>,  given<notice_period_elapsed, no_open_objection, any_of<approved, approval_not_required>, delivery_recorded, any_of<long_term_notice_posted, long_term_notice_exempted>, dossier_complete, children_closed>, then<hold_by_station>, clause<2,4,4>>,
  rule<from<publicized>,               on<archive>,               to<archived>,               by<station, system>,               when<outcome_is_explained>, given<any_of<aggregate_published, notice_period_elapsed>, no_open_objection, dossier_complete>, then<hold_by_station>,                  clause<2,4,4>>,
  rule<from<handled>,                  on<archive>,               to<archived>,               by<station>,                       given<any_of<approved, approval_not_required>, any_of<publicity_satisfied, exemption_recorded>, no_open_objection, delivery_recorded, any_of<long_term_notice_posted, long_term_notice_exempted>, dossier_complete, children_closed>, then<hold_by_station>, clause<2,4,4>>,
  rule<from<explained>,                on<archive>,               to<archived>,               by<station>,                       given<any_of<no_explained_notice, exemption_recorded>, dossier_complete>,                              then<hold_by_station>,                                                       clause<2,4,4>>,
  rule<any_open,                       on<withdraw>,              to<withdrawn>,              by<station>,                       given<evidence_attached, duplicate_named, unfounded_not_after_acceptance, not_delivered, children_closed>, then<take_down_notices, hold_by_station>,                                from_law>,
  rule<from<archived, explained, handled, withdrawn>,
                                       on<reopen>,                to<reported_to_station>,    by<station>,                       given<reason_given>,                                                                                   then<void_signing, void_findings, void_measure_notice_and_decision, void_acceptance, note_reopening, hold_by_station>, clause<2,4,4>>
>;

// What is put on record without moving the case, in every open state.
using annotations = mp::mp_list<
  annotation<record_visit,             by<village, station, department>,         given<>,                                       then<note_visited_household>,   clause<2,4,2>>,
  annotation<record_meeting,           by<village, station>,                     given<meeting_of_own_level>,                   then<>,                         clause<2,4,4>>,
  annotation<post_notice,              by<village, station>,                     given<>,                                       then<>,                         clause<2,5>>,
  annotation<take_down_notice,         by<village, station>,                     given<>,                                       then<>,                         clause<2,5>>,
  annotation<post_long_term_notice,    by<village, station>,                     given<>,                                       then<>,                         clause<2,4,3>>,
  annotation<record_matching,          by<station, department>,                  given<>,                                       then<>,                         clause<2,4,2>>,
  annotation<record_investigation,     by<station, department>,                  given<>,                                       then<>,                         clause<2,4,2>>,
  annotation<record_opinion,           by<station, department>,                  given<>,                                       then<>,                         clause<2,4,4>>,
  annotation<record_measure,           by<station, department>,                  given<>,                                       then<note_measure>,             clause<2,4,4>>,
  annotation<record_delivery,          by<station, department, village>,         given<>,                                       then<>,                         clause<2,4,2>>,
  annotation<record_payment,           by<department>,                           given<>,                                       then<>,                         clause<2,4>>,
  annotation<record_relief,            by<village, station, department>,         given<>,                                       then<>,                         clause<2,4,3>>,
  annotation<record_child,             by<system>,                               given<child_is_announced>,                     then<note_child>,               clause<2,4,2>>,
  annotation<attach,                   by<village, station, department, county>, given<>,                                       then<>,                         clause<2,4,4>>,
  annotation<note,                     by<village, station, department, county>, given<>,                                       then<>,                         clause<2,4,4>>,
  annotation<declare_emergency,        by<village, station, department>,         given<reason_given>,                           then<note_emergency>,           clause<2,4,3>>,
  annotation<revoke_emergency,         by<station>,                              given<reason_given, is_an_emergency>,          then<end_emergency>,            clause<2,4,3>>,
  annotation<flag_opinion_risk,        by<village, station, department>,         given<reason_given>,                           then<note_opinion_risk>,        clause<3,1>>,
  annotation<contact_county,           by<village, station, department>,         given<>,                                       then<>,                         clause<2,5>>,
  annotation<exempt_from_notice,       by<station>,                              given<reason_given, approver_is_not_proposer>, then<>,                         from_law>,
  annotation<change_applicant,         by<station>,                              given<>,                                       then<replace_applicant>,        from_law>,
  annotation<split,                    by<station>,                              given<case_accepted>,                          then<announce_children>,        clause<2,4,2>>,
  annotation<extend_deadline,          by<station>,                              given<reason_given, clock_is_running, clock_is_not_overdue, not_yet_extended>, then<extend_named_clock>, from_law>,
  annotation<suspend_clock,            by<station, department>,                  given<clock_is_running>,                       then<suspend_named_clock>,      from_law>,
  annotation<resume_clock,             by<station, department>,                  given<clock_is_suspended>,                     then<resume_named_clock>,       from_law>,
  annotation<set_completion_date,      by<station>,                              given<reason_given, date_within_a_month>,      then<note_completion_date>,     clause<2,4,4>>,
  annotation<record_unfinished_reason, by<station, department>,                  given<>,                                       then<>,                         clause<2,4,4>>,
  annotation<urge,                     by<station, system>,                      given<>,                                       then<>,                         clause<2,4,4>>,
  annotation<supervise,                by<station, system>,                      given<>,                                       then<order_supervision>,        clause<3,3>, also_closed>,
  annotation<copy_to,                  by<station>,                              given<>,                                       then<show_to_named_unit>,       clause<2,4,2>>,
  annotation<delegate,                 by<station, department, village>,         given<>,                                       then<hand_to_person>,           clause<2,4,2>>,
  annotation<add_signer,               by<station, department>,                  given<proposal_is_open>,                       then<add_named_signer>,         clause<2,4,4>>,
  annotation<add_objection,            by<station, public_level>,                given<objection_under_review, made_within_notice_period>, then<>,              clause<2,4,3>>,
  annotation<answer_objection,         by<village, station>,                     given<objection_is_known>,                     then<>,                         from_law>,
  annotation<recount_deadlines,        by<system>,                               given<recount_is_needed>,                      then<recount_clocks>,           from_law>
>;
// clang-format on

using rows = rows_of<table>;

static_assert(table_is_sound<states, rows, reopen>());
static_assert(every_way_is_proved<rows, archived, proves_publicity>());
static_assert(every_way_is_proved<rows, escalated_to_county, proves_station_decision>());
static_assert(level_is_denied<rows, accept, village>());
static_assert(level_is_denied<rows, explain, village>());

}  // namespace yimen::definitions::assistance
