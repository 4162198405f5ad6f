#include "api/case_problems.hpp"

#include "api/answers.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using workflow::RefusalKind;

ProblemCode code_of(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::stale: return ProblemCode::stale_revision;
    case RefusalKind::no_such_step: return ProblemCode::no_such_step;
    case RefusalKind::not_allowed: return ProblemCode::not_your_post;
    case RefusalKind::invalid_data: return ProblemCode::form_invalid;
    case RefusalKind::conditions_not_met: return ProblemCode::conditions_not_met;
  }
  return ProblemCode::internal_error;
}

}  // namespace

Problem problem_of(const workflow::Refusals& refusals) {
  Problem problem;
  problem.code = code_of(refusals.kind);
  for (const workflow::Refusal& refusal : refusals.all) {
    problem.refusals.push_back({refusal.code, refusal.clause, refusal.pointer, refusal.params});
  }
  return problem;
}

Problem problem_of(const persistence::StoreError& error) { return store_problem(error); }

Problem problem_of(const ServiceFailure& failure) {
  switch (failure.kind) {
    case ServiceFailureKind::not_found: return {.code = ProblemCode::not_found};
    case ServiceFailureKind::refused: return problem_of(failure.refusals);
    case ServiceFailureKind::unknown_procedure:
      return {.code = ProblemCode::form_invalid,
              .refusals = {{"no_such_procedure", {}, "/procedure", {}}}};
    case ServiceFailureKind::unknown_person:
      return {.code = ProblemCode::form_invalid,
              .refusals = {{"unknown_person", {}, "/subject", {}}}};
    case ServiceFailureKind::store: return problem_of(failure.store);
  }
  return {.code = ProblemCode::internal_error};
}

}  // namespace yimen::api
