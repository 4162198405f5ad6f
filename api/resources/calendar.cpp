#include "api/resources/calendar.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "api/answers.hpp"
#include "api/body.hpp"
#include "api/case_views.hpp"
#include "api/http/conditional.hpp"
#include "definitions/calendar_loader.hpp"
#include "definitions/digest.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::BudgetUnit;
using workflow::CalendarYear;

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

const CalendarYear* year_of(const workflow::WorkingCalendar& calendar, std::string_view number) {
  const auto wanted = whole_number(number);
  const auto found = std::ranges::find_if(calendar.years(), [&](const CalendarYear& known) {
    return wanted && known.year == *wanted;
  });
  return found != calendar.years().end() ? &*found : nullptr;
}

std::string tag_of(const CalendarYear& year) {
  return definitions::sha256_hex(canonical(definitions::value_of(year))).substr(0, 32);
}

Response shown(int status, const CalendarYear& year) {
  Response response = http::json(status, definitions::value_of(year));
  response.headers.add("etag", "\"" + tag_of(year) + "\"");
  return response;
}

// A year is replaced with If-Match, and made with If-None-Match: *.
std::optional<Problem> unfit(const Request& request, const CalendarYear* known) {
  if (request.headers.get("if-none-match") == "*") {
    if (known == nullptr) return std::nullopt;
    return Problem{.code = ProblemCode::stale_revision};
  }
  const auto expected = http::if_match(request);
  if (!expected) return expected.error();
  if (known != nullptr && expected->match_strongly(tag_of(*known))) return std::nullopt;
  return Problem{.code = ProblemCode::stale_revision};
}

// Everything that is wrong with the notice, by itself and beside the other years.
Result<CalendarYear, Problem> notice_in(const Request& request,
                                        const workflow::WorkingCalendar& calendar) {
  const auto body = http::json_body(request);
  if (!body) return refuse(body.error());
  auto year = definitions::calendar_year_from(*body);
  if (!year) return refuse(findings_problem(year.error()));
  if (!whole_number(request.parameters.get("year"))) {
    return refuse(Problem{.code = ProblemCode::not_found});
  }
  auto findings = definitions::contradictions(*year, calendar.years());
  if (std::to_string(year->year) != request.parameters.get("year")) {
    findings.push_back({"/year", "another_year", {}});
  }
  if (!findings.empty()) return refuse(findings_problem(findings));
  return std::move(*year);
}

bool is_administrator(const Request& request) {
  const auto& posts = request.principal->posts;
  return std::ranges::find(posts, "administrator", &http::Post::post) != posts.end();
}

}  // namespace

std::vector<http::Route> Calendar::routes() {
  return {{.method = "GET", .pattern = "/v1/calendar/add", .name = "add_to_date",
           .summary = "Counts from a date and tells which days were skipped",
           .handler = [this](const Request& request) { return add(request); }},
          {.method = "GET", .pattern = "/v1/calendar/{year}", .name = "get_calendar_year",
           .summary = "The notice of a year",
           .handler = [this](const Request& request) { return year(request); }},
          {.method = "PUT", .pattern = "/v1/calendar/{year}", .name = "put_calendar_year",
           .summary = "Loads or replaces the notice of a year; later decisions count with it",
           .handler = [this](const Request& request) { return put(request); }}};
}

Response Calendar::year(const Request& request) const {
  const auto calendar = rulebook_.calendar();
  const CalendarYear* known = year_of(*calendar, request.parameters.get("year"));
  return known != nullptr ? shown(200, *known) : http::failed(ProblemCode::not_found);
}

Response Calendar::put(const Request& request) {
  if (!is_administrator(request)) return http::failed(ProblemCode::not_your_post);
  if (auto unknown = unknown_parameter(request, {})) return http::failed(std::move(*unknown));
  const std::lock_guard lock(loading_);
  const auto taken_up = take_up_calendar(database_, rulebook_.calendar_in_force());
  if (!taken_up) return http::failed(store_problem(taken_up.error()));
  const auto calendar = rulebook_.calendar();
  const CalendarYear* known = year_of(*calendar, request.parameters.get("year"));
  const auto year = notice_in(request, *calendar);
  if (!year) return http::failed(year.error());
  if (auto refused = unfit(request, known)) return http::failed(std::move(*refused));
  const bool is_told = audit_log_.write({.at = clock_.now(),
                                         .action = "calendar_loaded",
                                         .account = request.principal->account,
                                         .subject = std::to_string(year->year),
                                         .reason = {},
                                         .trace_id = request.trace_id});
  if (!is_told) return http::failed(ProblemCode::unavailable);
  const auto put = put_year(database_, rulebook_.calendar_in_force(), *year);
  if (!put) {
    const bool is_stale = put.error().kind == persistence::StoreErrorKind::conflict;
    return is_stale ? http::failed(ProblemCode::stale_revision)
                    : http::failed(store_problem(put.error()));
  }
  return shown(known == nullptr ? 201 : 200, *year);
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
  if (!amount || *amount < 0 || *amount > amount_max) {
    return http::failed(invalid_parameter("days"));
  }
  if (!unit) return http::failed(invalid_parameter("unit"));
  const workflow::Budget budget{*unit, *amount, request.query.get("rolls") == "true"};
  const workflow::Instant start = workflow::start_of(*from);
  return http::json(200, due_view(due(budget, start, *rulebook_.calendar(), {}, start)));
}

}  // namespace yimen::api::resources
