// How the server treats connections: P9..P13, P15, P16, and what every answer carries.
#include <algorithm>
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "tests/api/http_sample.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/client.hpp"

using namespace yimen::api::http;
using namespace std::chrono_literals;
using yimen::tests::Answer;
using yimen::tests::Client;
using yimen::tests::RawHttp;
using yimen::tests::Sample;

namespace {

Route route(std::string pattern, Handler handler) {
  return {.method = "GET",
          .pattern = std::move(pattern),
          .access = Access::public_access,
          .handler = std::move(handler)};
}

Response text_of_length(std::size_t length) {
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body.assign(length, 't');
  return response;
}

}  // namespace

TEST_CASE("P9: an idle kept connection gives its thread to who waits for one") {
  Sample api({.threads = 1, .idle_timeout = 60s});
  RawHttp first = api.connect();
  first.send(api.request("GET /hello"));
  REQUIRE(first.read_answer());
  RawHttp second = api.connect();
  second.send(api.request("GET /hello"));
  const auto answer = second.read_answer();
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(first.is_closed());
}

TEST_CASE("P9: beyond threads and queue a client is told 503, not dropped in silence") {
  std::promise<void> entered;
  std::promise<void> release;
  Sample api({.threads = 1, .queued_max = 1},
             {route("/blocks", [&](const Request&) {
               entered.set_value();
               release.get_future().wait();
               return no_content();
             })});
  RawHttp working = api.connect();
  working.send(api.request("GET /blocks"));
  entered.get_future().wait();
  RawHttp queued = api.connect();
  queued.send(api.request("GET /hello"));
  RawHttp refused = api.connect();
  const auto answer = refused.read_answer();
  REQUIRE(answer);
  CHECK(answer->status == 503);
  CHECK(answer->json()["code"].text() == "overloaded");
  CHECK(answer->header("retry-after") == "1");
  CHECK(api.server->counts().refused == 1);
  CHECK(api.server->counts().queued == 1);
  CHECK(api.server->counts().current == 1);
  release.set_value();
  CHECK(working.read_answer()->header("connection") == "close");
  CHECK(queued.read_answer()->status == 200);
}

TEST_CASE("P9: a connection carries so many requests and no more") {
  Sample api({.requests_per_connection_max = 3});
  RawHttp client = api.connect();
  for (const std::string expected : {"", "", "close"}) {
    client.send(api.request("GET /hello"));
    CHECK(client.read_answer()->header("connection") == expected);
  }
  CHECK(client.is_closed());
}

TEST_CASE("P9: an idle connection is closed without a word") {
  Sample api({.idle_timeout = 100ms});
  RawHttp client = api.connect();
  client.send(api.request("GET /hello"));
  REQUIRE(client.read_answer());
  CHECK(client.is_closed());
}

TEST_CASE("P10: a head that does not arrive in time is cut off, however its bytes trickle") {
  Sample api({.times = {.request = 200ms, .linger = 100ms}});
  RawHttp client = api.connect();
  const auto started = std::chrono::steady_clock::now();
  client.send("GET /hello HTTP/1.1\r\nX: ");
  while (!client.is_readable(20ms)) client.send("x");
  const auto answer = client.read_answer();
  REQUIRE(answer);
  CHECK(answer->status == 408);
  CHECK(answer->json()["code"].text() == "request_timeout");
  CHECK(client.is_closed());
  CHECK(std::chrono::steady_clock::now() - started < 3s);
  CHECK(api.server->counts().too_slow == 1);
}

TEST_CASE("P10: a body that does not arrive in time is cut off, however its bytes trickle") {
  Sample api({.times = {.request = 200ms, .linger = 100ms}});
  RawHttp client = api.connect();
  client.send(api.request("POST /hello",
                          "Content-Type: application/json\r\nContent-Length: 1000\r\n", "{"));
  while (!client.is_readable(20ms)) client.send(" ");
  const auto answer = client.read_answer();
  REQUIRE(answer);
  CHECK(answer->status == 408);
  CHECK(client.is_closed());
  CHECK(api.visits.seen().empty());
}

