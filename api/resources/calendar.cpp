#include "api/resources/calendar.hpp"

#include <charconv>
#include <map>

#include "api/body.hpp"
#include "api/case_views.hpp"
#include "definitions/calendar_loader.hpp"

namespace yimen::api::resources {

namespace {

using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::BudgetUnit;

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

std::optional<BudgetUnit> unit_named(std::string_view name) {
  static const std::map<std::string_view, BudgetUnit> units{
      {"working_days", BudgetUnit::working_days},
      {"calendar_days", BudgetUnit::calendar_days},
      {"months", BudgetUnit::months}};
  const auto found = units.find(name);
  if (found == units.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::vector<http::Route> Calendar::routes() {
  return {{.method = "GET", .pattern = "/v1/calendar/add", .name = "add_to_date",
           .summary = "Counts from a date and tells which days were skipped",
           .handler = [this](const Request& request) { return add(request); }},
          {.method = "GET", .pattern = "/v1/calendar/{year}", .name = "get_calendar_year",
           .summary = "The notice of a year",
           .handler = [this](const Request& request) { return year(request); }}};
}

Response Calendar::year(const Request& request) const {
  const auto wanted = whole_number(request.parameters.get("year"));
  for (const workflow::CalendarYear& known : rulebook_.calendar().years()) {
    if (wanted && known.year == *wanted) return http::json(200, definitions::value_of(known));
  }
  return http::failed(ProblemCode::not_found);
}

Response Calendar::add(const Request& request) const {
  if (auto unknown = unknown_parameter(request, {"from", "days", "unit", "rolls"})) {
    return http::failed(std::move(*unknown));
  }
  const auto from = workflow::civil_date_from(request.query.get("from"));
  const auto amount = whole_number(request.query.get("days"));
  const auto unit = unit_named(request.query.has("unit") ? request.query.get("unit")
                                                         : std::string_view("working_days"));
  constexpr int amount_max = 1000;
  if (!from) return http::failed(invalid_parameter("from"));
  if (!amount || *amount < 0 || *amount > amount_max) return http::failed(invalid_parameter("days"));
  if (!unit) return http::failed(invalid_parameter("unit"));
  const workflow::Budget budget{*unit, *amount, request.query.get("rolls") == "true"};
  const workflow::Instant start = workflow::start_of(*from);
  return http::json(200, due_view(due(budget, start, rulebook_.calendar(), {}, start)));
}

}  // namespace yimen::api::resources
