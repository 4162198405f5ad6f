#include "api/audit_queries.hpp"

#include <algorithm>
#include <array>

#include "api/body.hpp"
#include "api/http/percent.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::Request;
using persistence::AuditOutcome;
using persistence::AuditOutcomes;
using persistence::only;
using std::chrono::days;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;
using workflow::CivilDate;
using workflow::Instant;

constexpr AuditOutcomes late = only(AuditOutcome::done_late) | only(AuditOutcome::open_late);
constexpr AuditOutcomes received =
    late | only(AuditOutcome::done_in_time) | only(AuditOutcome::open_in_time);

constexpr std::array<std::pair<std::string_view, AuditOutcomes>, 8> outcomes{
    {{"received", received},
     {"done_in_time", only(AuditOutcome::done_in_time)},
     {"done_late", only(AuditOutcome::done_late)},
     {"open_in_time", only(AuditOutcome::open_in_time)},
     {"open_late", only(AuditOutcome::open_late)},
     {"late", late},
     {"withdrawn", only(AuditOutcome::withdrawn) | only(AuditOutcome::withdrawn_late)},
     {"withdrawn_late", only(AuditOutcome::withdrawn_late)}}};

constexpr std::array<std::string_view, 4> groupings{"department", "village", "category", "month"};

// Before and behind everything.
constexpr std::int64_t first_instant = 0;
constexpr std::int64_t last_instant = 253'402'300'799'999;

const AuditOutcomes* outcomes_named(std::string_view name) {
  const auto found =
      std::ranges::find(outcomes, name, [](const auto& pair) { return pair.first; });
  return found != outcomes.end() ? &found->second : nullptr;
}

template <class List>
bool is_among(const List& list, const std::string& text) {
  return std::ranges::find(list, text) != list.end();
}

CivilDate first_day_of(year_month month) { return CivilDate(month / 1); }

CivilDate last_day_of(year_month month) {
  return CivilDate(year_month_day_last(month.year(), month.month() / std::chrono::last));
}

year_month month_of(CivilDate day) {
  const year_month_day date(day);
  return date.year() / date.month();
}

// The first day of "2026-03"; nothing for what is no month.
std::optional<CivilDate> month_from(const std::string& text) {
  return text.size() == 7 ? workflow::civil_date_from(text + "-01") : std::nullopt;
}

// The name of the first parameter that cannot be what it stands for; empty where all can.
std::string_view take(const Request& request, AuditAsk& ask) {
  const auto word = [&](std::string_view name, std::string& member) {
    if (const std::string* text = request.query.find(name)) member = *text;
  };
  word("clock", ask.clock);
  word("by", ask.by);
  word("month", ask.month);
  word("outcome", ask.outcome);
  for (const auto& [name, member] :
       {std::pair{"department", &AuditAsk::department}, {"village", &AuditAsk::village},
        {"category", &AuditAsk::category}, {"held_by", &AuditAsk::held_by}}) {
    if (const std::string* text = request.query.find(name)) ask.*member = *text;
  }
  for (const auto& [name, member] :
       {std::pair{"from", &AuditAsk::from}, {"to", &AuditAsk::to}}) {
    const std::string* text = request.query.find(name);
    if (text == nullptr) continue;
    ask.*member = workflow::civil_date_from(*text);
    if (!(ask.*member)) return name;
  }
  if (ask.from && ask.to && *ask.to < *ask.from) return "to";
  if (!is_among(audited_clock_names(), ask.clock)) return "clock";
  if (!is_among(groupings, ask.by)) return "by";
  if (outcomes_named(ask.outcome) == nullptr) return "outcome";
  if (request.query.has("month") && !month_from(ask.month)) return "month";
  return {};
}

void add(std::string& link, std::string_view name, std::string_view value) {
  link.append(link.ends_with('?') ? "" : "&").append(name).append("=");
  link.append(http::percent_encoded(value));
}

}  // namespace

const std::vector<std::string>& audited_clock_names() {
  static const std::vector<std::string> names{"statutory", "discovery", "emergency", "papers",
                                              "state"};
  return names;
}

Instant AuditAsk::starts_at() const {
  const Instant begin = from ? workflow::start_of(*from) : workflow::instant_of(first_instant);
  const auto first = month_from(month);
  return first ? std::max(begin, workflow::start_of(*first)) : begin;
}

Instant AuditAsk::ends_before() const {
  const Instant end =
      to ? workflow::start_of(*to + days(1)) : workflow::instant_of(last_instant);
  const auto first = month_from(month);
  return first ? std::min(end, workflow::start_of(last_day_of(month_of(*first)) + days(1))) : end;
}

persistence::AuditQuery AuditAsk::query() const {
  persistence::AuditQuery query;
  query.clock = clock;
  query.from = starts_at();
  query.before = ends_before();
  query.as_of = as_of;
  query.outcomes = *outcomes_named(outcome);
  query.department = department;
  query.village = village;
  query.category = category;
  query.late_with = held_by;
  return query;
}

Result<AuditAsk, Problem> audit_ask_of(const Request& request,
                                       std::initializer_list<std::string_view> names,
                                       Instant now) {
  if (auto unknown = unknown_parameter(request, names)) return refuse(std::move(*unknown));
  AuditAsk ask;
  ask.as_of = now;
  if (const auto wrong = take(request, ask); !wrong.empty()) {
    return refuse(invalid_parameter(wrong));
  }
  if (const std::string* text = request.query.find("as_of")) {
    const auto as_of = workflow::instant_from(*text);
    if (!as_of || *as_of > now) return refuse(invalid_parameter("as_of"));
    ask.as_of = *as_of;
  }
  return ask;
}

std::vector<AuditMonth> months_of(CivilDate from, CivilDate to) {
  std::vector<AuditMonth> months;
  for (year_month month = month_of(from); first_day_of(month) <= to;
       month += std::chrono::months(1)) {
    const CivilDate first = first_day_of(month);
    months.push_back({workflow::to_text(first).substr(0, 7), std::max(first, from),
                      std::min(last_day_of(month), to)});
  }
  return months;
}

std::string link_to_lines(const AuditAsk& ask) {
  std::string link = "/v1/audit/time-limits/cases?";
  add(link, "clock", ask.clock);
  if (ask.from) add(link, "from", workflow::to_text(*ask.from));
  if (ask.to) add(link, "to", workflow::to_text(*ask.to));
  add(link, "as_of", workflow::to_text(ask.as_of));
  if (ask.department) add(link, "department", *ask.department);
  if (ask.village) add(link, "village", *ask.village);
  if (ask.category) add(link, "category", *ask.category);
  if (!ask.month.empty()) add(link, "month", ask.month);
  add(link, "outcome", ask.outcome);
  if (ask.held_by) add(link, "held_by", *ask.held_by);
  return link;
}

}  // namespace yimen::api
