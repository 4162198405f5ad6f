#include "api/resources/signoffs.hpp"

#include <algorithm>

#include "api/body.hpp"
#include "api/case_lines.hpp"
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
using workflow::Value;

constexpr std::size_t found_max = 200;

}  // namespace

std::vector<http::Route> Signoffs::routes() {
  return {{.method = "GET", .pattern = "/v1/signoffs", .name = "list_signoffs",
           .summary = "What waits for the reader's signature, the soonest due first",
           .handler = [this](const Request& request) { return get(request); }}};
}

bool Signoffs::may_wait(const CaseSummary& line) const {
  const auto* procedure = service_.rulebook().procedure(line.procedure);
  const auto* edition = service_.rulebook().edition_in_force(line.procedure, service_.now());
  if (procedure == nullptr || edition == nullptr) return false;
  const int state = procedure->state_index(line.state);
  return std::ranges::any_of(procedure->rows, [&](const auto& row) {
    if (row.from != state) return false;
    const auto* policy =
        edition->step(procedure->events[static_cast<std::size_t>(row.event)], line.state);
    return policy != nullptr && policy->signoff.mode != workflow::SignoffMode::none;
  });
}

Array Signoffs::signable(const Principal& principal, const CaseSummary& line) {
  Array proposals;
  const auto opened = service_.open(principal, line.id);
  if (!opened) return proposals;
  for (const workflow::Proposal& proposal : opened->subject.proposals) {
    if (!proposal.outcome.empty()) continue;
    Submission signature;
    signature.kind = workflow::EntryKind::signature;
    signature.case_id = line.id;
    signature.proposal = proposal.sequence;
    signature.choice = "agree";
    if (!service_.rehearse(principal, signature)) continue;
    const Value view = summary_view(opened->subject);
    std::ranges::copy_if(view["proposals"].items(), std::back_inserter(proposals),
                         [&](const Value& one) {
                           return one["proposal"].integer() == proposal.sequence;
                         });
  }
  return proposals;
}

Response Signoffs::get(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return http::failed(std::move(*unknown));
  const Principal& principal = *request.principal;
  const Colours colours = colours_at(service_.now(), *service_.rulebook().calendar());
  CaseQuery query;
  query.visible_to = scope_of(principal).filter();
  query.is_closed = false;
  query.limit = 200;
  std::vector<CaseSummary> lines;  // one a proposal
  Array proposals;
  do {
    const auto page = store_.search(query);
    if (!page) return http::failed(problem_of(page.error()));
    for (const CaseSummary& line : page->items) {
      if (!may_wait(line) || lines.size() >= found_max) continue;
      for (Value& proposal : signable(principal, line)) {
        lines.push_back(line);
        proposals.push_back(std::move(proposal));
      }
    }
    query.cursor = page->next;
  } while (!query.cursor.empty() && lines.size() < found_max);
  auto views = line_views(lines, colours, registry_, principal);
  if (!views) return http::failed(views.error());
  Array items;
  for (std::size_t place = 0; place < lines.size(); ++place) {
    items.emplace_back(Object{{"case", std::move((*views)[place])},
                              {"proposal", std::move(proposals[place])}});
  }
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

}  // namespace yimen::api::resources
