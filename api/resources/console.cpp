#include "api/resources/console.hpp"

#include <string>

#include "api/http/compression.hpp"

namespace yimen::api::resources {

namespace {

using http::Access;
using http::ProblemCode;
using http::Request;
using http::Response;

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view ask_each_time = "no-cache";
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

}  // namespace

std::vector<http::Route> Console::routes() {
  const auto page = [this](const Request& request) {
    return file(request, "index.html", ask_each_time);
  };
  const auto asset = [this](const Request& request) {
    return file(request, "assets/" + std::string(request.parameters.get("name")), for_ever);
  };
  const auto worker = [this](const Request& request) {
    return file(request, "worker.js", ask_each_time);
  };
  return {{.method = "GET", .pattern = "/", .access = Access::public_access,
           .name = "console_start", .summary = "The console", .handler = page},
          {.method = "GET", .pattern = "/console", .access = Access::public_access,
           .name = "console", .summary = "The console", .handler = page},
          {.method = "GET", .pattern = "/console/{page...}", .access = Access::public_access,
           .name = "console_page", .summary = "A page of the console", .handler = page},
          {.method = "GET", .pattern = "/assets/{name}", .access = Access::public_access,
           .name = "console_asset", .summary = "A file of the console", .handler = asset},
          {.method = "GET", .pattern = "/worker.js", .access = Access::public_access,
           .name = "console_worker", .summary = "What keeps the console for times without a line",
           .handler = worker}};
}

Response Console::file(const Request& request, std::string_view path,
                       std::string_view cache_control) const {
  const ConsoleFile* found = files_.find(path);
  if (found == nullptr) return http::failed(ProblemCode::not_found);
  Response response{.content_type = found->content_type, .body = found->bytes};
  if (!found->gzipped.empty() &&
      http::accepts_gzip(request.headers.get("accept-encoding"))) {
    response.body = found->gzipped;
    response.headers.add("content-encoding", "gzip");
  }
  response.headers.add("vary", "accept-encoding");
  response.headers.add("cache-control", std::string(cache_control));
  response.headers.add("content-security-policy", std::string(policy));
  response.headers.add("etag", "\"" + found->etag + "\"");
  return response;
}

}  // namespace yimen::api::resources
