// The route table and its checks, without sockets.
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/api/http_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen::api::http;
using yimen::tests::sample_routes;
using yimen::tests::the_texts;
using yimen::tests::token_authentication;
using yimen::tests::Visits;

namespace {

struct Table {
  Visits visits;
  Texts texts = the_texts();
  Router router{texts, sample_routes(visits), token_authentication};

  Response ask(const std::string& method, const std::string& target, Fields headers = {},
               std::string body = {}) const {
    Request request = request_for(method, target).value();
    request.headers = std::move(headers);
    request.body = std::move(body);
    return router.handle(std::move(request));
  }
};

std::string code(const Response& response) {
  return response.problem ? std::string(name(response.problem->code)) : "";
}

const Fields transition = {{"content-type", "application/json"},
                           {"idempotency-key", "\"k-1\""},
                           {"if-match", "\"r7\""}};

Fields without(const std::string& name, std::string value = {}) {
  Fields fields = transition;
  fields.set(name, std::move(value));
  return fields;
}

Response named(const std::string& text) {
  return json(200, yimen::workflow::Object{{"name", text}});
}

Route get(const std::string& pattern) {
  return {.method = "GET",
          .pattern = pattern,
          .access = Access::public_access,
          .handler = [pattern](const Request&) { return named(pattern); }};
}

}  // namespace

TEST_CASE("an unknown path is not found") {
  const Table api;
  const auto path = GENERATE(as<std::string>{}, "/", "/nothing", "/hello/", "/hello/x", "/cases",
                             "/cases/", "/cases//transitions", "/Hello");
  const Response answer = api.ask("GET", path);
  CHECK(answer.status == 404);
  CHECK(code(answer) == "not_found");
}

TEST_CASE("a known path names the methods it takes") {
  const Table api;
  const auto method = GENERATE(as<std::string>{}, "PUT", "PATCH", "TRACE", "BREW", "get");
  const Response refused = api.ask(method, "/cases/1");
  CHECK(refused.status == 405);
  CHECK(code(refused) == "method_not_allowed");
  CHECK(refused.headers.get("allow") == "GET, HEAD, DELETE, OPTIONS");
}

TEST_CASE("OPTIONS tells the methods and asks for no session") {
  const Table api;
  const Response answer = api.ask("OPTIONS", "/private");
  CHECK(answer.status == 204);
  CHECK(answer.headers.get("allow") == "GET, HEAD, OPTIONS");
  CHECK(api.ask("OPTIONS", "*").status == 204);
}

TEST_CASE("HEAD is served by GET's handler and omits the body") {
  const Table api;
  const Response answer = api.ask("HEAD", "/cases/4");
  CHECK(answer.status == 200);
  CHECK(answer.omit_body);
  CHECK_FALSE(answer.body.empty());
  CHECK(api.ask("HEAD", "/cases/4/transitions").status == 405);
}

TEST_CASE("a route behind a session answers 401 in one shape") {
  const Table api;
  const Response answer = api.ask("GET", "/private");
  CHECK(answer.status == 401);
  CHECK(code(answer) == "authentication_required");
  CHECK(answer.headers.get("www-authenticate") == "Bearer realm=\"yimen\"");
  const auto body = yimen::workflow::parse(answer.body).value();
  CHECK(body["title"].text() == "请先登录");
  CHECK(body["refusals"].is_array());
  CHECK(api.visits.seen().empty());
}

TEST_CASE("an authenticated request carries its principal to the handler") {
  const Table api;
  CHECK(api.ask("GET", "/private", {{"authorization", "Bearer good"}}).status == 200);
  REQUIRE(api.visits.seen().size() == 1);
  CHECK(api.visits.seen()[0].principal->posts[0].post == "station_clerk");
}

TEST_CASE("an authentication may refuse with a reason of its own") {
  Texts texts;
  Visits visits;
  const Router router(texts, sample_routes(visits), [](Request&) {
    return std::optional<Problem>(Problem{.code = ProblemCode::csrf_check_failed});
  });
  CHECK(router.handle(request_for("GET", "/private").value()).status == 403);
  CHECK(router.handle(request_for("GET", "/hello").value()).status == 200);
}

TEST_CASE("a transition needs its Idempotency-Key and its If-Match") {
  const Table api;
  const std::string path = "/cases/8/transitions";
  CHECK(api.ask("POST", path, transition, "{}").status == 200);
  REQUIRE(api.visits.seen().size() == 1);
  CHECK(api.visits.seen()[0].idempotency_key == "k-1");
  CHECK(api.visits.seen()[0].parameters.get("id") == "8");

  const Response no_key = api.ask("POST", path, without("idempotency-key"), "{}");
  CHECK(no_key.status == 400);
  CHECK(code(no_key) == "idempotency_key_required");
  const Response bad_key = api.ask("POST", path, without("idempotency-key", "a b"), "{}");
  CHECK(bad_key.status == 400);
  CHECK(code(bad_key) == "idempotency_key_invalid");
  const Response no_match = api.ask("POST", path, without("if-match"), "{}");
  CHECK(no_match.status == 428);
  CHECK(code(no_match) == "if_match_required");
  const Response bad_match = api.ask("POST", path, without("if-match", "r7"), "{}");
  CHECK(bad_match.status == 400);
  CHECK(code(bad_match) == "if_match_invalid");
}

