#include "api/resources/procedures.hpp"

#include "api/body.hpp"
#include "api/http/conditional.hpp"
#include "definitions/digest.hpp"
#include "workflow/drawing/bpmn.hpp"
#include "workflow/drawing/mermaid.hpp"

namespace yimen::api::resources {

namespace {

using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Array;
using workflow::Object;
using workflow::Procedure;
using workflow::Value;

std::string_view at(const std::vector<std::string_view>& names, int index) {
  return names[static_cast<std::size_t>(index)];
}

Array names_view(const std::vector<std::string_view>& names) {
  return Array(names.begin(), names.end());
}

// Each use of guards as the list of its alternatives.
Array guards_view(const std::vector<workflow::GuardUse>& uses, const Procedure& procedure) {
  Array view;
  for (const workflow::GuardUse& use : uses) {
    Array alternatives;
    for (const int guard : use) {
      alternatives.emplace_back(procedure.guards[static_cast<std::size_t>(guard)].name);
    }
    view.emplace_back(std::move(alternatives));
  }
  return view;
}

Value step_view(const workflow::StepPolicy* policy, const workflow::Edition& edition) {
  if (policy == nullptr) return Object{};
  Object view{{"posts", Array(policy->posts.begin(), policy->posts.end())}};
  if (const workflow::Form* form = edition.form(policy->form)) view.set("form", form->digest);
  if (policy->signoff.mode != workflow::SignoffMode::none) {
    view.set("signers", Array(policy->signoff.posts.begin(), policy->signoff.posts.end()));
    view.set("substitutes",
             Array(policy->signoff.substitutes.begin(), policy->signoff.substitutes.end()));
  }
  return view;
}

Array rows_view(const Procedure& procedure, const workflow::Edition& edition) {
  Array view;
  for (const workflow::RuleRow& row : procedure.rows) {
    const std::string_view event = at(procedure.events, row.event);
    const std::string_view from = at(procedure.states, row.from);
    Array selectors;
    for (const int guard : row.selectors) {
      selectors.emplace_back(procedure.guards[static_cast<std::size_t>(guard)].name);
    }
    view.emplace_back(Object{{"from", from},
                             {"event", event},
                             {"to", at(procedure.states, row.to)},
                             {"stays", row.stays},
                             {"undoable", row.undoable},
                             {"levels", names_view(row.levels)},
                             {"when", std::move(selectors)},
                             {"guards", guards_view(row.guards, procedure)},
                             {"clause", row.clause},
                             {"policy", step_view(edition.step(event, from), edition)}});
  }
  return view;
}

Array states_view(const Procedure& procedure) {
  Array view;
  for (std::size_t state = 1; state < procedure.states.size(); ++state) {
    view.emplace_back(Object{{"name", procedure.states[state]},
                             {"is_closed", static_cast<bool>(procedure.is_closed[state])}});
  }
  return view;
}

Array categories_view(const workflow::Edition& edition) {
  Array view;
  for (const auto& [code, category] : edition.categories) {
    view.emplace_back(Object{{"code", code},
                             {"department", category.department},
                             {"approval", category.approval},
                             {"required_documents",
                              Array(category.required_documents.begin(),
                                    category.required_documents.end())}});
  }
  return view;
}

Array annotations_view(const Procedure& procedure, const workflow::Edition& edition) {
  Array view;
  for (const workflow::AnnotationRow& row : procedure.annotations) {
    view.emplace_back(Object{{"name", row.name},
                             {"levels", names_view(row.levels)},
                             {"guards", guards_view(row.guards, procedure)},
                             {"clause", row.clause},
                             {"policy", step_view(edition.annotation(row.name), edition)}});
  }
  return view;
}

}  // namespace

std::vector<http::Route> Procedures::routes() {
  return {
      {.method = "GET", .pattern = "/v1/procedures", .name = "list_procedures",
       .summary = "The procedures and their editions",
       .handler = [this](const Request& request) { return list(request); }},
      {.method = "GET", .pattern = "/v1/procedures/{procedure}", .name = "get_procedure",
       .summary = "A procedure's table under an edition",
       .handler = [this](const Request& request) { return get(request); }},
      {.method = "GET", .pattern = "/v1/procedures/{procedure}/diagram",
       .name = "get_procedure_diagram",
       .summary = "A procedure's table as a drawing",
       .handler = [this](const Request& request) { return diagram(request); }},
      {.method = "GET", .pattern = "/v1/forms/{digest}", .name = "get_form",
       .summary = "A form by its digest; the same for ever",
       .handler = [this](const Request& request) { return form(request); }}};
}

Response Procedures::list(const Request& request) const {
  if (auto unknown = unknown_parameter(request, {})) return http::failed(std::move(*unknown));
  Array items;
  for (const Procedure* procedure : rulebook_.procedures()) {
    Array editions;
    for (const workflow::Edition* edition : rulebook_.editions()) {
      if (edition->procedure != procedure->name) continue;
      editions.emplace_back(Object{{"name", edition->name},
                                   {"digest", edition->digest},
                                   {"valid_from", edition->valid_from}});
    }
    items.emplace_back(Object{{"name", procedure->name}, {"editions", std::move(editions)}});
  }
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

Response Procedures::get(const Request& request) const {
  if (auto unknown = unknown_parameter(request, {"edition"})) {
    return http::failed(std::move(*unknown));
  }
  const Procedure* procedure = rulebook_.procedure(request.parameters.get("procedure"));
  const workflow::Edition* edition = nullptr;
  const std::string* wanted = request.query.find("edition");
  for (const workflow::Edition* known : rulebook_.editions()) {
    const bool fits = procedure != nullptr && known->procedure == procedure->name &&
                      (wanted == nullptr || known->name == *wanted || known->digest == *wanted);
    if (fits && edition == nullptr) edition = known;
  }
  if (edition == nullptr) return http::failed(ProblemCode::not_found);
  return http::json(200, Object{{"name", procedure->name},
                                {"edition", Object{{"name", edition->name},
                                                   {"digest", edition->digest},
                                                   {"valid_from", edition->valid_from}}},
                                {"categories", categories_view(*edition)},
                                {"lateness_reasons", Array(edition->lateness_reasons.begin(),
                                                           edition->lateness_reasons.end())},
                                {"states", states_view(*procedure)},
                                {"rows", rows_view(*procedure, *edition)},
                                {"annotations", annotations_view(*procedure, *edition)}});
}

Response Procedures::form(const Request& request) const {
  const workflow::Form* form = rulebook_.form(request.parameters.get("digest"));
  if (form == nullptr) return http::failed(ProblemCode::not_found);
  Response response =
      http::json(200, Object{{"code", form->code},
                             {"digest", form->digest},
                             {"schema", form->schema},
                             {"examples", Array(form->examples.begin(), form->examples.end())}});
  response.headers.set("etag", "\"" + form->digest + "\"");
  response.headers.set("cache-control", "private, max-age=31536000, immutable");
  return http::not_modified_or(request, std::move(response));
}

const Procedures::Drawing& Procedures::drawing(const Procedure& procedure,
                                               http::Language language, bool as_bpmn) {
  const std::lock_guard lock(drawings_guard_);
  Drawing& kept = drawings_[{procedure.name, language, as_bpmn}];
  if (kept.text.empty()) {
    const auto names = [&](std::string_view kind, std::string_view code) {
      return rulebook_.texts().text(language, std::string(kind) + "." + std::string(code));
    };
    kept.text = as_bpmn ? workflow::drawing::bpmn(procedure, names)
                        : workflow::drawing::mermaid(procedure, names);
    kept.digest = definitions::sha256_hex(kept.text).substr(0, 32);
  }
  return kept;
}

Response Procedures::diagram(const Request& request) {
  if (auto unknown = unknown_parameter(request, {"format"})) {
    return http::failed(std::move(*unknown));
  }
  const std::string* format = request.query.find("format");
  const bool as_bpmn = format == nullptr || *format == "bpmn";
  if (!as_bpmn && *format != "mermaid") return http::failed(invalid_parameter("format"));
  const Procedure* procedure = rulebook_.procedure(request.parameters.get("procedure"));
  if (procedure == nullptr) return http::failed(ProblemCode::not_found);
  const Drawing& drawn = drawing(*procedure, request.language, as_bpmn);
  Response response{
      .content_type = as_bpmn ? "application/xml; charset=utf-8" : "text/plain; charset=utf-8",
      .body = drawn.text};
  response.headers.set("etag", "\"" + drawn.digest + "\"");
  response.headers.set("content-language", std::string(http::tag(request.language)));
  response.headers.set("vary", "accept-language");
  return http::not_modified_or(request, std::move(response));
}

}  // namespace yimen::api::resources
