#include "api/resources/events.hpp"

#include <charconv>

#include "api/answers.hpp"
#include "api/body.hpp"

namespace yimen::api::resources {

namespace {

using http::Request;
using http::Response;

std::optional<std::int64_t> place_in(std::string_view text) {
  std::int64_t place = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), place);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || place < 0) {
    return std::nullopt;
  }
  return place;
}

}  // namespace

std::vector<http::Route> Events::routes() {
  return {{.method = "GET",
           .pattern = "/v1/events",
           .name = "listen",
           .summary = "What happens to the cases that the reader may see, as it happens",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response Events::get(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return http::failed(std::move(*unknown));
  std::optional<std::int64_t> after;
  if (const std::string* id = request.headers.find("last-event-id")) {
    after = place_in(*id);
    if (!after) return http::failed(invalid_parameter("last-event-id"));
  }
  Response response{.content_type = "text/event-stream"};
  if (request.method == "HEAD") return response;
  auto taken = feed_.listen(*request.principal, after);
  if (!taken) return http::failed(taken.error());
  response.take_over = std::move(*taken);
  return response;
}

}  // namespace yimen::api::resources
