#include "api/http/problem.hpp"

#include <array>

namespace yimen::api::http {

namespace {

using workflow::Object;
using workflow::Value;

struct Row {
  ProblemCode code;
  int status;
  std::string_view name;
};

#define YIMEN_ROW(status, code) Row{ProblemCode::code, status, #code}

constexpr std::array rows = {
    YIMEN_ROW(400, malformed_request),
    YIMEN_ROW(400, malformed_target),
    YIMEN_ROW(400, malformed_header),
    YIMEN_ROW(400, malformed_json),
    YIMEN_ROW(400, body_incomplete),
    YIMEN_ROW(400, body_not_allowed),
    YIMEN_ROW(400, idempotency_key_required),
    YIMEN_ROW(400, idempotency_key_invalid),
    YIMEN_ROW(400, if_match_invalid),
    YIMEN_ROW(400, unknown_member),
    YIMEN_ROW(400, invalid_parameter),
    YIMEN_ROW(400, invalid_member),
    YIMEN_ROW(400, credentials_ambiguous),
    YIMEN_ROW(401, authentication_required),
    YIMEN_ROW(401, login_failed),
    YIMEN_ROW(403, not_your_post),
    YIMEN_ROW(403, not_permitted),
    YIMEN_ROW(403, csrf_check_failed),
    YIMEN_ROW(403, password_change_required),
    YIMEN_ROW(404, not_found),
    YIMEN_ROW(405, method_not_allowed),
    YIMEN_ROW(408, request_timeout),
    YIMEN_ROW(409, no_such_step),
    YIMEN_ROW(409, already_known),
    YIMEN_ROW(409, conflict),
    YIMEN_ROW(409, request_in_progress),
    YIMEN_ROW(411, length_required),
    YIMEN_ROW(412, stale_revision),
    YIMEN_ROW(413, body_too_large),
    YIMEN_ROW(414, target_too_long),
    YIMEN_ROW(415, unsupported_media_type),
    YIMEN_ROW(417, expectation_failed),
    YIMEN_ROW(421, host_not_served),
    YIMEN_ROW(422, conditions_not_met),
    YIMEN_ROW(422, form_invalid),
    YIMEN_ROW(422, idempotency_key_reused),
    YIMEN_ROW(428, if_match_required),
    YIMEN_ROW(429, too_many_requests),
    YIMEN_ROW(431, headers_too_large),
    YIMEN_ROW(500, internal_error),
    YIMEN_ROW(503, overloaded),
    YIMEN_ROW(503, unavailable),
    YIMEN_ROW(503, outcome_unknown),
    YIMEN_ROW(505, version_not_supported),
    YIMEN_ROW(507, storage_full),
};

#undef YIMEN_ROW

constexpr bool rows_follow_the_enumeration() {
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (static_cast<std::size_t>(rows[at].code) != at) return false;
  }
  return rows.back().code == ProblemCode::storage_full;
}
static_assert(rows_follow_the_enumeration());

constexpr auto codes = [] {
  std::array<ProblemCode, rows.size()> all{};
  for (std::size_t at = 0; at < rows.size(); ++at) all[at] = rows[at].code;
  return all;
}();

const Row& row(ProblemCode code) {
  return rows[static_cast<std::size_t>(code)];
}

}  // namespace

std::string_view name(ProblemCode code) { return row(code).name; }

int status(ProblemCode code) { return row(code).status; }

std::span<const ProblemCode> all_problem_codes() { return codes; }

Value refusal_view(const ProblemRefusal& refusal, const Texts& texts, Language language) {
  std::string shown = refusal.code;
  for (const char* kind : {"finding.", "refusal."}) {
    if (std::string key = kind + refusal.code; texts.has(language, key)) shown = std::move(key);
  }
  Object out;
  out.set("code", refusal.code);
  if (!refusal.clause.empty()) out.set("clause", refusal.clause);
  if (!refusal.pointer.empty()) out.set("pointer", refusal.pointer);
  out.set("params", refusal.params);
  out.set("message", texts.text(language, shown, refusal.params));
  return out;
}

std::string problem_body(const Problem& problem, const Texts& texts, Language language,
                         std::string_view trace_id) {
  const std::string code(name(problem.code));
  Object body;
  body.set("type", "/problems/" + code);
  body.set("title", texts.text(language, "problem." + code, problem.params));
  body.set("status", status(problem.code));
  body.set("code", code);
  if (!problem.params.empty()) body.set("params", problem.params);
  workflow::Array refusals;
  for (const ProblemRefusal& refusal : problem.refusals) {
    refusals.push_back(refusal_view(refusal, texts, language));
  }
  body.set("refusals", std::move(refusals));
  body.set("trace_id", trace_id);
  return workflow::canonical(body);
}

}  // namespace yimen::api::http
