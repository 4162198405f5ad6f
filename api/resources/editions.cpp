#include "api/resources/editions.hpp"

#include "api/body.hpp"
#include "definitions/edition_check.hpp"
#include "definitions/edition_loader.hpp"

namespace yimen::api::resources {

namespace {

using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Array;
using workflow::Finding;
using workflow::Object;

constexpr std::size_t edition_bytes_max = 1024 * 1024;

Array findings_view(const std::vector<Finding>& findings, const http::Texts& texts,
                    http::Language language) {
  Array view;
  for (const Finding& finding : findings) {
    view.push_back(http::refusal_view({finding.code, {}, finding.pointer, finding.params}, texts,
                                      language));
  }
  return view;
}

}  // namespace

std::vector<http::Route> Editions::routes() {
  return {{.method = "GET",
           .pattern = "/v1/procedures/{procedure}/editions",
           .name = "list_editions",
           .summary = "The editions of a procedure, the newest first",
           .handler = [this](const Request& request) { return list(request); }},
          {.method = "POST",
           .pattern = "/v1/procedures/{procedure}/editions/{edition}/check",
           .name = "check_edition",
           .summary = "Tells everything that is wrong with an edition; deploys nothing",
           .body_bytes_max = edition_bytes_max,
           .handler = [this](const Request& request) { return check(request); }}};
}

Response Editions::list(const Request& request) const {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const auto* procedure = rulebook_.procedure(request.parameters.get("procedure"));
  if (procedure == nullptr) return failed(ProblemCode::not_found);
  Array items;
  for (const workflow::Edition* edition : rulebook_.editions()) {
    if (edition->procedure != procedure->name) continue;
    items.emplace_back(Object{{"name", edition->name},
                              {"digest", edition->digest},
                              {"valid_from", edition->valid_from}});
  }
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

Response Editions::check(const Request& request) const {
  if (!request.principal->holds("administrator")) return failed(ProblemCode::not_your_post);
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const auto body = http::json_body(request);
  if (!body) return failed(body.error());
  const auto* procedure = rulebook_.procedure(request.parameters.get("procedure"));
  if (procedure == nullptr) return failed(ProblemCode::not_found);
  const auto edition = definitions::edition_from(*body);
  std::vector<Finding> findings;
  Object answer;
  if (edition) {
    const auto calendar = rulebook_.calendar();
    findings = definitions::check(*edition, *procedure, rulebook_.organisation(), calendar.get());
    if (edition->procedure != procedure->name) {
      findings.push_back({"/procedure", "unknown_procedure", {{"procedure", edition->procedure}}});
    }
    if (edition->name != request.parameters.get("edition")) {
      findings.push_back({"/name", "another_edition", {}});
    }
    answer.set("digest", edition->digest);
  } else {
    findings = edition.error();
  }
  answer.set("passes", findings.empty());
  answer.set("findings", findings_view(findings, rulebook_.texts(), request.language));
  return http::json(200, std::move(answer));
}

}  // namespace yimen::api::resources