TEST_CASE("P10: a connection that never says anything is closed") {
  Sample api({.times = {.request = 100ms}});
  CHECK(api.connect().is_closed());
}

TEST_CASE("P10: a client that does not take its answer is cut off") {
  std::promise<void> answered;
  Sample api({.times = {.response = 200ms, .linger = 50ms, .bytes_per_second_min = 1'000'000'000},
              .answered = [&](const Request&, const Response&, auto) { answered.set_value(); }},
             {route("/large", [](const Request&) { return text_of_length(64'000'000); })});
  RawHttp client = api.connect();
  client.send(api.request("GET /large"));
  CHECK(answered.get_future().wait_for(10s) == std::future_status::ready);
  CHECK_FALSE(client.read_answer());
}

TEST_CASE("P11: a second server on a port is told that it cannot") {
  Sample api;
  const auto second = Server::start(api.router, {.port = api.server->port()});
  REQUIRE_FALSE(second);
  INFO(second.error());
  CHECK(second.error().starts_with("cannot listen on 127.0.0.1:" +
                                   std::to_string(api.server->port())));
  CHECK(second.error().find("in use") != std::string::npos);
}

TEST_CASE("P12: one server answers on IPv4 and IPv6") {
  Sample api({.host = "::", .behind_proxy = true, .proxies = {}});
  for (const std::string address : {"127.0.0.1", "::1"}) {
    Client client(api.server->port(), address);
    CHECK(client.get("/hello").status == 200);
    CHECK(api.visits.seen().back().remote_address == address);
  }
}

TEST_CASE("P12: a server may be bound to one family") {
  Sample api({.host = "::1"});
  CHECK(Client(api.server->port(), "::1").get("/hello").status == 200);
  CHECK_THROWS(RawHttp(api.server->port(), "127.0.0.1"));
}

TEST_CASE("P13: head and body arrive together, and no answer waits for an acknowledgement") {
  Sample api({}, {route("/page", [](const Request&) { return text_of_length(20'000); })});
  RawHttp client = api.connect();
  std::vector<std::chrono::steady_clock::duration> taken;
  for (int at = 0; at < 90; ++at) {
    const auto started = std::chrono::steady_clock::now();
    client.send(api.request("GET /page"));
    const std::string segment = client.read_once();
    taken.push_back(std::chrono::steady_clock::now() - started);
    CHECK(segment.find("content-length: 20000\r\n") != std::string::npos);
    CHECK(segment.size() > 20'000);
  }
  std::sort(taken.begin(), taken.end());
  CHECK(taken[45] < 10ms);
}

TEST_CASE("P15: without TLS only loopback is served, unless a proxy is declared") {
  Sample api;
  for (const std::string host : {"0.0.0.0", "::", "192.0.2.1"}) {
    const auto refused = Server::start(api.router, {.host = host});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().find("without TLS") != std::string::npos);
  }
  CHECK_FALSE(Server::start(api.router, {.host = "example.org"}));
  CHECK(Server::start(api.router, {.host = "0.0.0.0", .behind_proxy = true}));
  CHECK(Server::start(api.router, {.host = "localhost"}));
}

TEST_CASE("P15: a forwarded address is believed from a declared proxy only") {
  const std::string forwarded = "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n";
  Sample open;
  open.answer_to(open.request("GET /hello", forwarded));
  CHECK(open.visits.seen().at(0).remote_address == "127.0.0.1");
  Sample proxied({.behind_proxy = true});
  proxied.answer_to(proxied.request("GET /hello", forwarded));
  CHECK(proxied.visits.seen().at(0).remote_address == "198.51.100.7");
  proxied.answer_to(proxied.request("GET /hello", "X-Forwarded-For: <script>\r\n"));
  CHECK(proxied.visits.seen().at(1).remote_address == "127.0.0.1");
}

TEST_CASE("P16: an answer that the client holds already is not sent again") {
  Sample api;
  Client client(api.server->port());
  const Answer whole = client.get("/cases/9");
  CHECK(whole.header("etag") == "\"r7\"");
  const auto held = GENERATE(as<std::string>{}, "\"r7\"", "W/\"r7\"", "\"r6\", \"r7\"", "*");
  const Answer same = client.get("/cases/9", {{"if-none-match", held}});
  CHECK(same.status == 304);
  CHECK(same.body.empty());
  CHECK(same.header("etag") == "\"r7\"");
  CHECK(client.get("/cases/9", {{"if-none-match", "\"r6\""}}).status == 200);
}

TEST_CASE("P16: HEAD is GET without its body") {
  Sample api;
  RawHttp client = api.connect();
  client.send(api.request("HEAD /cases/9"));
  const auto head = client.read_answer(true);
  REQUIRE(head);
  client.send(api.request("GET /cases/9"));
  const auto whole = client.read_answer();
  REQUIRE(whole);
  CHECK(head->status == 200);
  CHECK(head->header("etag") == whole->header("etag"));
  CHECK(head->header("content-length") == std::to_string(whole->body.size()));
}

TEST_CASE("every answer carries the security headers and its length") {
  Sample api({.behind_proxy = true});
  const auto path = GENERATE(as<std::string>{}, "/hello", "/unknown", "/throws");
  const Answer answer = api.answer_to(api.request("GET " + path));
  CHECK(answer.header("x-content-type-options") == "nosniff");
  CHECK(answer.header("referrer-policy") == "same-origin");
  CHECK(answer.header("cache-control") == "no-store");
  CHECK(answer.header("content-security-policy") == "default-src 'none'; frame-ancestors 'none'");
  CHECK(answer.header("x-frame-options") == "DENY");
  CHECK(answer.header("strict-transport-security") == "max-age=31536000; includeSubDomains");
  CHECK(answer.header("content-length") == std::to_string(answer.body.size()));
  CHECK(answer.header("date").size() == 29);
  CHECK_FALSE(answer.headers.has("server"));
}

TEST_CASE("requests sent in one piece are answered in turn") {
  Sample api;
  RawHttp client = api.connect();
  client.send(api.post("/hello", "{\"a\":1}") + "\r\n" + api.request("GET /cases/5") +
              api.request("GET /unknown"));
  CHECK(client.read_answer()->json()["body"].text() == "{\"a\":1}");
  CHECK(client.read_answer()->json()["id"].text() == "5");
  CHECK(client.read_answer()->status == 404);
}

TEST_CASE("a client that asks before sending its body is told to go on, or why not") {
  Sample api;
  RawHttp client = api.connect();
  const std::string expecting =
      "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n";
  client.send(api.request("POST /hello", expecting));
  CHECK(client.read_answer()->status == 100);
  client.send("{}");
  CHECK(client.read_answer()->status == 200);
  client.send(api.request("POST /unknown", expecting));
  CHECK(client.read_answer()->status == 404);
  CHECK(client.is_closed());
  CHECK(api.answer_to(api.request("GET /hello", "Expect: tea\r\n")).status == 417);
}

TEST_CASE("a trace is taken over from the client, or begun") {
  Sample api;
  api.answer_to(api.request(
      "GET /hello", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"));
  api.answer_to(api.request("GET /hello"));
  api.answer_to(api.request("GET /hello"));
  const auto seen = api.visits.seen();
  CHECK(seen[0].trace_id == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK(seen[1].trace_id.size() == 32);
  CHECK(seen[1].trace_id != seen[2].trace_id);
}

TEST_CASE("the test client keeps its connection and its cookies") {
  Sample api({.requests_per_connection_max = 2},
             {route("/cookie", [](const Request& request) {
               Response response = json(200, yimen::workflow::Object{
                                                 {"sent", request.headers.get("cookie")}});
               response.headers.add("set-cookie", "__Host-yimen=t1; Secure; HttpOnly");
               return response;
             })});
  Client client(api.server->port());
  CHECK(client.get("/cookie").json()["sent"].text().empty());
  CHECK(client.get("/cookie").json()["sent"].text() == "__Host-yimen=t1");
  CHECK(client.post("/parse", yimen::workflow::Object{{"a", 1}}).json()["a"].integer() == 1);
  CHECK(client.always("authorization", "Bearer good").get("/private").status == 200);
  CHECK(api.server->counts().connections == 2);
}
