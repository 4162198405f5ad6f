#include "api/resources/tokens.hpp"

#include <algorithm>

#include "api/answers.hpp"
#include "api/base64url.hpp"
#include "api/body.hpp"
#include "api/request_keys.hpp"
#include "definitions/digest.hpp"

namespace yimen::api::resources {

namespace {

using http::ProblemCode;
using http::Request;
using http::Response;
using persistence::PostRow;
using persistence::StoreErrorKind;
using persistence::TokenRow;
using workflow::Array;
using workflow::Finding;
using workflow::Instant;
using workflow::Object;
using workflow::Value;

constexpr std::size_t token_bytes = 32;
constexpr std::size_t tokens_max = 20;
constexpr int days_max = 400;

constexpr std::string_view token_form = R"({
  "type": "object", "additionalProperties": false,
  "required": ["access", "expires_at", "name", "posts"],
  "properties": {
    "access": {"type": "string", "enum": ["read", "write"]},
    "expires_at": {"type": "string", "format": "instant"},
    "name": {"type": "string", "minLength": 1, "maxLength": 50, "x-personal": true},
    "posts": {
      "type": "array", "minItems": 1, "maxItems": 20,
      "items": {
        "type": "object", "additionalProperties": false, "required": ["post", "unit"],
        "properties": {
          "post": {"type": "string", "format": "unit_code"},
          "unit": {"type": "string", "format": "unit_code"}
        }
      }
    }
  }
})";

Array posts_view(const std::vector<PostRow>& posts) {
  Array view;
  for (const PostRow& post : posts) {
    view.emplace_back(Object{{"post", post.post}, {"unit", post.unit}});
  }
  return view;
}

Object view(const TokenRow& row) {
  Object view{{"id", row.id},
              {"account", row.account},
              {"name", row.name},
              {"posts", posts_view(row.posts)},
              {"access", row.reads_only ? "read" : "write"},
              {"created_at", workflow::to_text(row.created_at)},
              {"expires_at", workflow::to_text(row.expires_at)}};
  if (row.last_used_at) view.set("last_used_at", workflow::to_text(*row.last_used_at));
  return view;
}

// Posts that the principal holds itself: what one covers is not one's own to hand on.
std::vector<Finding> findings_about(const TokenRow& row, const http::Principal& principal) {
  std::vector<Finding> findings;
  for (std::size_t place = 0; place < row.posts.size(); ++place) {
    const PostRow& wanted = row.posts[place];
    const bool is_own = std::ranges::any_of(principal.posts, [&](const http::Post& post) {
      return post.for_person.empty() && post.post == wanted.post && post.unit == wanted.unit;
    });
    if (!is_own) findings.push_back({"/posts/" + std::to_string(place), "post_not_held", {}});
  }
  if (row.expires_at <= row.created_at) {
    findings.push_back({"/expires_at", "not_in_the_future", {}});
  } else if (row.expires_at - row.created_at > std::chrono::days(days_max)) {
    findings.push_back({"/expires_at", "term_too_long", {{"days", days_max}}});
  }
  return findings;
}

}  // namespace

const Value& token_schema() {
  static const Value schema = workflow::parse(token_form).value();
  return schema;
}

std::vector<http::Route> Tokens::routes() {
  return {{.method = "POST",
           .pattern = "/v1/tokens",
           .name = "add_token",
           .summary = "Make a token for a machine; its secret is shown once",
           .idempotency_key = true,
           .handler = [this](const Request& request) { return post(request); }},
          {.method = "GET",
           .pattern = "/v1/tokens",
           .name = "list_tokens",
           .summary = "The reader's own tokens; an administrator names any account",
           .handler = [this](const Request& request) { return list(request); }},
          {.method = "DELETE",
           .pattern = "/v1/tokens/{id}",
           .name = "remove_token",
           .summary = "Take a token back, at once",
           .handler = [this](const Request& request) { return remove(request); }}};
}

// Who asks with a token makes no further ones.
Response Tokens::post(const Request& request) {
  if (!request.principal->token.empty()) return failed(ProblemCode::not_permitted);
  const auto body = body_of(request, token_schema());
  if (!body) return failed(body.error());
  TokenRow row;
  row.created_at = clock_.now();
  row.account = request.principal->account;
  row.name = (*body)["name"].text();
  row.reads_only = (*body)["access"].text() == "read";
  row.expires_at = workflow::instant_from((*body)["expires_at"].text()).value_or(Instant{});
  for (const Value& post : (*body)["posts"].items()) {
    row.posts.push_back({post["post"].text(), post["unit"].text()});
  }
  const auto findings = findings_about(row, *request.principal);
  if (!findings.empty()) return failed(findings_problem(findings));
  return add(request, std::move(row), key_of(service_, request, *body));
}

Response Tokens::add(const Request& request, TokenRow row,
                     const persistence::IdempotencyKey& key) {
  const auto known = store_.tokens_of(row.account);
  if (!known) return failed(store_problem(known.error()));
  if (known->size() >= tokens_max) {
    return failed(problem_with(ProblemCode::conflict, "too_many",
                               {{"max", std::int64_t{tokens_max}}}));
  }
  const std::string token = base64url(ids_.random(token_bytes));
  row.id = ids_.uuid(row.created_at);
  row.token_hash = definitions::sha256_hex(token);
  if (!tell(request, "token_added", row.id)) return failed(ProblemCode::unavailable);
  const auto added = store_.add_token(row, key);
  if (!added && added.error().kind == StoreErrorKind::repeated) {
    return failed(problem_with(ProblemCode::already_known, "token_shown_once",
                               {{"token", added.error().earlier->subject_id}}));
  }
  if (!added) return failed(store_problem(added.error()));
  Object body = view(row);
  body.set("token", token);
  Response response = http::json(201, std::move(body));
  response.headers.add("location", "/v1/tokens/" + row.id);
  return response;
}

Response Tokens::list(const Request& request) {
  if (auto unknown = unknown_parameter(request, {"account"})) return failed(std::move(*unknown));
  const http::Principal& principal = *request.principal;
  std::string account = principal.account;
  if (const std::string* wanted = request.query.find("account")) account = *wanted;
  if (account != principal.account && !principal.holds("administrator")) {
    return failed(ProblemCode::not_your_post);
  }
  const auto rows = store_.tokens_of(account);
  if (!rows) return failed(store_problem(rows.error()));
  Array items;
  for (const TokenRow& row : *rows) items.emplace_back(view(row));
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

Response Tokens::remove(const Request& request) {
  const http::Principal& principal = *request.principal;
  if (!principal.token.empty()) return failed(ProblemCode::not_permitted);
  const auto row = store_.token(std::string(request.parameters.get("id")));
  if (!row) return failed(store_problem(row.error()));
  if (row->account != principal.account && !principal.holds("administrator")) {
    return failed(ProblemCode::not_found);
  }
  if (!tell(request, "token_removed", row->id)) return failed(ProblemCode::unavailable);
  const auto removed = store_.remove_token(row->id);
  authentication_.forget(row->token_hash);
  return removed ? http::no_content() : failed(store_problem(removed.error()));
}

bool Tokens::tell(const Request& request, const char* action, const std::string& token) {
  return audit_log_.write({.at = clock_.now(),
                           .action = action,
                           .account = request.principal->account,
                           .subject = token,
                           .reason = {},
                           .trace_id = request.trace_id});
}

}  // namespace yimen::api::resources
