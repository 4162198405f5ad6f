#include "api/case_problems.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using persistence::StoreErrorKind;
using workflow::RefusalKind;

constexpr std::chrono::seconds soon{2};

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

ProblemCode code_of(StoreErrorKind kind) {
  switch (kind) {
    case StoreErrorKind::not_found: return ProblemCode::not_found;
    case StoreErrorKind::conflict:
    case StoreErrorKind::repeated:
    case StoreErrorKind::already_exists: return ProblemCode::conflict;
    case StoreErrorKind::key_reused: return ProblemCode::idempotency_key_reused;
    case StoreErrorKind::invalid: return ProblemCode::internal_error;
    case StoreErrorKind::unavailable: return ProblemCode::unavailable;
    case StoreErrorKind::outcome_unknown: return ProblemCode::outcome_unknown;
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

Problem problem_of(const persistence::StoreError& error) {
  Problem problem;
  problem.code = code_of(error.kind);
  const bool passes = error.kind == StoreErrorKind::unavailable ||
                      error.kind == StoreErrorKind::outcome_unknown;
  if (passes) problem.retry_after = soon;
  return problem;
}

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
