#include "api/resources/sessions.hpp"

#include "api/account_forms.hpp"
#include "api/answers.hpp"
#include "api/body.hpp"
#include "api/resources/titles.hpp"

namespace yimen::api::resources {

namespace {

using http::Access;
using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Array;
using workflow::Object;
using workflow::Value;

constexpr std::string_view log_in_form = R"({
  "type": "object", "additionalProperties": false, "required": ["account", "password"],
  "properties": {
    "account": {"type": "string", "maxLength": 1000, "x-personal": true},
    "bearer": {"type": "boolean"},
    "password": {"type": "string", "maxLength": 1000, "x-personal": true}
  }
})";

Value view(const Session& session) {
  Object body{{"account", session.account.id},
              {"display_name", session.account.display_name},
              {"expires_at", workflow::to_text(session.expires_at)}};
  if (session.is_bearer) body.set("token", session.token);
  return body;
}

Array posts_view(const std::vector<http::Post>& posts,
                 const definitions::Organisation& organisation, http::Language language) {
  Array items;
  for (const http::Post& post : posts) {
    items.push_back(Object{{"post", post.post},
                           {"title", title_in(organisation.post(post.post)->title, language)},
                           {"unit", post.unit},
                           {"unit_title", title_in(organisation.unit(post.unit)->title, language)},
                           {"level", post.level}});
    if (!post.for_person.empty()) {
      items.back().make_object().set("for_person", post.for_person);
    }
  }
  return items;
}

// The hash names the session and opens nothing.
Value view(const persistence::SessionRow& row, const http::Principal& principal) {
  return Object{{"id", row.token_hash},
                {"is_bearer", row.is_bearer},
                {"is_current", row.token_hash == principal.session},
                {"created_at", workflow::to_text(row.created_at)},
                {"seen_at", workflow::to_text(row.seen_at)},
                {"expires_at", workflow::to_text(row.expires_at)}};
}

}  // namespace

const Value& log_in_schema() {
  static const Value schema = workflow::parse(log_in_form).value();
  return schema;
}

std::vector<http::Route> Sessions::routes() {
  return {{.method = "POST",
           .pattern = "/v1/sessions",
           .access = Access::public_access,
           .name = "log_in",
           .summary = "Log in: a cookie for browsers, a token where `bearer` is true",
           .body_bytes_max = 16 * 1024,
           .handler = [this](const Request& request) { return post(request); }},
          {.method = "DELETE",
           .pattern = "/v1/sessions/current",
           .before_password_change = true,
           .name = "log_out",
           .summary = "End the session",
           .handler = [this](const Request& request) { return remove(request); }},
          {.method = "GET",
           .pattern = "/v1/sessions",
           .name = "list_sessions",
           .summary = "The reader's own live sessions",
           .handler = [this](const Request& request) { return list(request); }},
          {.method = "DELETE",
           .pattern = "/v1/sessions/{id}",
           .name = "end_session",
           .summary = "End one of the reader's own sessions",
           .handler = [this](const Request& request) { return end(request); }},
          {.method = "GET",
           .pattern = "/v1/me",
           .before_password_change = true,
           .name = "me",
           .summary = "Who I am and which posts I hold",
           .handler = [this](const Request& request) { return me(request); }},
          {.method = "POST",
           .pattern = "/v1/me/password",
           .before_password_change = true,
           .name = "choose_password",
           .summary = "Choose a password of one's own",
           .body_bytes_max = 16 * 1024,
           .handler = [this](const Request& request) { return choose_password(request); }}};
}

Response Sessions::post(const Request& request) {
  if (!authentication_.may_log_in_from(request)) return failed(ProblemCode::csrf_check_failed);
  const auto body = body_of(request, log_in_schema());
  if (!body) return failed(body.error());
  const auto session = authentication_.log_in({.name = (*body)["account"].text(),
                                               .password = (*body)["password"].text(),
                                               .address = request.remote_address,
                                               .bearer = (*body)["bearer"].truth()});
  if (!session) return failed(session.error());
  Response response = http::json(201, view(*session));
  response.headers.add("location", "/v1/sessions/current");
  if (!session->is_bearer) response.headers.add("set-cookie", authentication_.cookie(*session));
  return response;
}

Response Sessions::list(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const auto rows = authentication_.sessions_of(*request.principal);
  if (!rows) return failed(rows.error());
  Array items;
  for (const persistence::SessionRow& row : *rows) items.push_back(view(row, *request.principal));
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

// A token is no session: it neither ends one nor logs out.
Response Sessions::end(const Request& request) {
  if (!request.principal->token.empty()) return failed(ProblemCode::not_permitted);
  const auto ended = authentication_.end_session_of(*request.principal,
                                                    std::string(request.parameters.get("id")));
  return ended ? http::no_content() : failed(ended.error());
}

Response Sessions::remove(const Request& request) {
  if (!request.principal->token.empty()) return failed(ProblemCode::not_permitted);
  const auto ended = authentication_.log_out(*request.principal);
  if (!ended) return failed(ended.error());
  Response response = http::no_content();
  response.headers.add("set-cookie", authentication_.no_cookie());
  response.headers.add("clear-site-data", "\"cache\", \"cookies\", \"storage\"");
  return response;
}

// For people: a program's token proves no password.
Response Sessions::choose_password(const Request& request) {
  if (!request.principal->token.empty()) return failed(ProblemCode::not_permitted);
  const auto body = body_of(request, password_choice_schema());
  if (!body) return failed(body.error());
  const auto chosen = authentication_.choose_password(
      *request.principal, request.remote_address, (*body)["present"].text(),
      (*body)["new"].text());
  return chosen ? http::no_content() : failed(chosen.error());
}

Response Sessions::me(const Request& request) {
  const auto account = accounts_.account(request.principal->account);
  if (!account) return failed(account.error());
  return http::json(
      200, Object{{"account", account->id},
                  {"person", request.principal->person},
                  {"name", account->name},
                  {"display_name", account->display_name},
                  {"must_change_password", account->must_change_password},
                  {"posts", posts_view(request.principal->posts, organisation_, request.language)},
                  {"language", http::tag(request.language)},
                  {"now", workflow::to_text(clock_.now())}});
}

}  // namespace yimen::api::resources
