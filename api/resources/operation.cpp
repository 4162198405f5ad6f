#include "api/resources/operation.hpp"

#include <algorithm>

#include "api/body.hpp"
#include "api/case_problems.hpp"
#include "api/workers/workers.hpp"

namespace yimen::api::resources {

namespace {

using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Object;

bool is_administrator(const Request& request) {
  const auto& posts = request.principal->posts;
  return std::any_of(posts.begin(), posts.end(),
                     [](const http::Post& post) { return post.post == "administrator"; });
}

Response told(workflow::Instant now) {
  return http::json(200, Object{{"now", workflow::to_text(now)}});
}

}  // namespace

std::vector<http::Route> Operation::routes() {
  return {{.method = "GET", .pattern = "/livez", .access = http::Access::public_access,
           .name = "livez", .summary = "The process answers",
           .handler = [](const Request&) { return http::json(200, Object{{"status", "live"}}); }},
          {.method = "GET", .pattern = "/readyz", .access = http::Access::public_access,
           .name = "readyz", .summary = "It can serve: schema, a read, and writing not stopped",
           .handler = [this](const Request& request) { return ready(request); }},
          {.method = "GET", .pattern = "/v1/sample-clock", .name = "get_sample_clock",
           .summary = "The time on a sample database",
           .handler = [this](const Request& request) { return get_clock(request); }},
          {.method = "PUT", .pattern = "/v1/sample-clock", .name = "put_sample_clock",
           .summary = "Moves the time on a sample database forward",
           .handler = [this](const Request& request) { return put_clock(request); }}};
}

Response Operation::ready(const Request&) {
  const bool is_ready = !stopping_ && database_.not_ready_reason().empty();
  if (is_ready) return http::json(200, Object{{"status", "ready"}});
  return http::failed(ProblemCode::unavailable);
}

Response Operation::get_clock(const Request&) {
  if (sample_clock_ == nullptr) return http::failed(ProblemCode::not_found);
  return told(sample_clock_->now());
}

Response Operation::put_clock(const Request& request) {
  if (sample_clock_ == nullptr) return http::failed(ProblemCode::not_found);
  if (!is_administrator(request)) return http::failed(ProblemCode::not_permitted);
  const auto body = body_with(request, {{"now", MemberKind::text, true}});
  if (!body) return http::failed(body.error());
  const auto at = workflow::instant_from((*body)["now"].text());
  if (!at || !sample_clock_->advance_to(*at, real_clock_.now())) {
    return http::failed({.code = ProblemCode::invalid_member,
                         .params = {{"member", "/now"}},
                         .refusals = {{"clock_moves_forward_only", {}, "/now", {}}}});
  }
  const auto kept = database_.set_setting("sample_now", workflow::to_text(*at));
  if (!kept) return http::failed(problem_of(kept.error()));
  if (workers_ != nullptr) workers_->sweep();
  return told(*at);
}

}  // namespace yimen::api::resources
