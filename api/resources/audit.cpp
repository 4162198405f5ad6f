#include "api/resources/audit.hpp"

#include <algorithm>

#include "api/answers.hpp"
#include "api/audit_commands.hpp"
#include "api/audit_views.hpp"
#include "api/body.hpp"
#include "api/case_problems.hpp"
#include "api/clock_ledger.hpp"
#include "api/paging.hpp"
#include "api/scope.hpp"
#include "persistence/whole_journal.hpp"
#include "workflow/format.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using persistence::AuditGrouping;
using persistence::StoreError;
using persistence::StoreErrorKind;
using workflow::Array;
using workflow::Object;

constexpr int years_in_range_max = 20;

const std::vector<std::string>& entry_lists() {
  static const std::vector<std::string> lists{"extensions", "suspensions", "exemptions",
                                              "take-backs", "reopened",    "late-by-county",
                                              "backdated"};
  return lists;
}

// Who looks after colleagues is nobody's business but the auditor's.
bool audits(const Request& request) { return request.principal->holds("auditor"); }

bool may_ask(const Request& request) { return scope_of(*request.principal).township; }

AuditGrouping grouping_of(const std::string& by) {
  if (by == "department") return AuditGrouping::department;
  if (by == "village") return AuditGrouping::village;
  return by == "category" ? AuditGrouping::category : AuditGrouping::nothing;
}

// Why figures cannot be made of the range; nothing when they can.
std::optional<Problem> range_problem(const AuditAsk& ask) {
  if (!ask.from) return invalid_parameter("from");
  if (!ask.to || *ask.to - *ask.from > std::chrono::years(years_in_range_max)) {
    return invalid_parameter("to");
  }
  return std::nullopt;
}

using Groups = std::map<std::string, AuditCounts>;

Result<void, StoreError> count(persistence::AuditStore& audit, const AuditAsk& ask,
                               Groups& groups) {
  const auto figures = audit.figures(ask.query(), grouping_of(ask.by));
  if (!figures) return refuse(figures.error());
  for (const auto& figure : *figures) {
    groups[ask.by == "month" ? ask.month : figure.key].add(figure);
  }
  return {};
}

// Months are counted one by one: the range of each is known beforehand.
Result<Groups, StoreError> groups_of(persistence::AuditStore& audit, AuditAsk ask) {
  Groups groups;
  if (ask.by != "month") {
    if (auto counted = count(audit, ask, groups); !counted) return refuse(counted.error());
    return groups;
  }
  for (const AuditMonth& month : months_of(*ask.from, *ask.to)) {
    ask.month = month.key;
    if (auto counted = count(audit, ask, groups); !counted) return refuse(counted.error());
  }
  return groups;
}

AuditCounts sum_of(const Groups& groups) {
  AuditCounts sum;
  for (const auto& [key, counts] : groups) {
    for (std::size_t at = 0; at < sum.by_outcome.size(); ++at) {
      sum.by_outcome[at] += counts.by_outcome[at];
    }
    for (const auto& [unit, late] : counts.late_with) sum.late_with[unit] += late;
  }
  return sum;
}

AuditAsk narrowed(AuditAsk ask, const std::string& key) {
  if (ask.by == "department") ask.department = key;
  if (ask.by == "village") ask.village = key;
  if (ask.by == "category") ask.category = key;
  if (ask.by == "month") ask.month = key;
  return ask;
}

Object figures_view(const Groups& groups, const AuditAsk& ask, const Reader& reader) {
  const http::Texts& texts = reader.rulebook.texts();
  Array group_views;
  for (const auto& [key, counts] : groups) {
    Object view = audit_counts_view(counts, narrowed(ask, key), reader);
    view.set("key", key);
    view.set("name", audit_key_name(ask.by, key, reader));
    group_views.emplace_back(std::move(view));
  }
  return {{"clock", ask.clock},
          {"from", workflow::to_text(*ask.from)},
          {"to", workflow::to_text(*ask.to)},
          {"as_of", workflow::to_text(ask.as_of)},
          {"by", ask.by},
          {"formula",
           Object{{"performance", texts.text(reader.language, "audit.performance")},
                  {"closed_rate", texts.text(reader.language, "audit.closed_rate")}}},
          {"total", audit_counts_view(sum_of(groups), ask, reader)},
          {"groups", std::move(group_views)}};
}

