#include "api/resources/words.hpp"

#include "api/answers.hpp"
#include "api/body.hpp"
#include "definitions/digest.hpp"

namespace yimen::api::resources {

using http::Request;
using http::Response;
using workflow::Object;

std::vector<http::Route> Words::routes() {
  return {{.method = "GET",
           .pattern = "/v1/texts",
           .name = "list_texts",
           .summary = "Words for people, by code",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response Words::get(const Request& request) const {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  Object texts;
  for (const auto& [key, text] : texts_.all(request.language)) texts.set(key, text);
  Response response = http::json(200, Object{{"language", http::tag(request.language)},
                                             {"texts", std::move(texts)}});
  response.headers.add("etag",
                       "\"" + definitions::sha256_hex(response.body).substr(0, 32) + "\"");
  response.headers.add("content-language", std::string(http::tag(request.language)));
  response.headers.add("vary", "accept-language");
  return response;
}

}  // namespace yimen::api::resources
