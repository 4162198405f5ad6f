#include "api/resources/users.hpp"

#include <algorithm>

#include "api/account_forms.hpp"
#include "api/answers.hpp"
#include "api/body.hpp"
#include "api/http/conditional.hpp"
#include "definitions/digest.hpp"
#include "workflow/format.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using persistence::AccountRow;
using workflow::Array;
using workflow::Object;
using workflow::Value;

// For administrators only.
http::Handler guarded(http::Handler handler) {
  return [handler = std::move(handler)](const Request& request) {
    const auto& posts = request.principal->posts;
    const bool may =
        std::ranges::find(posts, "administrator", &http::Post::post) != posts.end();
    return may ? handler(request) : failed(ProblemCode::not_your_post);
  };
}

Value view(const AccountRow& row) {
  Array posts;
  for (const persistence::PostRow& post : row.posts) {
    posts.push_back(Object{{"post", post.post}, {"unit", post.unit}});
  }
  return Object{{"id", row.id},
                {"name", row.name},
                {"display_name", row.display_name},
                {"is_active", row.is_active},
                {"must_change_password", row.must_change_password},
                {"posts", std::move(posts)},
                {"created_at", workflow::to_text(row.created_at)}};
}

Response shown(int status, const AccountRow& row) {
  Response response = http::json(status, view(row));
  response.headers.add("etag", "\"" + Accounts::tag(row) + "\"");
  return response;
}

// No digest of a password: it would be a way to guess it.
persistence::IdempotencyKey key_of(const Request& request, Value body) {
  body.make_object().erase("password");
  return {request.principal->account, request.idempotency_key,
          definitions::sha256_hex(request.method + " " + request.path + "\n" + canonical(body))};
}

bool is_id(std::string_view text) { return !workflow::format_problem("uuid", text); }

}  // namespace

std::vector<http::Route> Users::routes() {
  return {{.method = "POST",
           .pattern = "/v1/users",
           .name = "add_user",
           .summary = "Add a user with their posts",
           .idempotency_key = true,
           .handler = guarded([this](const Request& request) { return post(request); })},
          {.method = "GET",
           .pattern = "/v1/users",
           .name = "list_users",
           .summary = "All users, in the order of their making",
           .handler = guarded([this](const Request& request) { return list(request); })},
          {.method = "GET",
           .pattern = "/v1/users/{id}",
           .name = "get_user",
           .summary = "One user",
           .handler = guarded([this](const Request& request) { return get(request); })},
          {.method = "PATCH",
           .pattern = "/v1/users/{id}",
           .name = "change_user",
           .summary = "Change name, password, posts or whether the account is active",
           .if_match = true,
           .handler = guarded([this](const Request& request) { return patch(request); })}};
}

Response Users::post(const Request& request) {
  const auto body = wanted(request, new_account_schema());
  if (!body) return failed(body.error());
  const auto added = accounts_.add(new_account_from(*body), key_of(request, *body));
  if (!added) return failed(added.error());
  if (!tell(request, "account_added", added->id)) return failed(ProblemCode::unavailable);
  Response response = shown(201, *added);
  response.headers.add("location", "/v1/users/" + added->id);
  return response;
}

Response Users::list(const Request& request) {
  if (auto unknown = unknown_parameter(request, {"cursor", "limit"})) {
    return failed(std::move(*unknown));
  }
  const auto limit = limit_of(request);
  if (!limit) return failed(limit.error());
  const std::string after(request.query.get("cursor"));
  if (!after.empty() && !is_id(after)) return failed(invalid_parameter("cursor"));
  const auto rows = accounts_.list(after, *limit);
  if (!rows) return failed(rows.error());
  Array items;
  for (const AccountRow& row : *rows) items.push_back(view(row));
  const bool is_last = static_cast<int>(rows->size()) < *limit;
  const std::string next = is_last ? std::string() : rows->back().id;
  Response response = http::json(200, Object{{"items", std::move(items)}, {"next", next}});
  if (!is_last) {
    response.headers.add("link", "</v1/users?cursor=" + next +
                                     "&limit=" + std::to_string(*limit) + ">; rel=\"next\"");
  }
  return response;
}

Response Users::get(const Request& request) {
  const auto row = accounts_.account(std::string(request.parameters.get("id")));
  return row ? shown(200, *row) : failed(row.error());
}

Response Users::patch(const Request& request) {
  const auto expected = http::if_match(request);
  if (!expected) return failed(expected.error());
  const auto body = wanted(request, account_change_schema());
  if (!body) return failed(body.error());
  const std::string id(request.parameters.get("id"));
  const auto known = accounts_.account(id);
  if (!known) return failed(known.error());
  if (!tell(request, "account_changed", id)) return failed(ProblemCode::unavailable);
  const auto changed = accounts_.change(id, account_change_from(*body), *expected);
  return changed ? shown(200, *changed) : failed(changed.error());
}

Result<Value, Problem> Users::wanted(const Request& request, const Value& schema) const {
  constexpr std::string_view member = "must_change_password";
  auto body = body_of(request, schema);
  if (!body) return body;
  if (is_sample_) return body;
  if (body->has(member) && !(*body)[member].truth()) {
    return refuse(findings_problem({{"/must_change_password", "on_samples_only", {}}}));
  }
  if (body->has("password")) body->make_object().set(member, true);
  return body;
}

bool Users::tell(const Request& request, const char* action, const std::string& subject) {
  return audit_log_.write({.at = clock_.now(),
                           .action = action,
                           .account = request.principal->account,
                           .subject = subject,
                           .reason = {},
                           .trace_id = request.trace_id});
}

}  // namespace yimen::api::resources
