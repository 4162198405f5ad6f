#include "api/answers.hpp"

#include <algorithm>
#include <utility>

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using persistence::StoreErrorKind;
using workflow::Finding;

constexpr std::chrono::seconds soon{2};

ProblemCode code_of(StoreErrorKind kind) {
  switch (kind) {
    case StoreErrorKind::not_found: return ProblemCode::not_found;
    case StoreErrorKind::conflict:
    case StoreErrorKind::post_taken:
    case StoreErrorKind::post_vacated:
    case StoreErrorKind::repeated: return ProblemCode::conflict;
    case StoreErrorKind::already_exists: return ProblemCode::already_known;
    case StoreErrorKind::key_reused: return ProblemCode::idempotency_key_reused;
    case StoreErrorKind::invalid: return ProblemCode::internal_error;
    case StoreErrorKind::lease_lost:
    case StoreErrorKind::unavailable: return ProblemCode::unavailable;
    case StoreErrorKind::outcome_unknown: return ProblemCode::outcome_unknown;
  }
  return ProblemCode::internal_error;
}

bool is_unknown(const Finding& finding) { return finding.code == "unknown_member"; }
bool is_misshapen(const Finding& finding) {
  return finding.code == "required" || finding.code == "wrong_type";
}

}  // namespace

Problem store_problem(const persistence::StoreError& error) {
  Problem problem{.code = code_of(error.kind)};
  if (error.kind == StoreErrorKind::unavailable || error.kind == StoreErrorKind::outcome_unknown) {
    problem.retry_after = soon;
  }
  return problem;
}

Problem findings_problem(const std::vector<Finding>& findings) {
  Problem problem{.code = ProblemCode::form_invalid};
  auto first = std::ranges::find_if(findings, is_unknown);
  if (first != findings.end()) {
    problem.code = ProblemCode::unknown_member;
  } else {
    first = std::ranges::find_if(findings, is_misshapen);
    if (first != findings.end()) problem.code = ProblemCode::invalid_member;
  }
  if (first != findings.end()) problem.params.set("member", first->pointer);
  for (const Finding& finding : findings) {
    problem.refusals.push_back({finding.code, {}, finding.pointer, finding.params});
  }
  return problem;
}

Problem problem_with(ProblemCode code, std::string refusal, workflow::Object params) {
  return {.code = code, .refusals = {{std::move(refusal), {}, {}, std::move(params)}}};
}

Result<workflow::Value, Problem> body_of(const http::Request& request,
                                         const workflow::Value& schema) {
  auto body = http::json_body(request);
  if (!body) return refuse(std::move(body.error()));
  const auto findings = workflow::check_data(schema, *body);
  if (!findings.empty()) return refuse(findings_problem(findings));
  return std::move(*body);
}

}  // namespace yimen::api
