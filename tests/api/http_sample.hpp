// A small API on a free port, for the tests of the HTTP layer.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "api/http/router.hpp"
#include "api/http/server.hpp"
#include "tests/support/raw_http.hpp"

namespace yimen::tests {

inline api::http::Texts the_texts() {
  return api::http::Texts::load(std::string(YIMEN_SOURCE_DIR) + "/definitions/texts").value();
}

// Everything a test wants to see of what reached the handlers.
class Visits {
 public:
  void add(const api::http::Request& request) {
    const std::lock_guard lock(mutex_);
    seen_.push_back(request);
  }
  [[nodiscard]] std::vector<api::http::Request> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<api::http::Request> seen_;
};

inline std::optional<api::http::Problem> token_authentication(api::http::Request& request) {
  if (request.headers.get("authorization") == "Bearer good") {
    request.principal = api::http::Principal{.account = "li", .person = "p1", .session = "s1",
                                             .posts = {{"station_clerk", "u1", "station"}}};
  }
  return std::nullopt;
}

// The routes that the tests speak to: public reads, a transition with its preconditions, a route
// behind a session, three that fail, and whatever a test adds.
inline std::vector<api::http::Route> sample_routes(Visits& visits) {
  using namespace api::http;
  const auto echo = [&visits](const Request& request) {
    visits.add(request);
    workflow::Object body;
    body.set("path", request.path);
    body.set("body", request.body);
    return json(200, body);
  };
  const auto tagged = [&visits](const Request& request) {
    visits.add(request);
    Response response = json(200, workflow::Object{{"id", request.parameters.get("id")}});
    response.headers.add("etag", "\"r7\"");
    return response;
  };
  const auto parse = [](const Request& request) {
    const auto body = json_body(request);
    return body ? json(200, *body) : failed(body.error());
  };
  std::vector<Route> routes = {
      {.method = "GET", .pattern = "/hello", .access = Access::public_access, .handler = echo},
      {.method = "POST", .pattern = "/hello", .access = Access::public_access, .handler = echo},
      {.method = "GET", .pattern = "/smuggled", .access = Access::public_access, .handler = echo},
      {.method = "POST", .pattern = "/small", .access = Access::public_access,
       .body_bytes_max = 16, .handler = echo},
      {.method = "POST", .pattern = "/parse", .access = Access::public_access, .handler = parse},
      {.method = "GET", .pattern = "/cases/{id}", .access = Access::public_access,
       .handler = tagged},
      {.method = "POST", .pattern = "/cases/{id}/transitions", .access = Access::public_access,
       .idempotency_key = true, .if_match = true, .handler = echo},
      {.method = "GET", .pattern = "/private", .handler = echo},
      {.method = "DELETE", .pattern = "/cases/{id}", .access = Access::public_access,
       .handler = [](const Request&) { return no_content(); }},
      {.method = "GET", .pattern = "/throws", .access = Access::public_access,
       .handler = [](const Request&) -> Response { throw std::runtime_error("secret detail"); }},
      {.method = "GET", .pattern = "/throws-int", .access = Access::public_access,
       .handler = [](const Request&) -> Response { throw 7; }},
      {.method = "GET", .pattern = "/splits-header", .access = Access::public_access,
       .handler = [](const Request&) {
         Response response = no_content();
         response.headers.add("location", "/a\r\nset-cookie: x=1");
         return response;
       }}};
  return routes;
}

class Sample {
 public:
  explicit Sample(api::http::ServerSettings settings = {},
                  std::vector<api::http::Route> more = {})
      : texts(the_texts()), router(texts, with(sample_routes(visits), std::move(more)),
                                   token_authentication) {
    auto started = api::http::Server::start(router, std::move(settings));
    if (!started) throw std::runtime_error(started.error());
    server = std::move(*started);
  }

  [[nodiscard]] RawHttp connect() const { return RawHttp(server->port()); }

  // "Host: 127.0.0.1:PORT", with its line end.
  [[nodiscard]] std::string host() const {
    return "Host: 127.0.0.1:" + std::to_string(server->port()) + "\r\n";
  }

  // A whole request with a Host; `headers` are complete lines.
  [[nodiscard]] std::string request(std::string_view line, std::string_view headers = "",
                                    std::string_view body = "") const {
    std::string out(line);
    out.append(" HTTP/1.1\r\n").append(host()).append(headers).append("\r\n").append(body);
    return out;
  }

  // A JSON body with its two headers.
  [[nodiscard]] std::string post(std::string_view path, std::string_view body,
                                 std::string_view headers = "") const {
    return request("POST " + std::string(path),
                   "Content-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n" + std::string(headers),
                   body);
  }

  // The answer to bytes sent on a connection of their own.
  Answer answer_to(std::string_view bytes) const {
    RawHttp connection = connect();
    connection.send(bytes);
    return connection.read_answer().value_or(Answer{});
  }

  Visits visits;
  const api::http::Texts texts;
  const api::http::Router router;
  std::unique_ptr<api::http::Server> server;

 private:
  static std::vector<api::http::Route> with(std::vector<api::http::Route> routes,
                                            std::vector<api::http::Route> more) {
    for (auto& route : more) routes.push_back(std::move(route));
    return routes;
  }
};

}  // namespace yimen::tests
