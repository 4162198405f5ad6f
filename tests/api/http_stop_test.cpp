// P14: how the server stops: nobody new, the idle at once, the busy in peace, the slow in time.
#include <chrono>
#include <future>
#include <string>

#include "tests/api/http_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen::api::http;
using namespace std::chrono_literals;
using yimen::tests::RawHttp;
using yimen::tests::Sample;

TEST_CASE("P14: stopping ends idle connections at once and accepts no more") {
  Sample api({.idle_timeout = 60s});
  RawHttp idle = api.connect();
  idle.send(api.request("GET /hello"));
  REQUIRE(idle.read_answer());
  RawHttp silent = api.connect();
  const auto port = api.server->port();
  const auto started = std::chrono::steady_clock::now();
  CHECK(api.server->stop(30s));
  CHECK(std::chrono::steady_clock::now() - started < 5s);
  CHECK(idle.is_closed());
  CHECK(silent.is_closed());
  CHECK_THROWS(RawHttp(port));
}

TEST_CASE("P14: a request under way is finished and its connection then closed") {
  std::promise<void> entered;
  std::promise<void> release;
  Sample api({}, {{.method = "GET",
                   .pattern = "/blocks",
                   .access = Access::public_access,
                   .handler = [&](const Request&) {
                     entered.set_value();
                     release.get_future().wait();
                     return no_content();
                   }}});
  RawHttp client = api.connect();
  client.send(api.request("GET /blocks"));
  entered.get_future().wait();
  RawHttp idle = api.connect();
  idle.send(api.request("GET /hello"));
  REQUIRE(idle.read_answer());
  auto stopped = std::async(std::launch::async, [&] { return api.server->stop(30s); });
  CHECK(idle.is_closed());  // so the server is stopping
  release.set_value();
  const auto answer = client.read_answer();
  REQUIRE(answer);
  CHECK(answer->status == 204);
  CHECK(answer->header("connection") == "close");
  CHECK(client.is_closed());
  CHECK(stopped.get());
}

TEST_CASE("P14: a slow client delays the stop by the grace and no longer") {
  Sample api({.times = {.request = 60s}});
  RawHttp slow = api.connect();
  slow.send(api.request("POST /hello", "Content-Type: application/json\r\nContent-Length: 10\r\n"
                                       "Expect: 100-continue\r\n"));
  REQUIRE(slow.read_answer()->status == 100);  // so its request is under way
  const auto started = std::chrono::steady_clock::now();
  CHECK_FALSE(api.server->stop(200ms));
  CHECK(std::chrono::steady_clock::now() - started < 5s);
  slow.read_answer();
  CHECK(slow.is_closed());
}

TEST_CASE("P14: a port is free again when its server has stopped") {
  Sample first;
  const auto port = first.server->port();
  RawHttp client = first.connect();
  client.send(first.request("GET /hello"));
  REQUIRE(client.read_answer());
  CHECK(first.server->stop(5s));
  Sample second({.port = port});
  CHECK(second.answer_to(second.request("GET /hello")).status == 200);
}

TEST_CASE("P14: a server that is destroyed stops by itself") {
  Sample api({.times = {.request = 60s}, .idle_timeout = 60s});
  RawHttp client = api.connect();
  client.send(api.request("GET /hello"));
  REQUIRE(client.read_answer());
  client.send("GET /hel");
  api.server.reset();
  client.read_answer();
  CHECK(client.is_closed());
}