TEST_CASE("a body is JSON in UTF-8, or refused") {
  const Table api;
  const auto good = GENERATE(as<std::string>{}, "application/json",
                             "Application/JSON; charset=UTF-8",
                             "application/json;charset=\"utf-8\"");
  CHECK(api.ask("POST", "/hello", {{"content-type", good}}, "{}").status == 200);
  const auto bad = GENERATE(as<std::string>{}, "", "text/plain", "application/jsonp",
                            "application/x-www-form-urlencoded", "application/json; charset=gbk");
  const Response refused = api.ask("POST", "/hello", {{"content-type", bad}}, "{}");
  CHECK(refused.status == 415);
  CHECK(code(refused) == "unsupported_media_type");
  CHECK(api.ask("POST", "/hello").status == 200);
}

TEST_CASE("a body has a limit of its route's") {
  const Table api;
  const Fields headers = {{"content-type", "application/json"}};
  CHECK(api.ask("POST", "/small", headers, std::string(16, ' ')).status == 200);
  const Response refused = api.ask("POST", "/small", headers, std::string(17, ' '));
  CHECK(refused.status == 413);
  CHECK(refused.problem->params.find("bytes_max")->integer() == 16);
  CHECK(api.ask("POST", "/hello", headers, std::string(64 * 1024 + 1, ' ')).status == 413);
  CHECK(api.router.body_bytes_max() == 64 * 1024);
}

TEST_CASE("a body that is not a JSON object is refused with the place of its fault") {
  const Table api;
  const auto [body, reason, offset] =
      GENERATE(table<std::string, std::string, int>({{"{\"a\":}", "malformed_json", 5},
                                                     {"", "malformed_json", 0},
                                                     {"[1]", "not_an_object", 0},
                                                     {"7", "not_an_object", 0}}));
  const Response refused =
      api.ask("POST", "/parse", {{"content-type", "application/json"}}, body);
  INFO(body);
  CHECK(refused.status == 400);
  CHECK(code(refused) == "malformed_json");
  const auto params = yimen::workflow::parse(refused.body).value()["params"];
  CHECK(params["reason"].text() == reason);
  CHECK(params["offset"].integer() == offset);
}

TEST_CASE("a literal goes before a parameter, a parameter before the rest of the path") {
  Texts texts;
  const Router router(texts, {get("/{rest...}"), get("/a/{x}"), get("/a/b"), get("/a/{x}/c"),
                              get("/files/{name...}")});
  const auto answered = [&](const std::string& path) {
    const Response response = router.handle(request_for("GET", path).value());
    return yimen::workflow::parse(response.body).value()["name"].text();
  };
  CHECK(answered("/a/b") == "/a/b");
  CHECK(answered("/a/z") == "/a/{x}");
  CHECK(answered("/a/b/c") == "/a/{x}/c");
  CHECK(answered("/a/b/d") == "/{rest...}");
  CHECK(answered("/files/css/app.css") == "/files/{name...}");
}

TEST_CASE("the rest of a path and escaped segments reach the handler decoded") {
  Texts texts;
  std::string seen;
  const Router router(texts, {{.method = "GET",
                               .pattern = "/files/{id}/{name...}",
                               .access = Access::public_access,
                               .handler = [&](const Request& request) {
                                 seen = std::string(request.parameters.get("id")) + "|" +
                                        std::string(request.parameters.get("name"));
                                 return no_content();
                               }}});
  CHECK(router.handle(request_for("GET", "/files/%E6%B2%B3/a/b%20c").value()).status == 204);
  CHECK(seen == "河|a/b c");
}

TEST_CASE("a table that contradicts itself is a defect") {
  Texts texts;
  CHECK_THROWS_AS(Router(texts, {get("/a"), get("/a")}), std::logic_error);
  CHECK_THROWS_AS(Router(texts, {get("/a/{x}"), get("/a/{y}")}), std::logic_error);
  CHECK_THROWS_AS(Router(texts, {get("a")}), std::logic_error);
}

TEST_CASE("a stale revision can be answered with the current tag") {
  Texts texts = the_texts();
  const Router router(texts, {{.method = "GET",
                               .pattern = "/stale",
                               .access = Access::public_access,
                               .handler = [](const Request&) {
                                 Response response = failed(ProblemCode::stale_revision);
                                 response.headers.add("etag", "\"r8\"");
                                 return response;
                               }}});
  const Response answer = router.handle(request_for("GET", "/stale").value());
  CHECK(answer.status == 412);
  CHECK(answer.headers.get("etag") == "\"r8\"");
  CHECK(answer.headers.get("content-language") == "zh-CN");
}
