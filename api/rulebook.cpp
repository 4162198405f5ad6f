#include "api/rulebook.hpp"

#include <algorithm>

#include "definitions/assistance/procedure.hpp"
#include "definitions/calendar_loader.hpp"
#include "definitions/definition_file.hpp"
#include "definitions/edition_check.hpp"
#include "definitions/edition_loader.hpp"
#include "definitions/supervision_order/procedure.hpp"

namespace yimen::api {

namespace {

using Lines = std::vector<std::string>;

void add_findings(Lines& lines, const std::string& file,
                  const std::vector<workflow::Finding>& findings) {
  for (const workflow::Finding& finding : findings) {
    lines.push_back(file + " " + finding.pointer + ": " + finding.code +
                    (finding.params.empty() ? "" : " " + canonical(finding.params)));
  }
}

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& item : std::filesystem::directory_iterator(folder, error)) {
    if (item.path().extension() == ".json") files.push_back(item.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool is_later(const workflow::Edition& a, const workflow::Edition& b) {
  return a.valid_from != b.valid_from ? a.valid_from > b.valid_from : a.name > b.name;
}

}  // namespace

Result<Rulebook, Lines> Rulebook::load(const std::filesystem::path& folder) {
  Rulebook book;
  Lines lines;
  book.procedures_ = {&definitions::assistance::procedure(),
                      &definitions::supervision_order::procedure()};

  const auto organisations = json_files(folder / "organisation");
  if (organisations.size() != 1) {
    lines.push_back((folder / "organisation").string() + ": one organisation file is expected");
    return refuse(std::move(lines));
  }
  auto organisation = definitions::load_organisation(organisations.front());
  if (!organisation) add_findings(lines, "organisation", organisation.error());
  auto calendar = definitions::load_calendar(folder / "calendars");
  if (!calendar) lines.insert(lines.end(), calendar.error().begin(), calendar.error().end());
  auto texts = http::Texts::load(folder / "texts");
  if (!texts) lines.push_back(texts.error());

  for (const workflow::Procedure* procedure : book.procedures_) {
    const auto files = json_files(folder / std::string(procedure->name) / "editions");
    if (files.empty()) lines.push_back(std::string(procedure->name) + ": no edition");
    for (const auto& file : files) {
      auto edition = definitions::load_edition(file);
      if (!edition) {
        add_findings(lines, file.filename().string(), edition.error());
        continue;
      }
      if (organisation && calendar) {
        add_findings(lines, file.filename().string(),
                     definitions::check(*edition, *procedure, *organisation, &*calendar));
      }
      if (const auto value = definitions::value_in(file)) {
        book.edition_bytes_.push_back({edition->digest, edition->procedure, canonical(*value)});
      }
      book.editions_.push_back(std::make_unique<workflow::Edition>(std::move(*edition)));
    }
  }
  if (!lines.empty()) return refuse(std::move(lines));
  std::sort(book.editions_.begin(), book.editions_.end(),
            [](const auto& a, const auto& b) { return is_later(*a, *b); });
  book.organisation_ = std::make_unique<definitions::Organisation>(std::move(*organisation));
  book.calendar_ = std::make_unique<CalendarInForce>(std::move(*calendar));
  book.texts_ = std::make_unique<http::Texts>(std::move(*texts));
  return book;
}

const workflow::Procedure* Rulebook::procedure(std::string_view name) const {
  const auto found = std::find_if(procedures_.begin(), procedures_.end(),
                                  [&](const auto* known) { return known->name == name; });
  return found != procedures_.end() ? *found : nullptr;
}

std::vector<const workflow::Procedure*> Rulebook::procedures() const { return procedures_; }

const workflow::Edition* Rulebook::edition_in_force(std::string_view procedure,
                                                    workflow::Instant now) const {
  const std::string today = workflow::to_text(workflow::civil_date_of(now));
  for (const auto& edition : editions_) {
    if (edition->procedure == procedure && edition->valid_from <= today) return edition.get();
  }
  return nullptr;
}

const workflow::Edition* Rulebook::edition(std::string_view digest) const {
  for (const auto& edition : editions_) {
    if (edition->digest == digest) return edition.get();
  }
  return nullptr;
}

std::vector<const workflow::Edition*> Rulebook::editions() const {
  std::vector<const workflow::Edition*> all;
  for (const auto& edition : editions_) all.push_back(edition.get());
  return all;
}

std::vector<persistence::StateWord> Rulebook::vocabulary() const {
  std::vector<persistence::StateWord> words;
  for (const workflow::Procedure* procedure : procedures_) {
    for (std::size_t state = 1; state < procedure->states.size(); ++state) {
      words.push_back({std::string(procedure->name), std::string(procedure->states[state]),
                       static_cast<bool>(procedure->is_closed[state])});
    }
  }
  return words;
}

const workflow::Form* Rulebook::form(std::string_view digest) const {
  for (const auto& edition : editions_) {
    for (const auto& [code, form] : edition->forms) {
      if (form.digest == digest) return &form;
    }
  }
  return nullptr;
}

}  // namespace yimen::api
