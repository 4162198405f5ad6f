// RFC 9457 problem details: every answer that is not a success is one of these.
// problem.cpp is the only place where a code meets a status number.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/texts.hpp"
#include "workflow/value.hpp"

namespace yimen::api::http {

// Enumerator spelling = wire spelling; in the order of their statuses.
enum class ProblemCode {
  malformed_request,
  malformed_target,
  malformed_header,
  malformed_json,
  body_incomplete,
  body_not_allowed,
  idempotency_key_required,
  idempotency_key_invalid,
  if_match_invalid,
  unknown_member,
  invalid_parameter,
  invalid_member,
  credentials_ambiguous,
  authentication_required,
  login_failed,
  not_your_post,
  not_permitted,
  csrf_check_failed,
  password_change_required,
  not_found,
  method_not_allowed,
  request_timeout,
  no_such_step,
  already_known,
  conflict,
  request_in_progress,
  length_required,
  stale_revision,
  body_too_large,
  target_too_long,
  unsupported_media_type,
  expectation_failed,
  host_not_served,
  conditions_not_met,
  form_invalid,
  idempotency_key_reused,
  if_match_required,
  too_many_requests,
  headers_too_large,
  internal_error,
  overloaded,
  unavailable,
  outcome_unknown,
  version_not_supported,
  storage_full,
};

[[nodiscard]] std::string_view name(ProblemCode code);
[[nodiscard]] int status(ProblemCode code);
[[nodiscard]] std::span<const ProblemCode> all_problem_codes();

// One unmet condition: its code, the clause of the plan, where in the request, and the figures.
struct ProblemRefusal {
  std::string code;
  std::string clause;
  std::string pointer;
  workflow::Object params;
  bool operator==(const ProblemRefusal&) const = default;
};

struct Problem {
  ProblemCode code = ProblemCode::internal_error;
  workflow::Object params{};
  std::vector<ProblemRefusal> refusals{};
  std::optional<std::chrono::seconds> retry_after{};
  bool operator==(const Problem&) const = default;
};

// One refusal with its sentence: the text "refusal.<code>" or "finding.<code>", or the code itself
// where there is no such text.
[[nodiscard]] workflow::Value refusal_view(const ProblemRefusal& refusal, const Texts& texts,
                                           Language language);

// The application/problem+json body, each refusal as `refusal_view` shows it.
[[nodiscard]] std::string problem_body(const Problem& problem, const Texts& texts,
                                       Language language, std::string_view trace_id);

}  // namespace yimen::api::http
