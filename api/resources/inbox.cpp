#include "api/resources/inbox.hpp"

#include <algorithm>
#include <set>

#include "api/body.hpp"
#include "api/case_problems.hpp"
#include "api/case_views.hpp"
#include "api/scope.hpp"

namespace yimen::api::resources {

namespace {

using http::Principal;
using http::Request;
using http::Response;
using persistence::CaseQuery;
using persistence::CaseSummary;
using workflow::Array;
using workflow::Object;

bool holds_unit(const Principal& principal, const std::string& unit) {
  return std::any_of(principal.posts.begin(), principal.posts.end(),
                     [&](const http::Post& post) { return post.unit == unit; });
}

bool is_mine(const Principal& principal, const CaseSummary& line) {
  return holds_unit(principal, line.holder_unit) &&
         (line.holder_person.empty() || line.holder_person == principal.person);
}

// A filter of the inbox as a query of the store; nothing for an unknown one.
std::optional<CaseQuery> query_for(std::string_view filter, const Principal& principal) {
  CaseQuery query;
  query.visible_to = scope_of(principal).filter();
  if (filter == "done" || filter == "started") {
    (filter == "done" ? query.acted_by : query.started_by) = principal.person;
    query.sort = CaseQuery::Sort::opened;
    return query;
  }
  query.is_closed = false;
  if (filter == "mine" || filter == "department") {
    std::set<std::string> units;
    for (const http::Post& post : principal.posts) units.insert(post.unit);
    query.holder_units = std::vector<std::string>(units.begin(), units.end());
    return query;
  }
  if (filter == "copied") return query;
  return std::nullopt;
}

}  // namespace

std::vector<http::Route> Inbox::routes() {
  return {{.method = "GET", .pattern = "/v1/inbox", .name = "get_inbox",
           .summary = "Open steps: what the reader can act on first, then what is due next",
           .handler = [this](const Request& request) { return get(request); }}};
}

bool Inbox::can_act(const Principal& principal, const CaseSummary& line) const {
  const auto* procedure = service_.rulebook().procedure(line.procedure);
  const auto* edition = service_.rulebook().edition_in_force(line.procedure, service_.now());
  if (procedure == nullptr || edition == nullptr || !is_mine(principal, line)) return false;
  const int state = procedure->state_index(line.state);
  return std::any_of(procedure->rows.begin(), procedure->rows.end(), [&](const auto& row) {
    if (row.from != state) return false;
    const auto* policy =
        edition->step(procedure->events[static_cast<std::size_t>(row.event)], line.state);
    return policy != nullptr &&
           std::any_of(principal.posts.begin(), principal.posts.end(), [&](const auto& post) {
             return std::find(policy->posts.begin(), policy->posts.end(), post.post) !=
                    policy->posts.end();
           });
  });
}

Response Inbox::get(const Request& request) {
  if (auto unknown = unknown_parameter(request, {"filter", "cursor", "limit"})) {
    return http::failed(std::move(*unknown));
  }
  const Principal& principal = *request.principal;
  const std::string_view filter =
      request.query.has("filter") ? request.query.get("filter") : std::string_view("mine");
  auto query = query_for(filter, principal);
  if (!query) return http::failed(invalid_parameter("filter"));
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  query->limit = *limit;
  query->cursor = request.query.get("cursor");
  auto page = store_.search(*query);
  if (!page) {
    const bool bad_cursor = page.error().kind == persistence::StoreErrorKind::invalid;
    return http::failed(bad_cursor ? invalid_parameter("cursor") : problem_of(page.error()));
  }
  std::vector<std::pair<bool, const CaseSummary*>> lines;
  for (const CaseSummary& line : page->items) {
    if (filter == "mine" && !is_mine(principal, line)) continue;
    if (filter == "copied" && holds_unit(principal, line.holder_unit)) continue;
    lines.emplace_back(can_act(principal, line), &line);
  }
  std::stable_partition(lines.begin(), lines.end(), [](const auto& line) { return line.first; });
  Array items;
  for (const auto& [actionable, line] : lines) {
    workflow::Value view = line_view(*line, service_.now());
    view.make_object().set("can_act", actionable);
    items.push_back(std::move(view));
  }
  return http::json(200, Object{{"items", std::move(items)}, {"next", page->next}});
}

}  // namespace yimen::api::resources
