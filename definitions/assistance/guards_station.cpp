// Conditions of the station's and the departments' work.
#include "definitions/assistance/reading.hpp"

#include <algorithm>

namespace yimen::definitions::assistance {

namespace {

constexpr int investigators_needed = 2;

const std::string& named_unit(const GuardContext& given) {
  return given.draft.data["unit"].text();
}

bool is_assignable(const GuardContext& given, const std::string& unit) {
  const auto& departments = given.edition.departments;
  return std::find(departments.begin(), departments.end(), unit) != departments.end();
}

std::int64_t last_return(const GuardContext& given) {
  const auto& records = given.subject.records;
  const auto found = std::find_if(records.rbegin(), records.rend(), [](const Record& record) {
    const bool went_back =
        record.kind == return_to_station::name || record.kind == transfer::name;
    return went_back && !record.is_void();
  });
  return found != records.rend() ? found->sequence : 0;
}

const Record* ruling_after_returns(const GuardContext& given) {
  const Record* ruling = last_meeting(given, "station_ruling");
  return ruling != nullptr && ruling->sequence > last_return(given) ? ruling : nullptr;
}

}  // namespace

Unmet reason_given::unmet(const GuardContext& given) {
  return unless(given.draft.has("/reason"));
}

Unmet what_is_missing_stated::unmet(const GuardContext& given) {
  const bool coded = !given.draft.data["missing_codes"].items().empty();
  return unless(coded || given.draft.has("/missing"));
}

Unmet department_named::unmet(const GuardContext& given) {
  const std::string& unit = named_unit(given);
  const std::string& standing = given.subject.fact("department").text();
  const std::string& named = unit.empty() ? standing : unit;
  return unless(is_assignable(given, named), {{"unit", named}});
}

Unmet list_number_given::unmet(const GuardContext& given) {
  return unless(!given.draft.data["list_number"].text().empty());
}

Unmet receiver_named::unmet(const GuardContext& given) {
  return unless(!given.draft.data["receiver"].text().empty());
}

Unmet pack_sent::unmet(const GuardContext& given) {
  return unless(!given.draft.data["pack_digest"].text().empty());
}

Unmet not_yet_accepted::unmet(const GuardContext& given) {
  return unless(!given.subject.fact("accepted").truth());
}

Unmet application_and_authorisation_present::unmet(const GuardContext& given) {
  const auto authorised = [](const Record* record) {
    return record->data["authorisation"].truth();
  };
  const auto applications = given.records(receive_application::name);
  const auto leads = given.records(discover::name);
  const auto papers = given.records(attach::name);
  const auto attached = [&](std::string_view kind) {
    return std::any_of(papers.begin(), papers.end(), [&](const Record* paper) {
      return paper->data["document_kind"].text() == kind;
    });
  };
  return unless(std::any_of(applications.begin(), applications.end(), authorised) ||
                std::any_of(leads.begin(), leads.end(), authorised) ||
                (attached("application") && attached("authorisation")));
}

Unmet proactive_basis_recorded::unmet(const GuardContext& given) {
  const auto leads = given.records(discover::name);
  return unless(std::any_of(leads.begin(), leads.end(), [](const Record* lead) {
    return lead->data["proactive_basis"].truth();
  }));
}

Unmet came_from_village::unmet(const GuardContext& given) {
  return unless(given.subject.fact("came_from_village").truth());
}

Unmet accepted::unmet(const GuardContext& given) {
  return unless(given.subject.fact("accepted").truth());
}

Unmet case_accepted::unmet(const GuardContext& given) { return accepted::unmet(given); }

Unmet department_matches_category::unmet(const GuardContext& given) {
  const workflow::Category* category = category_of(given);
  const std::string& unit = named_unit(given);
  const std::string wanted = category != nullptr ? category->department : std::string();
  return unless(is_assignable(given, unit) && unit == wanted,
                {{"department", wanted}, {"unit", unit}});
}

Unmet override_reason::unmet(const GuardContext& given) {
  return unless(is_assignable(given, named_unit(given)) && given.draft.has("/override_reason"));
}

Unmet station_ruling_recorded::unmet(const GuardContext& given) {
  const std::int64_t returns = given.subject.fact("returns").integer();
  if (returns < given.edition.returns_max) return {};
  const Record* ruling = ruling_after_returns(given);
  return unless(ruling != nullptr && ruling->data["assigned_unit"].text() == named_unit(given),
                {{"returns", returns}});
}

Unmet parent_accepted::unmet(const GuardContext& given) {
  const Value* flag = given.command.parent.find("accepted");
  return unless(flag != nullptr && flag->truth());
}

Unmet registered_outside::unmet(const GuardContext& given) {
  return unless(given.subject.fact("registered_outside").truth());
}

Unmet not_an_emergency::unmet(const GuardContext& given) {
  return unless(!given.subject.fact("emergency").truth());
}

Unmet is_an_emergency::unmet(const GuardContext& given) {
  return unless(given.subject.fact("emergency").truth());
}

Unmet answer_recorded::unmet(const GuardContext& given) {
  const Record* answer = given.last(receive_answer::name);
  if (answer == nullptr) return Object{};
  const std::string& outcome = answer->data["outcome"].text();
  const bool explains = given.draft.kind == explain::name;
  return unless(explains ? outcome == "helped_elsewhere" : !outcome.empty());
}

Unmet unit_is_mine::unmet(const GuardContext& given) {
  const auto& actor = given.command.actor;
  return unless(actor.level == "system" || actor.unit == given.subject.holder.unit,
                {{"holder", given.subject.holder.unit}});
}

Unmet not_yet_signed::unmet(const GuardContext& given) {
  return unless(given.subject.last(sign_for::name) == nullptr);
}

Unmet no_station_ruling::unmet(const GuardContext& given) {
  const std::int64_t returns = given.subject.fact("returns").integer();
  return unless(ruling_after_returns(given) == nullptr && returns < given.edition.returns_max,
                {{"returns", returns}});
}

Unmet other_department::unmet(const GuardContext& given) {
  const std::string& unit = named_unit(given);
  return unless(is_assignable(given, unit) && unit != given.subject.fact("department").text(),
                {{"unit", unit}});
}

Unmet signed_for::unmet(const GuardContext& given) {
  return unless(given.subject.last(sign_for::name) != nullptr);
}

Unmet investigation_recorded::unmet(const GuardContext& given) {
  int most = 0;
  for (const Record* record : given.records(record_investigation::name)) {
    most = std::max(most, distinct(record->data["investigators"]));
  }
  return unless(most >= investigators_needed,
                {{"investigators", most}, {"needed", investigators_needed}});
}

Unmet matching_recorded::unmet(const GuardContext& given) {
  return unless(given.last(record_matching::name) != nullptr);
}

Unmet opinion_recorded::unmet(const GuardContext& given) {
  const Record* opinion = given.last(record_opinion::name);
  return unless(opinion != nullptr && opinion->data["opinion"].text() == "eligible");
}

Unmet measure_recorded::unmet(const GuardContext& given) {
  const Record* measure = given.last(record_measure::name);
  return unless(measure != nullptr && !measure->data["kind"].text().empty());
}

Unmet required_documents_present::unmet(const GuardContext& given) {
  Array missing = missing_documents(given);
  const bool complete = missing.empty();
  return unless(complete, {{"missing", std::move(missing)}});
}

Unmet no_relative_conflict::unmet(const GuardContext& given) {
  const Record* investigation = given.last(record_investigation::name);
  return unless(investigation == nullptr || !investigation->data["relatives"].truth());
}

Unmet children_handled_or_explained::unmet(const GuardContext& given) {
  Array waiting =
      children_outside(given, {handled::name, explained::name, archived::name, withdrawn::name});
  const bool none = waiting.empty();
  return unless(none, {{"units", std::move(waiting)}});
}

Unmet children_closed::unmet(const GuardContext& given) {
  Array waiting = children_outside(given, {archived::name, withdrawn::name});
  const bool none = waiting.empty();
  return unless(none, {{"units", std::move(waiting)}});
}

Unmet review_concluded::unmet(const GuardContext& given) {
  const Record* meeting = last_meeting(given, "joint_review");
  return unless(meeting != nullptr && !meeting->data["decision"].text().empty());
}

Unmet review_found_eligible::unmet(const GuardContext& given) {
  const Record* meeting = last_meeting(given, "joint_review");
  return unless(meeting != nullptr && meeting->data["decision"].text() == "eligible");
}

}  // namespace yimen::definitions::assistance
