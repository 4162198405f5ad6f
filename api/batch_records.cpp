#include "api/batch_records.hpp"

#include <algorithm>

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemRefusal;
using workflow::Array;
using workflow::Object;
using workflow::Value;

Value value_of(const Problem& problem) {
  Array refusals;
  for (const ProblemRefusal& refusal : problem.refusals) {
    refusals.emplace_back(Object{{"code", refusal.code},
                                 {"clause", refusal.clause},
                                 {"pointer", refusal.pointer},
                                 {"params", refusal.params}});
  }
  return Object{{"code", http::name(problem.code)},
                {"params", problem.params},
                {"refusals", std::move(refusals)}};
}

Problem problem_from(const Value& value) {
  Problem problem;
  const auto codes = http::all_problem_codes();
  const auto code = std::ranges::find_if(
      codes, [&](http::ProblemCode known) { return http::name(known) == value["code"].text(); });
  if (code != codes.end()) problem.code = *code;
  problem.params = value["params"].members();
  for (const Value& refusal : value["refusals"].items()) {
    problem.refusals.push_back({refusal["code"].text(), refusal["clause"].text(),
                                refusal["pointer"].text(), refusal["params"].members()});
  }
  return problem;
}

}  // namespace

std::string text_of(const std::vector<BatchResult>& results) {
  Array items;
  for (const BatchResult& result : results) {
    Object item{{"case", result.case_id},
                {"status", result.status},
                {"sequence", result.sequence},
                {"revision", result.revision}};
    if (result.problem) item.set("problem", value_of(*result.problem));
    items.emplace_back(std::move(item));
  }
  return canonical(items);
}

std::vector<BatchResult> batch_results_from(std::string_view text) {
  std::vector<BatchResult> results;
  const Value items = workflow::parse(text).value_or(Value{});
  for (const Value& item : items.items()) {
    BatchResult result{item["case"].text(), static_cast<int>(item["status"].integer()),
                       item["sequence"].integer(), item["revision"].integer(), {}};
    if (item.has("problem")) result.problem = problem_from(item["problem"]);
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace yimen::api