Response answer_of(const StoreError& error) {
  const bool bad_cursor = error.kind == StoreErrorKind::invalid;
  return http::failed(bad_cursor ? invalid_parameter("cursor") : store_problem(error));
}

}  // namespace

std::vector<http::Route> Audit::routes() {
  const auto bind = [this](Response (Audit::*verb)(const Request&)) {
    return [this, verb](const Request& request) { return (this->*verb)(request); };
  };
  return {{.method = "GET", .pattern = "/v1/audit/time-limits", .name = "get_time_limits",
           .summary = "How many clocks were kept, each number with its cases",
           .handler = bind(&Audit::time_limits)},
          {.method = "GET", .pattern = "/v1/audit/time-limits/cases",
           .name = "list_time_limit_cases", .summary = "The clocks that a number counts",
           .handler = bind(&Audit::lines)},
          {.method = "GET", .pattern = "/v1/audit/overdue", .name = "list_overdue",
           .summary = "Clocks that run and are late, the oldest first",
           .handler = bind(&Audit::overdue)},
          {.method = "GET", .pattern = "/v1/audit/reveals", .name = "list_reveals",
           .summary = "Who saw personal data in full, whose and why, the newest first",
           .handler = [this](const Request& request) { return acts(request, "reveals"); }},
          {.method = "GET", .pattern = "/v1/audit/administration", .name = "list_administration",
           .summary = "What was changed in accounts, tokens, covers and calendars",
           .handler = [this](const Request& request) { return acts(request, "administration"); }},
          {.method = "GET", .pattern = "/v1/audit/verify", .name = "verify_journals",
           .summary = "Whether the journals of some cases are as they were written",
           .handler = bind(&Audit::verify)},
          {.method = "GET", .pattern = "/v1/audit/{list}", .name = "list_audit_entries",
           .summary = "Entries that auditors look at, the newest first",
           .handler = bind(&Audit::entries)},
          {.method = "GET", .pattern = "/v1/cases/{id}/clocks", .name = "get_case_clocks",
           .summary = "The ledger of each clock of a case", .handler = bind(&Audit::clocks)}};
}

Response Audit::time_limits(const Request& request) {
  if (!may_ask(request)) return http::failed(ProblemCode::not_your_post);
  const auto ask = audit_ask_of(request, {"from", "to", "by", "clock", "as_of"}, service_.now());
  if (!ask) return http::failed(ask.error());
  if (auto problem = range_problem(*ask)) return http::failed(std::move(*problem));
  const auto groups = groups_of(audit_, *ask);
  if (!groups) return http::failed(store_problem(groups.error()));
  return http::json(200, figures_view(*groups, *ask, {service_.rulebook(), request.language}));
}

Response Audit::lines(const Request& request) {
  if (!may_ask(request)) return http::failed(ProblemCode::not_your_post);
  const auto ask = audit_ask_of(request,
                                {"from", "to", "by", "clock", "as_of", "outcome", "department",
                                 "village", "category", "month", "held_by", "cursor", "limit"},
                                service_.now());
  if (!ask) return http::failed(ask.error());
  if (auto problem = range_problem(*ask)) return http::failed(std::move(*problem));
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  return page_of_lines(request, *ask,
                       audit_.lines(ask->query(), std::string(request.query.get("cursor")),
                                    *limit));
}

