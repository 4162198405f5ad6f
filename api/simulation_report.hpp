// `yimen simulate`: the cases of a period under another edition's deadlines, beside how it was.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "api/rulebook.hpp"
#include "persistence/store.hpp"

namespace yimen::api {

// The edition of a file, read and checked against its procedure; else every finding, a line each.
[[nodiscard]] Result<workflow::Edition, std::vector<std::string>> edition_to_try(
    const std::filesystem::path& file, const Rulebook& rulebook);

struct SimulationScope {
  const workflow::Edition& edition;
  workflow::CivilDate from;  // of the day on which a case was opened
  workflow::CivilDate to;    // included
  workflow::Instant now;     // by which clocks that still run are judged
};

// How often clocks ended or run, and how often late.
struct Tally {
  std::int64_t clocks = 0;
  std::int64_t late = 0;
  bool operator==(const Tally&) const = default;
};

struct Comparison {
  Tally was;
  Tally would;
  bool operator==(const Comparison&) const = default;
};

// Where: the state of a state's clock, else the clock; the unit that had the case in hand; the
// limit that binds.
struct LimitInHand {
  std::string clock;
  std::string state;
  std::string unit;
  std::string limit;
  auto operator<=>(const LimitInHand&) const = default;
};

struct SimulationReport {
  Comparison cases;  // those with a late clock
  std::map<LimitInHand, Comparison> limits;
};

// Reads the journals and writes nothing. `progress` is told how many cases have been read.
[[nodiscard]] Result<SimulationReport, persistence::StoreError> simulate(
    persistence::CaseStore& store, const Rulebook& rulebook, const SimulationScope& scope,
    const std::function<void(std::int64_t)>& progress);

[[nodiscard]] workflow::Value to_value(const SimulationReport& report,
                                       const SimulationScope& scope);
// The cases, then a line for every limit by which something was late or would be.
void print(const SimulationReport& report, const SimulationScope& scope, const http::Texts& texts,
           http::Language language, std::ostream& out);

}  // namespace yimen::api
