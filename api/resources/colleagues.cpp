#include "api/resources/colleagues.hpp"

#include "api/answers.hpp"
#include "api/body.hpp"

namespace yimen::api::resources {

namespace {

using http::Request;
using http::Response;
using workflow::Array;
using workflow::Object;

}  // namespace

std::vector<http::Route> Colleagues::routes() {
  return {{.method = "GET",
           .pattern = "/v1/colleagues",
           .name = "list_colleagues",
           .summary = "Who works here, by name and post",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response Colleagues::get(const Request& request) const {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const auto accounts = accounts_.active();
  if (!accounts) return failed(accounts.error());
  Array items;
  for (const persistence::AccountRow& account : *accounts) {
    Array posts;
    for (const http::Post& post : accounts_.posts_of(account)) {
      posts.emplace_back(Object{{"post", post.post}, {"unit", post.unit}});
    }
    if (posts.empty()) continue;
    items.emplace_back(Object{{"person", account.id},
                              {"display_name", account.display_name},
                              {"posts", std::move(posts)}});
  }
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

}  // namespace yimen::api::resources
