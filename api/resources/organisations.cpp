#include "api/resources/organisations.hpp"

#include "api/body.hpp"
#include "api/resources/titles.hpp"
#include "definitions/digest.hpp"

namespace yimen::api::resources {

namespace {

using http::Request;
using http::Response;
using workflow::Array;
using workflow::Object;

Object unit_view(const definitions::Unit& unit, http::Language language) {
  Object view{{"code", unit.code},
              {"level", unit.level},
              {"title", title_in(unit.title, language)}};
  if (!unit.parent.empty()) view.set("parent", unit.parent);
  if (!unit.division_code.empty()) view.set("division_code", unit.division_code);
  return view;
}

// The definitions change with a restart only, so that a client may keep its copy.
Response tagged(const Request& request, const workflow::Value& body) {
  Response response = http::json(200, body);
  response.headers.add("etag",
                       "\"" + definitions::sha256_hex(response.body).substr(0, 32) + "\"");
  response.headers.add("content-language", std::string(http::tag(request.language)));
  response.headers.add("vary", "accept-language");
  return response;
}

}  // namespace

std::vector<http::Route> Organisations::routes() {
  return {{.method = "GET",
           .pattern = "/v1/organisations",
           .name = "get_organisation",
           .summary = "The township and its units",
           .handler = [this](const Request& request) { return get(request); }},
          {.method = "GET",
           .pattern = "/v1/posts",
           .name = "list_posts",
           .summary = "The posts that can be held, and at which level",
           .handler = [this](const Request& request) { return posts(request); }}};
}

Response Organisations::get(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  Array units;
  for (const definitions::Unit& unit : organisation_.units) {
    units.push_back(unit_view(unit, request.language));
  }
  return tagged(request, Object{{"jurisdiction", organisation_.jurisdiction},
                                {"division_code", organisation_.division_code},
                                {"units", std::move(units)}});
}

Response Organisations::posts(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  Array items;
  for (const definitions::Post& post : organisation_.posts) {
    items.push_back(Object{{"code", post.code},
                           {"level", post.level},
                           {"title", title_in(post.title, request.language)}});
  }
  return tagged(request, Object{{"items", std::move(items)}});
}

}  // namespace yimen::api::resources
