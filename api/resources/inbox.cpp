#include "api/resources/inbox.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "api/body.hpp"
#include "api/case_problems.hpp"
#include "api/case_views.hpp"
#include "api/paging.hpp"
#include "api/scope.hpp"

namespace yimen::api::resources {

namespace {

using http::Principal;
using http::Request;
using http::Response;
using persistence::CasePage;
using persistence::CaseQuery;
using persistence::CaseSummary;
using workflow::Array;
using workflow::Object;

bool holds_unit(const Principal& principal, const std::string& unit) {
  return std::any_of(principal.posts.begin(), principal.posts.end(),
                     [&](const http::Post& post) { return post.unit == unit; });
}

// What lies with somebody whom the principal covers is the principal's too.
bool is_mine(const Principal& principal, const CaseSummary& line) {
  if (!holds_unit(principal, line.holder_unit)) return false;
  if (line.holder_person.empty() || line.holder_person == principal.person) return true;
  return std::any_of(principal.posts.begin(), principal.posts.end(), [&](const http::Post& post) {
    return post.for_person == line.holder_person && post.unit == line.holder_unit;
  });
}

// A filter of the inbox as queries of the store, one a unit of the reader's where cases are held;
// none for an unknown filter.
std::vector<CaseQuery> queries_for(std::string_view filter, const Principal& principal) {
  CaseQuery query;
  query.visible_to = scope_of(principal).filter();
  if (filter == "done" || filter == "started") {
    query.person = principal.person;
    query.person_role = filter == "done" ? "acted" : "started";
    query.sort = CaseQuery::Sort::opened;
    return {query};
  }
  query.is_closed = false;
  if (filter == "copied") return {query};
  std::vector<CaseQuery> queries;
  if (filter != "mine" && filter != "department") return queries;
  std::set<std::string> units;
  for (const http::Post& post : principal.posts) units.insert(post.unit);
  for (const std::string& unit : units) {
    query.holder_unit = unit;
    queries.push_back(query);
  }
  return queries;
}

// Several lists by due date as one; only a single list can be paged through.
CasePage merged(std::vector<CasePage> pages, int limit) {
  if (pages.size() == 1) return std::move(pages.front());
  CasePage page;
  for (CasePage& part : pages) {
    std::move(part.items.begin(), part.items.end(), std::back_inserter(page.items));
  }
  std::stable_sort(page.items.begin(), page.items.end(), [](const auto& a, const auto& b) {
    return a.due_at && (!b.due_at || *a.due_at < *b.due_at);
  });
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.resize(static_cast<std::size_t>(limit));
  }
  return page;
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
  auto queries = queries_for(filter, principal);
  if (queries.empty()) return http::failed(invalid_parameter("filter"));
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  std::vector<CasePage> pages;
  for (CaseQuery& query : queries) {
    query.limit = *limit;
    query.cursor = request.query.get("cursor");
    auto page = store_.search(query);
    if (!page) {
      const bool bad_cursor = page.error().kind == persistence::StoreErrorKind::invalid;
      return http::failed(bad_cursor ? invalid_parameter("cursor") : problem_of(page.error()));
    }
    pages.push_back(std::move(*page));
  }
  const CasePage page = merged(std::move(pages), *limit);
  std::vector<std::pair<bool, const CaseSummary*>> lines;
  for (const CaseSummary& line : page.items) {
    if (filter == "mine" && !is_mine(principal, line)) continue;
    if (filter == "copied" && holds_unit(principal, line.holder_unit)) continue;
    lines.emplace_back(can_act(principal, line), &line);
  }
  std::stable_partition(lines.begin(), lines.end(), [](const auto& line) { return line.first; });
  const Colours colours = colours_at(service_.now(), *service_.rulebook().calendar());
  Array items;
  for (const auto& [actionable, line] : lines) {
    workflow::Value view = line_view(*line, colours);
    view.make_object().set("can_act", actionable);
    items.push_back(std::move(view));
  }
  return page_of(request, std::move(items), "cursor", page.next);
}

}  // namespace yimen::api::resources
