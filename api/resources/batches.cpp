#include "api/resources/batches.hpp"

#include <iterator>

#include "api/answers.hpp"
#include "api/body.hpp"
#include "api/case_views.hpp"
#include "api/request_keys.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Array;
using workflow::EntryKind;
using workflow::Object;
using workflow::Value;

constexpr std::size_t items_max = 200;
constexpr std::size_t batch_bytes_max = 512 * 1024;

std::optional<EntryKind> kind_of(const Value& item) {
  const std::string& kind = item["kind"].text();
  for (const EntryKind known : {EntryKind::transition, EntryKind::annotation}) {
    if (kind == workflow::name_of(known)) return known;
  }
  return std::nullopt;
}

std::optional<Problem> fault_of(const Value& item, const std::string& pointer) {
  if (!item.is_object()) {
    return Problem{.code = ProblemCode::invalid_member,
                   .params = {{"member", pointer}},
                   .refusals = {{"wrong_type", {}, pointer, {{"expected", "object"}}}}};
  }
  auto fault = problem_with_members(item, pointer, {{"case", MemberKind::text, true},
                                                    {"event", MemberKind::text, true},
                                                    {"kind", MemberKind::text},
                                                    {"data", MemberKind::object},
                                                    {"revision", MemberKind::integer},
                                                    {"lateness_reason", MemberKind::text},
                                                    {"as", MemberKind::object}});
  if (fault) return fault;
  if (item.has("kind") && !kind_of(item)) {
    return findings_problem({{pointer + "/kind", "unknown_value",
                              {{"allowed", Array{"transition", "annotation"}}}}});
  }
  if (!item.has("as")) return fault;
  return problem_with_members(item["as"], pointer + "/as", {{"post", MemberKind::text, true},
                                                            {"unit", MemberKind::text}});
}

// Everything that is wrong with the shape of any item, at once.
std::optional<Problem> fault_of(const Array& items) {
  if (items.empty()) {
    return findings_problem({{"/items", "too_few", {{"min", 1}}}});
  }
  if (items.size() > items_max) {
    return findings_problem({{"/items", "too_many", {{"max", std::int64_t{items_max}}}}});
  }
  std::optional<Problem> all;
  for (std::size_t place = 0; place < items.size(); ++place) {
    auto fault = fault_of(items[place], "/items/" + std::to_string(place));
    if (!fault) continue;
    if (!all) {
      all = std::move(fault);
      continue;
    }
    if (fault->code == ProblemCode::unknown_member) all->code = fault->code;
    std::move(fault->refusals.begin(), fault->refusals.end(), std::back_inserter(all->refusals));
  }
  return all;
}

Submission submission_of(const Value& item) {
  Submission submission;
  submission.case_id = item["case"].text();
  submission.event = item["event"].text();
  submission.kind = kind_of(item).value_or(EntryKind::transition);
  if (submission.event == "take_back") submission.kind = EntryKind::take_back;
  submission.data = item["data"];
  submission.lateness_reason = item["lateness_reason"].text();
  if (item.has("revision")) submission.revision = item["revision"].integer();
  if (item.has("as")) {
    submission.as = http::Post{item["as"]["post"].text(), item["as"]["unit"].text(), {}};
  }
  return submission;
}

}  // namespace

std::vector<http::Route> Batches::routes() {
  return {{.method = "POST",
           .pattern = "/v1/batches",
           .name = "run_batch",
           .summary = "Takes many steps, or tells what would become of them",
           .idempotency_key = true,
           .body_bytes_max = batch_bytes_max,
           .handler = [this](const Request& request) { return post(request); }}};
}

// An empty case would open one: that is not for batches, and finds nothing.
Response Batches::post(const Request& request) {
  const auto body = body_with(
      request, {{"dry_run", MemberKind::boolean}, {"items", MemberKind::array, true}});
  if (!body) return failed(body.error());
  if (auto fault = fault_of((*body)["items"].items())) return failed(std::move(*fault));
  std::vector<Submission> items;
  for (const Value& item : (*body)["items"].items()) {
    items.push_back(submission_of(item));
    if (items.back().case_id.empty()) items.back().case_id = "none";
  }
  Object answer{{"dry_run", (*body)["dry_run"].truth()}};
  std::vector<BatchResult> results;
  if ((*body)["dry_run"].truth()) {
    results = batches_.rehearse(*request.principal, items);
  } else {
    auto batch = batches_.run(*request.principal, std::move(items),
                              key_of(service_, request, *body));
    if (!batch) return failed(batch.error());
    answer.set("batch", batch->id);
    results = std::move(batch->results);
  }
  Array views;
  for (const BatchResult& result : results) views.push_back(view(result, request.language));
  answer.set("results", std::move(views));
  return http::json(200, std::move(answer));
}

// A problem as it would be an answer by itself, but for the trace id, which is the request's.
Value Batches::view(const BatchResult& result, http::Language language) const {
  Object view{{"case", result.case_id}, {"status", result.status}};
  if (!result.problem) {
    if (result.revision > 0) view.set("revision", result.revision);
    if (result.outcome) view.set("outcome", summary_view(*result.outcome));
    return view;
  }
  Value problem = workflow::parse(http::problem_body(*result.problem, service_.rulebook().texts(),
                                                     language, {}))
                      .value_or(Value{});
  problem.make_object().erase("trace_id");
  view.set("problem", std::move(problem));
  return view;
}

}  // namespace yimen::api::resources
