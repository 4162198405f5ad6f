#include "api/simulation_report.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "api/case_journal.hpp"
#include "definitions/edition_check.hpp"
#include "definitions/edition_loader.hpp"
#include "workflow/simulation.hpp"

namespace yimen::api {

namespace {

using persistence::CaseStore;
using persistence::StoreError;
using workflow::Array;
using workflow::CivilDate;
using workflow::ClockInHand;
using workflow::Entry;
using workflow::Object;
using workflow::Value;
using Lines = std::vector<std::string>;

constexpr int page = 500;

Lines lines_of(const std::filesystem::path& file, const std::vector<workflow::Finding>& findings) {
  Lines lines;
  for (const workflow::Finding& finding : findings) {
    lines.push_back(file.filename().string() + " " + finding.pointer + ": " + finding.code +
                    (finding.params.empty() ? "" : " " + canonical(finding.params)));
  }
  return lines;
}

LimitInHand place_of(const ClockInHand& one) {
  LimitInHand place{one.clock.name, one.clock.state, one.unit, {}};
  const auto due_at = binding_due_at(one.clock);
  for (const workflow::Limit& limit : one.clock.limits) {
    const bool binds = limit.extended_to.value_or(limit.due_at) == due_at;
    if (place.limit.empty() && binds) place.limit = limit.code;
  }
  return place;
}

// Adds one case's clocks to one side of the comparison.
void add(SimulationReport& report, const std::vector<ClockInHand>& clocks,
         Tally Comparison::*side, workflow::Instant now) {
  bool any_late = false;
  for (const ClockInHand& one : clocks) {
    if (one.clock.limits.empty()) continue;
    Tally& tally = report.limits[place_of(one)].*side;
    const bool late = is_late(one.clock, now);
    ++tally.clocks;
    tally.late += late ? 1 : 0;
    any_late = any_late || late;
  }
  Tally& cases = report.cases.*side;
  ++cases.clocks;
  cases.late += any_late ? 1 : 0;
}

bool is_within(const std::vector<Entry>& entries, const SimulationScope& scope) {
  if (entries.empty() || entries.front().procedure != scope.edition.procedure) return false;
  const CivilDate opened = workflow::civil_date_of(entries.front().recorded_at);
  return scope.from <= opened && opened <= scope.to;
}

Value to_value(const Tally& tally, const char* counted) {
  return Object{{counted, tally.clocks}, {"late", tally.late}};
}

// Columns of a screen; a Chinese character takes two.
std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if ((byte & 0xC0U) == 0x80U) continue;
    width += byte >= 0xE1U ? 2 : 1;
  }
  return width;
}

using Row = std::array<std::string, 7>;

void print(const std::vector<Row>& rows, std::ostream& out) {
  std::array<std::size_t, 7> widths{};
  for (const Row& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths.at(column) = std::max(widths.at(column), width_of(row.at(column)));
    }
  }
  constexpr std::size_t first_number = 3;
  for (const Row& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      const std::string gap(widths.at(column) - width_of(row.at(column)), ' ');
      const bool is_number = column >= first_number;
      out << (is_number ? gap + row.at(column) : row.at(column) + gap)
          << (column + 1 < row.size() ? "  " : "\n");
    }
  }
}

}  // namespace

Result<workflow::Edition, Lines> edition_to_try(const std::filesystem::path& file,
                                                const Rulebook& rulebook) {
  auto edition = definitions::load_edition(file);
  if (!edition) return refuse(lines_of(file, edition.error()));
  const auto* procedure = rulebook.procedure(edition->procedure);
  if (procedure == nullptr) {
    return refuse(lines_of(file, {{"/procedure", "unknown_procedure", {}}}));
  }
  const auto findings = definitions::check(*edition, *procedure, rulebook.organisation(),
                                           rulebook.calendar().get());
  if (!findings.empty()) return refuse(lines_of(file, findings));
  return std::move(*edition);
}

Result<SimulationReport, StoreError> simulate(CaseStore& store, const Rulebook& rulebook,
                                              const SimulationScope& scope,
                                              const std::function<void(std::int64_t)>& progress) {
  SimulationReport report;
  const auto calendar = rulebook.calendar();
  const auto& procedure = *rulebook.procedure(scope.edition.procedure);
  std::int64_t read = 0;
  for (std::string after;;) {
    auto ids = store.case_ids(after, page);
    if (!ids) return refuse(std::move(ids.error()));
    if (ids->empty()) return report;
    for (const std::string& id : *ids) {
      auto chain = whole_journal(store, id);
      if (!chain) return refuse(std::move(chain.error()));
      const std::vector<Entry> entries = entries_of(*chain);
      if (!is_within(entries, scope)) continue;
      const auto simulation = workflow::simulate(entries, procedure, scope.edition, *calendar);
      add(report, simulation.was, &Comparison::was, scope.now);
      add(report, simulation.would, &Comparison::would, scope.now);
    }
    read += static_cast<std::int64_t>(ids->size());
    if (progress) progress(read);
    after = ids->back();
  }
}

Value to_value(const SimulationReport& report, const SimulationScope& scope) {
  Array limits;
  for (const auto& [place, comparison] : report.limits) {
    limits.emplace_back(Object{{"clock", place.clock},
                               {"state", place.state},
                               {"unit", place.unit},
                               {"limit", place.limit},
                               {"was", to_value(comparison.was, "clocks")},
                               {"would", to_value(comparison.would, "clocks")}});
  }
  return Object{{"procedure", scope.edition.procedure},
                {"edition", Object{{"name", scope.edition.name}, {"digest", scope.edition.digest}}},
                {"from", workflow::to_text(scope.from)},
                {"to", workflow::to_text(scope.to)},
                {"as_of", workflow::to_text(scope.now)},
                {"cases", Object{{"was", to_value(report.cases.was, "cases")},
                                 {"would", to_value(report.cases.would, "cases")}}},
                {"limits", std::move(limits)}};
}

void print(const SimulationReport& report, const SimulationScope& scope, const http::Texts& texts,
           http::Language language, std::ostream& out) {
  const auto word = [&](const std::string& key, const Object& params = {}) {
    return texts.text(language, key, params);
  };
  out << word("simulation.cases", {{"from", workflow::to_text(scope.from)},
                                   {"to", workflow::to_text(scope.to)},
                                   {"edition", scope.edition.name},
                                   {"cases", report.cases.was.clocks},
                                   {"was", report.cases.was.late},
                                   {"would", report.cases.would.late}})
      << "\n";
  std::vector<Row> rows{{word("simulation.where"), word("simulation.unit"),
                         word("simulation.limit"), word("simulation.clocks_was"),
                         word("simulation.late_was"), word("simulation.clocks_would"),
                         word("simulation.late_would")}};
  for (const auto& [place, comparison] : report.limits) {
    if (comparison.was.late == 0 && comparison.would.late == 0) continue;
    rows.push_back({place.state.empty() ? word("clock." + place.clock)
                                        : word("state." + place.state),
                    word("unit." + place.unit), word("limit." + place.limit),
                    std::to_string(comparison.was.clocks), std::to_string(comparison.was.late),
                    std::to_string(comparison.would.clocks),
                    std::to_string(comparison.would.late)});
  }
  if (rows.size() > 1) print(rows, out);
}

}  // namespace yimen::api
