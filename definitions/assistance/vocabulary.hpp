// The words of the assistance procedure: states, levels, events and annotations, as empty tags.
// C++17-clean. The spelling of a tag is its name in JSON, SQL and the texts.
#pragma once

#include "definitions/words.hpp"

namespace yimen::definitions::assistance {

// ---- states -------------------------------------------------------------------------------------

YIMEN_WORD(nothing, open_state);  // before the case is opened
YIMEN_WORD(discovered, open_state);
YIMEN_WORD(village_review, open_state);
YIMEN_WORD(declined_by_village, open_state);
YIMEN_WORD(reported_to_station, open_state);
YIMEN_WORD(joint_review, open_state);
YIMEN_WORD(referred_out, open_state);
YIMEN_WORD(assigned_to_department, open_state);
YIMEN_WORD(handled, open_state);
YIMEN_WORD(explained, open_state);
YIMEN_WORD(publicized, open_state);
YIMEN_WORD(objection_review, open_state);
YIMEN_WORD(escalated_to_county, open_state);
YIMEN_WORD(archived, closed_state);
YIMEN_WORD(withdrawn, closed_state);

// ---- events -------------------------------------------------------------------------------------

YIMEN_WORD(discover, event);
YIMEN_WORD(split_off, event);
YIMEN_WORD(submit_for_review, event);
YIMEN_WORD(receive_application, event);
YIMEN_WORD(report_emergency, event);
YIMEN_WORD(report_restricted, event);
YIMEN_WORD(agree, event);
YIMEN_WORD(decline, event);
YIMEN_WORD(request_facts, event);
YIMEN_WORD(call_up, event);
YIMEN_WORD(accept, event);
YIMEN_WORD(return_to_village, event);
YIMEN_WORD(assign, event);
YIMEN_WORD(refer_to_joint_review, event);
YIMEN_WORD(refer_out, event);
YIMEN_WORD(receive_answer, event);
YIMEN_WORD(sign_for, event);
YIMEN_WORD(transfer, event);
YIMEN_WORD(return_to_station, event);
YIMEN_WORD(handle, event);
YIMEN_WORD(explain, event);
YIMEN_WORD(publish, event);
YIMEN_WORD(object, event);
YIMEN_WORD(uphold_objection, event);
YIMEN_WORD(reject_objection, event);
YIMEN_WORD(approve, event);
YIMEN_WORD(escalate, event);
YIMEN_WORD(county_approve, event);
YIMEN_WORD(county_refuse, event);
YIMEN_WORD(county_return, event);
YIMEN_WORD(archive, event);
YIMEN_WORD(withdraw, event);
YIMEN_WORD(reopen, event);

// ---- annotations --------------------------------------------------------------------------------

YIMEN_WORD(record_visit, annotation_word);
YIMEN_WORD(record_meeting, annotation_word);
YIMEN_WORD(post_notice, annotation_word);
YIMEN_WORD(take_down_notice, annotation_word);
YIMEN_WORD(post_long_term_notice, annotation_word);
YIMEN_WORD(record_matching, annotation_word);
YIMEN_WORD(record_investigation, annotation_word);
YIMEN_WORD(record_opinion, annotation_word);
YIMEN_WORD(record_measure, annotation_word);
YIMEN_WORD(record_delivery, annotation_word);
YIMEN_WORD(record_payment, annotation_word);
YIMEN_WORD(record_relief, annotation_word);
YIMEN_WORD(record_child, annotation_word);
YIMEN_WORD(attach, annotation_word);
YIMEN_WORD(note, annotation_word);
YIMEN_WORD(declare_emergency, annotation_word);
YIMEN_WORD(revoke_emergency, annotation_word);
YIMEN_WORD(flag_opinion_risk, annotation_word);
YIMEN_WORD(contact_county, annotation_word);
YIMEN_WORD(exempt_from_notice, annotation_word);
YIMEN_WORD(change_applicant, annotation_word);
YIMEN_WORD(split, annotation_word);
YIMEN_WORD(extend_deadline, annotation_word);
YIMEN_WORD(suspend_clock, annotation_word);
YIMEN_WORD(resume_clock, annotation_word);
YIMEN_WORD(set_completion_date, annotation_word);
YIMEN_WORD(record_unfinished_reason, annotation_word);
YIMEN_WORD(urge, annotation_word);
YIMEN_WORD(supervise, annotation_word);
YIMEN_WORD(copy_to, annotation_word);
YIMEN_WORD(delegate, annotation_word);
YIMEN_WORD(add_signer, annotation_word);
YIMEN_WORD(add_objection, annotation_word);
YIMEN_WORD(answer_objection, annotation_word);
YIMEN_WORD(recount_deadlines, annotation_word);

}  // namespace yimen::definitions::assistance
