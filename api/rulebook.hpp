// The definitions in force: procedures, editions, organisation, calendar and texts, read and
// checked once at the start. Shared by all threads and never changed, but for the calendar.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/calendar_in_force.hpp"
#include "api/http/texts.hpp"
#include "definitions/organisation.hpp"
#include "persistence/projection.hpp"
#include "workflow/decide.hpp"

namespace yimen::api {

class Rulebook {
 public:
  // Reads the folder of definitions and checks it; the refusal names every finding, a line each.
  static Result<Rulebook, std::vector<std::string>> load(const std::filesystem::path& folder);

  // Nullptr for an unknown procedure.
  [[nodiscard]] const workflow::Procedure* procedure(std::string_view name) const;
  [[nodiscard]] std::vector<const workflow::Procedure*> procedures() const;
  // The edition that new cases of a procedure begin with.
  [[nodiscard]] const workflow::Edition* edition_in_force(std::string_view procedure,
                                                          workflow::Instant now) const;
  // By digest: the one a case runs under. Nullptr where it is not loaded.
  [[nodiscard]] const workflow::Edition* edition(std::string_view digest) const;
  [[nodiscard]] std::vector<const workflow::Edition*> editions() const;
  // The states that cases may be in, and which of them are closed.
  [[nodiscard]] std::vector<persistence::StateWord> vocabulary() const;
  // Nullptr for an unknown digest.
  [[nodiscard]] const workflow::Form* form(std::string_view digest) const;

  [[nodiscard]] const definitions::Organisation& organisation() const { return *organisation_; }
  // The one in force now; hold it as long as it is counted with.
  [[nodiscard]] std::shared_ptr<const workflow::WorkingCalendar> calendar() const {
    return calendar_->get();
  }
  [[nodiscard]] CalendarInForce& calendar_in_force() const { return *calendar_; }
  [[nodiscard]] const http::Texts& texts() const { return *texts_; }

  // What the store keeps for ever, so that digests in old entries can be resolved.
  struct Kept {
    std::string digest;
    std::string procedure;
    std::string bytes;
  };
  [[nodiscard]] const std::vector<Kept>& edition_bytes() const { return edition_bytes_; }

 private:
  std::vector<const workflow::Procedure*> procedures_;
  std::vector<std::unique_ptr<workflow::Edition>> editions_;
  std::vector<Kept> edition_bytes_;
  std::unique_ptr<definitions::Organisation> organisation_;
  std::unique_ptr<CalendarInForce> calendar_;
  std::unique_ptr<http::Texts> texts_;
};

}  // namespace yimen::api
