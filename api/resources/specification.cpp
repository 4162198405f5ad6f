#include "api/resources/specification.hpp"

#include "api/openapi/document.hpp"
#include "definitions/digest.hpp"

namespace yimen::api::resources {

using http::Request;
using http::Response;

std::vector<http::Route> Specification::routes() {
  return {{.method = "GET", .pattern = "/v1/openapi.json", .access = http::Access::public_access,
           .name = "openapi", .summary = "This API as an OpenAPI document",
           .handler = [this](const Request& request) { return get(request); }}};
}

void Specification::describe(const std::vector<http::Route>& routes) {
  text_ = workflow::canonical(openapi::document(routes, rulebook_).value);
  tag_ = "\"" + definitions::sha256_hex(text_).substr(0, 32) + "\"";
}

Response Specification::get(const Request&) const {
  Response response;
  response.body = text_;
  response.headers.set("etag", tag_);
  return response;
}

}  // namespace yimen::api::resources
