// Conditions of explaining, publicity, objections, approval and the end of a case.
#include "definitions/assistance/reading.hpp"

#include <algorithm>
#include <array>

namespace yimen::definitions::assistance {

namespace {

// What the rules order to be published (DB57 art. 24); nothing else has a place in a notice.
constexpr std::array<std::string_view, 7> publishable{
    "applicant", "village", "group", "members", "category", "amount", "from_month"};

std::string outcome_of(const GuardContext& given) {
  return given.subject.fact("outcome").text();
}

bool is_answered(const GuardContext& given, const Record& objection) {
  const auto answers = given.subject.all(answer_objection::name);
  return std::any_of(answers.begin(), answers.end(), [&](const Record* answer) {
    return answer->data["objection"].integer() == objection.sequence;
  });
}

// The person or group is spared from being named in public.
bool is_protected(const GuardContext& given) {
  const std::string& restricted = given.subject.fact("restricted").text();
  return (!restricted.empty() && restricted != "none") ||
         given.subject.last(exempt_from_notice::name) != nullptr;
}

Unmet elapsed_or_when(const GuardContext& given) {
  const auto period = notice_period(given);
  if (!period) return Object{{"posted", false}};
  return unless(given.now > period->to,
                {{"posted", true}, {"ends_at", workflow::to_text(period->to)}});
}

}  // namespace

Unmet reason_cited::unmet(const GuardContext& given) {
  const Value& data = given.draft.data;
  return unless(!data["policy"].text().empty() && !data["clause"].text().empty());
}

Unmet explanation_delivered::unmet(const GuardContext& given) {
  const Value& delivered = given.draft.data["delivered"];
  const auto on = workflow::instant_from(delivered["on"].text());
  return unless(on && *on <= given.now && !delivered["how"].text().empty() &&
                !delivered["answer"].text().empty());
}

Unmet remedy_told::unmet(const GuardContext& given) {
  return unless(given.draft.data["remedy_told"].truth());
}

Unmet obviously_ineligible::unmet(const GuardContext& given) {
  return unless(given.draft.data["ground"].text() == "obviously_ineligible");
}

Unmet notice_complete::unmet(const GuardContext& given) {
  const Value& content = given.draft.data["content"];
  const bool complete = given.draft.data["kind"].text() == "pre_approval" &&
                        content["members"].integer() >= 1 &&
                        content["category"].text() == given.subject.fact("category").text();
  return unless(complete, {{"category", given.subject.fact("category")}});
}

Unmet notice_holds_only_what_the_rule_orders::unmet(const GuardContext& given) {
  const Value& content = given.draft.data["content"];
  Array surplus;
  for (const Value& field : content["fields"].items()) {
    const bool ordered =
        std::find(publishable.begin(), publishable.end(), field.text()) != publishable.end();
    if (!ordered) surplus.push_back(field);
  }
  const bool on_the_web = given.draft.data["place"].text() == "web" ||
                          holds_text(given.draft.data["place"], "web") ||
                          holds_text(given.draft.data["place"], "screen");
  const bool named = content["applicant_shown"].text() == "full_name";
  if (named && (on_the_web || is_protected(given))) surplus.emplace_back("applicant");
  const bool fits = surplus.empty();
  return unless(fits, {{"fields", std::move(surplus)}});
}

Unmet explained_notice_fits::unmet(const GuardContext& given) {
  const std::string& wanted = given.edition.explained_notice;
  return unless(wanted != "none" && given.draft.data["kind"].text() == wanted,
                {{"kind", wanted}});
}

Unmet objection_stated::unmet(const GuardContext& given) {
  return unless(given.draft.has("/statement"));
}

Unmet made_within_notice_period::unmet(const GuardContext& given) {
  const auto period = notice_period(given);
  const auto made_on = workflow::instant_from(given.draft.data["made_on"].text());
  if (!period) return Object{{"posted", false}};
  return unless(made_on && *made_on >= period->from && *made_on <= period->to &&
                    *made_on <= given.now,
                {{"posted", true}, {"ends_at", workflow::to_text(period->to)}});
}

Unmet all_objections_answered::unmet(const GuardContext& given) {
  Array waiting;
  for (const Record* objection : open_objections(given)) {
    if (!is_answered(given, *objection)) waiting.emplace_back(objection->sequence);
  }
  const bool none = waiting.empty();
  return unless(none, {{"objections", std::move(waiting)}});
}

Unmet no_open_objection::unmet(const GuardContext& given) {
  const auto open = open_objections(given);
  return unless(open.empty(), {{"count", static_cast<std::int64_t>(open.size())}});
}

Unmet finding_recorded::unmet(const GuardContext& given) {
  return unless(given.draft.has("/finding") && !given.draft.data["finding_code"].text().empty());
}

Unmet outcome_is_eligible::unmet(const GuardContext& given) {
  return unless(outcome_of(given) == "eligible");
}

Unmet outcome_is_explained::unmet(const GuardContext& given) {
  return unless(outcome_of(given) == "explained");
}

Unmet outcome_is_not_explained::unmet(const GuardContext& given) {
  return unless(outcome_of(given) != "explained");
}

Unmet approval_is_local::unmet(const GuardContext& given) {
  const workflow::Category* category = category_of(given);
  return unless(category != nullptr && category->approval == "local");
}

Unmet approved::unmet(const GuardContext& given) {
  return unless(given.subject.fact("approved").truth());
}

Unmet approval_not_required::unmet(const GuardContext& given) {
  const workflow::Category* category = category_of(given);
  return unless(category != nullptr && category->approval == "none");
}

Unmet purpose_is_approval::unmet(const GuardContext& given) {
  return unless(given.draft.data["purpose"].text() == "approval");
}

Unmet purpose_is_beyond_township::unmet(const GuardContext& given) {
  return unless(given.draft.data["purpose"].text() == "beyond_township");
}

Unmet station_decision_recorded::unmet(const GuardContext& given) {
  const Record* meeting = last_meeting(given, "station_decision");
  return unless(meeting != nullptr && meeting->data["decision"].text() == "report_to_county");
}

Unmet county_document_recorded::unmet(const GuardContext& given) {
  const Value& data = given.draft.data;
  return unless(!data["document"].text().empty() && !data["document_number"].text().empty());
}

Unmet notice_period_elapsed::unmet(const GuardContext& given) { return elapsed_or_when(given); }

Unmet publicity_satisfied::unmet(const GuardContext& given) { return elapsed_or_when(given); }

Unmet exemption_recorded::unmet(const GuardContext& given) {
  return unless(given.subject.last(exempt_from_notice::name) != nullptr);
}

Unmet aggregate_published::unmet(const GuardContext& given) {
  const Record* published = given.subject.last(publish::name);
  return unless(published != nullptr && published->data["kind"].text() == "aggregate");
}

Unmet no_explained_notice::unmet(const GuardContext& given) {
  return unless(given.edition.explained_notice == "none");
}

Unmet long_term_notice_posted::unmet(const GuardContext& given) {
  const workflow::Category* category = category_of(given);
  const bool is_recipient = category == nullptr || category->recipient;
  return unless(!is_recipient || given.subject.last(post_long_term_notice::name) != nullptr);
}

Unmet long_term_notice_exempted::unmet(const GuardContext& given) {
  return exemption_recorded::unmet(given);
}

Unmet delivery_recorded::unmet(const GuardContext& given) {
  const Record* measure = given.subject.last(record_measure::name);
  const bool money_is_due = measure != nullptr && measure->data.has("amount");
  const bool paid = given.subject.last(record_payment::name) != nullptr;
  const bool delivered = given.subject.last(record_delivery::name) != nullptr;
  return unless(delivered && (paid || !money_is_due),
                {{"delivered", delivered}, {"paid", paid || !money_is_due}});
}

Unmet dossier_complete::unmet(const GuardContext& given) {
  Array missing;
  if (outcome_of(given) == "explained") {
    if (given.subject.last(explain::name) == nullptr) missing.emplace_back("explanation");
  } else {
    missing = missing_documents(given);
  }
  const bool complete = missing.empty();
  return unless(complete, {{"missing", std::move(missing)}});
}

Unmet evidence_attached::unmet(const GuardContext& given) {
  return unless(!given.draft.data["evidence"].text().empty());
}

Unmet duplicate_named::unmet(const GuardContext& given) {
  const Value& data = given.draft.data;
  const std::string& other = data["duplicate_of"].text();
  return unless(data["reason"].text() != "duplicate" ||
                (!other.empty() && other != given.subject.id));
}

Unmet unfounded_not_after_acceptance::unmet(const GuardContext& given) {
  return unless(given.draft.data["reason"].text() != "unfounded" ||
                !given.subject.fact("accepted").truth());
}

Unmet not_delivered::unmet(const GuardContext& given) {
  return unless(given.subject.last(record_delivery::name) == nullptr);
}

}  // namespace yimen::definitions::assistance