Response Audit::overdue(const Request& request) {
  if (!may_ask(request)) return http::failed(ProblemCode::not_your_post);
  auto ask = audit_ask_of(request,
                          {"from", "to", "clock", "as_of", "department", "cursor", "limit"},
                          service_.now());
  if (!ask) return http::failed(ask.error());
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  ask->outcome = "open_late";
  std::vector<persistence::AuditQuery> queries;
  for (const std::string& clock : audited_clock_names()) {
    if (request.query.has("clock") && clock != ask->clock) continue;
    queries.push_back(ask->query());
    queries.back().clock = clock;
  }
  return page_of_lines(request, *ask,
                       audit_.lines_by_due(queries, std::string(request.query.get("cursor")),
                                           *limit));
}

// State and number of the case as of the instant: what lists hold is of now.
Response Audit::page_of_lines(const Request& request, const AuditAsk& ask,
                              Result<persistence::AuditPage, StoreError> page) {
  if (!page) return answer_of(page.error());
  Array items;
  for (persistence::AuditLine& line : page->items) {
    if (request.query.has("as_of")) {
      const auto journal = persistence::whole_journal(cases_, line.case_id);
      if (!journal) return answer_of(journal.error());
      workflow::Case then;
      for (const workflow::Entry& entry : *journal) {
        if (entry.recorded_at <= ask.as_of) then = apply(std::move(then), entry);
      }
      line.state = then.state;
      line.number = then.fact("number").text();
    }
    items.push_back(audit_line_view(line));
  }
  return page_of(request, std::move(items), "cursor", page->next);
}

Response Audit::entries(const Request& request) {
  if (!may_ask(request)) return http::failed(ProblemCode::not_your_post);
  const std::string list(request.parameters.get("list"));
  if (std::ranges::find(entry_lists(), list) == entry_lists().end()) {
    return http::failed(ProblemCode::not_found);
  }
  const auto ask = audit_ask_of(
      request, {"from", "to", "as_of", "department", "cursor", "limit"}, service_.now());
  if (!ask) return http::failed(ask.error());
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  const auto page = audit_.marks({list, ask->starts_at(), ask->ends_before(), ask->as_of,
                                  ask->department, std::string(request.query.get("cursor")),
                                  *limit});
  if (!page) return answer_of(page.error());
  Array items;
  for (const auto& line : page->items) items.push_back(audit_mark_view(line));
  return page_of(request, std::move(items), "cursor", page->next);
}

Response Audit::acts(const Request& request, const std::string& list) {
  if (!audits(request)) return http::failed(ProblemCode::not_your_post);
  const auto ask = audit_ask_of(request, {"from", "to", "cursor", "limit"}, service_.now());
  if (!ask) return http::failed(ask.error());
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  const auto page = audit_.acts({list, ask->starts_at(), ask->ends_before(),
                                 std::string(request.query.get("cursor")), *limit});
  if (!page) return answer_of(page.error());
  Array items;
  for (const persistence::AuditedAct& act : page->items) items.push_back(audited_act_view(act));
  return page_of(request, std::move(items), "cursor", page->next);
}

Response Audit::verify(const Request& request) {
  if (!audits(request)) return http::failed(ProblemCode::not_your_post);
  if (auto problem = unknown_parameter(request, {"cursor", "limit"})) {
    return http::failed(std::move(*problem));
  }
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  const std::string after(request.query.get("cursor"));
  if (!after.empty() && workflow::format_problem("uuid", after)) {
    return http::failed(invalid_parameter("cursor"));
  }
  const auto page = verify_page(cases_, after, *limit);
  if (!page) return http::failed(store_problem(page.error()));
  return http::json(200, chain_page_view(*page));
}

Response Audit::clocks(const Request& request) {
  const auto ask = audit_ask_of(request, {"as_of"}, service_.now());
  if (!ask) return http::failed(ask.error());
  const auto opened =
      service_.open(*request.principal, std::string(request.parameters.get("id")));
  if (!opened) return http::failed(problem_of(opened.error()));
  const auto journal = persistence::whole_journal(cases_, opened->subject.id);
  if (!journal) return answer_of(journal.error());
  return http::json(200, clock_ledger(*journal, ask->as_of,
                                      {service_.rulebook(), request.language}));
}

}  // namespace yimen::api::resources
