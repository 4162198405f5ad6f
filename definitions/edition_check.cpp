#include "definitions/edition_check.hpp"

#include <algorithm>

#include "definitions/edition_check_parts.hpp"

namespace yimen::definitions {

namespace {

using workflow::Edition;

template <class List>
bool holds(const List& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

void check_header(const EditionCheck& check) {
  const Edition& edition = check.edition;
  if (edition.procedure != check.procedure.name) {
    check.add("/procedure", "unknown_procedure", {{"procedure", edition.procedure}});
  }
  if (edition.name.empty()) check.add("/name", "missing_text");
  if (!workflow::civil_date_from(edition.valid_from)) check.add("/valid_from", "civil_date");
  if (edition.take_back_window.amount == 0) check.add("/take_back_window", "budget_empty");
  if (edition.lateness_reasons.empty()) check.add("/lateness_reasons", "too_few", {{"min", 1}});
  if (check.procedure.numbering_event.empty()) return;
  for (const char* placeholder : {"{year}", "{number}"}) {
    if (edition.case_number_format.find(placeholder) == std::string::npos) {
      check.add("/case_number_format", "missing_placeholder", {{"placeholder", placeholder}});
    }
  }
}

void check_departments(const EditionCheck& check) {
  for (std::size_t at = 0; at < check.edition.departments.size(); ++at) {
    const std::string pointer = "/departments/" + std::to_string(at);
    const std::string& code = check.edition.departments[at];
    const Unit* unit = check.organisation.unit(code);
    if (unit == nullptr) {
      check.add(pointer, "unknown_unit", {{"unit", code}});
    } else if (unit->level != "department" && unit->level != "station") {
      check.add(pointer, "level_not_allowed", {{"unit", code}, {"level", unit->level}});
    }
  }
  const std::string& paying = check.edition.paying_unit;
  if (!paying.empty() && check.organisation.unit(paying) == nullptr) {
    check.add("/paying_unit", "unknown_unit", {{"unit", paying}});
  }
}

// The kinds of documents that the form of `attach` knows; empty where there is no such form.
const workflow::Value& document_kinds(const Edition& edition) {
  static const workflow::Value none;
  const workflow::Form* form = edition.form("attach");
  return form != nullptr ? form->schema["properties"]["document_kind"]["enum"] : none;
}

void check_categories(const EditionCheck& check) {
  const auto& kinds = document_kinds(check.edition).items();
  for (const auto& [code, category] : check.edition.categories) {
    const std::string pointer = "/categories" + pointer_token(code);
    if (!holds(check.edition.departments, category.department)) {
      check.add(pointer + "/department", "unknown_department",
                {{"department", category.department}});
    }
    const bool noticed = category.notice == "required";
    if (noticed && category.notice_period.amount == 0) {
      check.add(pointer + "/notice_period", "budget_empty");
    }
    if (noticed && category.repeat_notice_period.amount == 0) {
      check.add(pointer + "/repeat_notice_period", "budget_empty");
    }
    for (std::size_t at = 0; at < category.required_documents.size(); ++at) {
      const workflow::Value kind(category.required_documents[at]);
      if (std::ranges::find(kinds, kind) == kinds.end()) {
        check.add(pointer + "/required_documents/" + std::to_string(at), "unknown_document",
                  {{"document", kind}});
      }
    }
  }
}

void check_calendar(const EditionCheck& check, const workflow::WorkingCalendar* calendar) {
  const auto valid_from = workflow::civil_date_from(check.edition.valid_from);
  if (calendar != nullptr && valid_from && calendar->is_provisional(*valid_from)) {
    check.add("/valid_from", "provisional_year");
  }
}

}  // namespace

void EditionCheck::check_posts(const std::vector<std::string>& posts,
                               const std::string& pointer) const {
  for (std::size_t at = 0; at < posts.size(); ++at) {
    if (!edition.post_level.contains(posts[at])) {
      add(pointer + "/" + std::to_string(at), "unknown_post", {{"post", posts[at]}});
    }
  }
}

bool EditionCheck::is_event_or_annotation(std::string_view name) const {
  return procedure.event_index(name) >= 0 || procedure.annotation(name) != nullptr;
}

bool EditionCheck::may_act(const std::string& post,
                           const std::vector<std::string_view>& levels) const {
  const auto level = edition.post_level.find(post);
  return level != edition.post_level.end() && holds(levels, level->second) &&
         organisation.has_unit_of(level->second);
}

std::vector<Finding> check(const Edition& edition, const workflow::Procedure& procedure,
                           const Organisation& organisation,
                           const workflow::WorkingCalendar* calendar) {
  std::vector<Finding> findings;
  const EditionCheck subject{edition, procedure, organisation, findings};
  check_header(subject);
  check_calendar(subject, calendar);
  check_departments(subject);
  check_categories(subject);
  check_steps(subject);
  check_clocks(subject);
  check_forms(subject);
  return findings;
}

}  // namespace yimen::definitions
