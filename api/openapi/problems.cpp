#include "api/openapi/problems.hpp"

#include <set>

#include "api/openapi/components.hpp"

namespace yimen::api::openapi {

namespace {

using http::ProblemCode;
using http::Route;
using workflow::Array;
using workflow::Object;
using workflow::Value;

using Codes = std::set<ProblemCode>;

bool takes_body(const Route& route) {
  return route.method == "POST" || route.method == "PUT" || route.method == "PATCH";
}

// What is refused before a route is known, or whatever the route.
Codes of_every_route() {
  using enum ProblemCode;
  return {malformed_request, malformed_target,   malformed_header, request_timeout,
          target_too_long,   expectation_failed, host_not_served,  headers_too_large,
          internal_error,    overloaded,         unavailable,      version_not_supported};
}

void add_those_of_access(const Route& route, Codes& codes) {
  if (route.access != http::Access::session) return;
  codes.insert({ProblemCode::credentials_ambiguous, ProblemCode::authentication_required});
  if (!route.before_password_change) codes.insert(ProblemCode::password_change_required);
  if (route.method == "GET") return;
  // A foreign page behind a cookie, a token that only reads.
  codes.insert({ProblemCode::csrf_check_failed, ProblemCode::not_permitted});
}

void add_those_of_body(const Route& route, bool is_json, Codes& codes) {
  if (route.method == "GET") {
    codes.insert(ProblemCode::body_not_allowed);
    return;
  }
  codes.insert({ProblemCode::body_incomplete, ProblemCode::body_too_large,
                ProblemCode::outcome_unknown});
  if (!route.content_type.empty()) codes.insert(ProblemCode::unsupported_media_type);
  if (takes_body(route)) codes.insert(ProblemCode::length_required);
  if (is_json) {
    codes.insert({ProblemCode::malformed_json, ProblemCode::unknown_member,
                  ProblemCode::invalid_member});
  }
}

void add_those_of_headers(const Route& route, Codes& codes) {
  if (route.idempotency_key) {
    codes.insert({ProblemCode::idempotency_key_required, ProblemCode::idempotency_key_invalid,
                  ProblemCode::idempotency_key_reused});
  }
  if (route.if_match) {
    codes.insert({ProblemCode::if_match_required, ProblemCode::if_match_invalid});
  }
}

void add_named(const Value& names, Codes& codes, std::vector<std::string>& findings) {
  for (const Value& wanted : names.items()) {
    bool is_known = false;
    for (const ProblemCode code : http::all_problem_codes()) {
      if (http::name(code) != wanted.text()) continue;
      codes.insert(code);
      is_known = true;
    }
    if (!is_known) findings.push_back("unknown problem code " + wanted.text());
  }
}

// For people: the codes in words.
std::string sentence(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) {
    text += (text.empty() ? "" : ", ");
    for (const char letter : code) text += letter == '_' ? ' ' : letter;
  }
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + ".";
}

Object headers_of(int status) {
  Object headers{{"Content-Language", reference("headers", "Content-Language")}};
  if (status == 401) {
    headers.set("WWW-Authenticate", reference("headers", "WWW-Authenticate"));
  }
  if (status == 429 || status == 503) {
    headers.set("Retry-After", reference("headers", "Retry-After"));
  }
  return headers;
}

}  // namespace

ProblemsByStatus problems_of(const Route& route, const Value& said,
                             std::vector<std::string>& findings) {
  Codes codes = of_every_route();
  add_those_of_access(route, codes);
  add_those_of_body(route, said.has("body"), codes);
  add_those_of_headers(route, codes);
  if (said.has("query")) codes.insert(ProblemCode::invalid_parameter);
  add_named(said["problems"], codes, findings);
  ProblemsByStatus by_status;
  for (const ProblemCode code : codes) {
    by_status[http::status(code)].emplace_back(http::name(code));
  }
  return by_status;
}

Value problem_response(int status, const std::vector<std::string>& codes) {
  Object of_this{{"code", Object{{"enum", Array(codes.begin(), codes.end())}}},
                 {"status", Object{{"const", status}}}};
  const Value schema = Object{
      {"allOf", Array{reference("schemas", "Problem"), Object{{"properties", of_this}}}}};
  return Object{
      {"description", sentence(codes)},
      {"headers", headers_of(status)},
      {"content", Object{{"application/problem+json", Object{{"schema", schema}}}}}};
}

}  // namespace yimen::api::openapi
