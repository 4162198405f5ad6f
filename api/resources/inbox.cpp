#include "api/resources/inbox.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "api/body.hpp"
#include "api/case_lines.hpp"
#include "api/case_problems.hpp"
#include "api/paging.hpp"
#include "api/scope.hpp"

namespace yimen::api::resources {

namespace {

using http::Principal;
using http::Request;
using http::Response;
using persistence::CaseQuery;
using persistence::CaseSummary;
using workflow::Array;

constexpr int queries_max = 20;  // of the store for one page

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

// One after the other they make an inbox; each is in the order of the store.
using Sections = std::vector<CaseQuery>;

// What lies on the principal's desks: first what they can act on, then everything else.
Sections desks_of(const Principal& principal, const std::set<std::string>& actionable,
                  bool only_mine) {
  const std::vector<std::string> states(actionable.begin(), actionable.end());
  std::map<std::string, std::vector<std::string>> persons;
  for (const http::Post& post : principal.posts) {
    std::vector<std::string>& mine = persons[post.unit];
    if (mine.empty()) mine.push_back(principal.person);
    if (!post.for_person.empty()) mine.push_back(post.for_person);
  }
  CaseQuery query;
  query.visible_to = scope_of(principal).filter();
  query.is_closed = false;
  Sections sections{query, query};
  for (const auto& [unit, mine] : persons) {
    sections[0].desks.push_back({.unit = unit, .persons = mine, .states = states});
    if (only_mine) {
      sections[1].desks.push_back(
          {.unit = unit, .persons = mine, .states = states, .in_other_states = true});
    } else {
      sections[1].desks.push_back({.unit = unit, .persons = {}, .states = {}});
    }
  }
  return sections;
}

// Empty for an unknown filter.
Sections sections_for(std::string_view filter, const Principal& principal,
                      const std::set<std::string>& actionable) {
  if (filter == "mine" || filter == "department") {
    return desks_of(principal, actionable, filter == "mine");
  }
  CaseQuery query;
  query.visible_to = scope_of(principal).filter();
  if (filter == "copied") {
    query.is_closed = false;
  } else if (filter == "done" || filter == "started") {
    query.person = principal.person;
    query.person_role = filter == "done" ? "acted" : "started";
    query.sort = CaseQuery::Sort::opened;
  } else {
    return {};
  }
  return {query};
}

// Where a page of the inbox begins: "<section>" or "<section>.<the store's cursor>".
struct Place {
  std::size_t section = 0;
  std::string cursor;
};

std::optional<Place> place_from(std::string_view text, std::size_t sections) {
  if (text.empty()) return Place{};
  const bool is_one = text.size() == 1 || text[1] == '.';
  if (!is_one || text[0] < '0' || text[0] >= '0' + static_cast<int>(sections)) return std::nullopt;
  const auto section = static_cast<std::size_t>(text[0] - '0');
  return Place{section, std::string(text.size() > 2 ? text.substr(2) : std::string_view())};
}

std::string text_of(const Place& place) {
  const std::string section = std::to_string(place.section);
  return place.cursor.empty() ? section : section + "." + place.cursor;
}

}  // namespace

std::vector<http::Route> Inbox::routes() {
  return {{.method = "GET", .pattern = "/v1/inbox", .name = "get_inbox",
           .summary = "Open steps: what the reader can act on first, then what is due next",
           .handler = [this](const Request& request) { return get(request); }}};
}

std::set<std::string> Inbox::actionable_states(const Principal& principal) const {
  std::set<std::string> states;
  for (const workflow::Procedure* procedure : service_.rulebook().procedures()) {
    const auto* edition = service_.rulebook().edition_in_force(procedure->name, service_.now());
    if (edition == nullptr) continue;
    for (const auto& row : procedure->rows) {
      const std::string_view state = procedure->states[static_cast<std::size_t>(row.from)];
      const auto* policy =
          edition->step(procedure->events[static_cast<std::size_t>(row.event)], state);
      const bool is_theirs =
          policy != nullptr && std::ranges::any_of(principal.posts, [&](const http::Post& post) {
            return std::ranges::find(policy->posts, post.post) != policy->posts.end();
          });
      if (is_theirs) states.insert(std::string(procedure->name).append("/").append(state));
    }
  }
  return states;
}

Response Inbox::get(const Request& request) {
  if (auto unknown = unknown_parameter(request, {"filter", "cursor", "limit"})) {
    return http::failed(std::move(*unknown));
  }
  const Principal& principal = *request.principal;
  const std::string_view filter =
      request.query.has("filter") ? request.query.get("filter") : std::string_view("mine");
  const std::set<std::string> actionable = actionable_states(principal);
  Sections sections = sections_for(filter, principal, actionable);
  if (sections.empty()) return http::failed(invalid_parameter("filter"));
  const auto limit = limit_of(request);
  if (!limit) return http::failed(limit.error());
  auto place = place_from(request.query.get("cursor"), sections.size());
  if (!place) return http::failed(invalid_parameter("cursor"));

  const auto can_act = [&](const CaseSummary& line) {
    return is_mine(principal, line) && actionable.contains(line.procedure + "/" + line.state);
  };
  const auto belongs = [&](const CaseSummary& line) {
    if (filter == "copied") return !holds_unit(principal, line.holder_unit);
    return place->section == 0 || !can_act(line);
  };
  const Colours colours = colours_at(service_.now(), *service_.rulebook().calendar());
  std::vector<CaseSummary> lines;
  // A section whose lines are left out often gives a short page rather than a slow one.
  for (int asked = 0; asked < queries_max && place->section < sections.size(); ++asked) {
    CaseQuery& query = sections[place->section];
    query.limit = *limit - static_cast<int>(lines.size());
    query.cursor = place->cursor;
    const auto page = store_.search(query);
    if (!page) {
      const bool bad_cursor = page.error().kind == persistence::StoreErrorKind::invalid;
      return http::failed(bad_cursor ? invalid_parameter("cursor") : problem_of(page.error()));
    }
    for (const CaseSummary& line : page->items) {
      if (belongs(line)) lines.push_back(line);
    }
    place = page->next.empty() ? Place{place->section + 1, {}} : Place{place->section, page->next};
    if (std::ssize(lines) == *limit) break;
  }
  auto items = line_views(lines, colours, registry_, principal);
  if (!items) return http::failed(items.error());
  for (std::size_t at = 0; at < lines.size(); ++at) {
    (*items)[at].make_object().set("can_act", can_act(lines[at]));
  }
  const bool ended = place->section == sections.size();
  return page_of(request, std::move(*items), "cursor", ended ? std::string() : text_of(*place));
}

}  // namespace yimen::api::resources
