// What the gate keeps from the handlers: P1..P8, the ways a request can mean two things at once.
#include <chrono>
#include <string>
#include <vector>

#include "tests/api/http_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen::api::http;
using yimen::tests::Answer;
using yimen::tests::RawHttp;
using yimen::tests::Sample;

namespace {

// Every refusal is a problem that says its own status and code, and names a trace.
void require_problem(const Answer& answer, int status, const std::string& code) {
  INFO(answer.body);
  CHECK(answer.status == status);
  CHECK(answer.version == "HTTP/1.1");
  CHECK(answer.header("content-type") == "application/problem+json");
  const auto body = answer.json();
  CHECK(body["status"].integer() == status);
  CHECK(body["code"].text() == code);
  CHECK(body["type"].text() == "/problems/" + code);
  CHECK(body["trace_id"].text().size() == 32);
}

// Sends the bytes, wants the problem, and then the end of the connection.
void require_refused_and_closed(const Sample& api, const std::string& bytes, int status,
                                const std::string& code) {
  RawHttp client = api.connect();
  INFO(bytes);
  REQUIRE(client.send(bytes));
  const auto answer = client.read_answer();
  REQUIRE(answer);
  require_problem(*answer, status, code);
  CHECK(answer->header("connection") == "close");
  CHECK(client.is_closed());
}

}  // namespace

TEST_CASE("P1: an unread body is never taken for the next request") {
  Sample api;
  RawHttp client = api.connect();
  const std::string hidden = "GET /smuggled HTTP/1.1\r\n" + api.host() + "\r\n";
  const auto path = GENERATE(as<std::string>{}, "/unknown", "/private", "/cases/1/transitions");
  client.send(api.post(path, hidden));
  const auto refused = client.read_answer();
  REQUIRE(refused);
  CHECK(refused->status >= 400);
  client.send(api.request("GET /hello"));
  const auto next = client.read_answer();
  REQUIRE(next);
  CHECK(next->status == 200);
  REQUIRE(api.visits.seen().size() == 1);
  CHECK(api.visits.seen()[0].path == "/hello");
}

TEST_CASE("P1: a body too long to be dropped ends the connection") {
  Sample api;
  RawHttp client = api.connect();
  client.send(api.post("/unknown", std::string(70'000, 'x')));
  const auto answer = client.read_answer();
  REQUIRE(answer);
  CHECK(answer->status == 404);
  CHECK(answer->header("connection") == "close");
  CHECK(client.is_closed());
}

TEST_CASE("P1: a body beyond its route's limit is refused by its announced length") {
  Sample api;
  require_refused_and_closed(api, api.post("/small", "{\"more\":\"than sixteen bytes\"}"), 413,
                             "body_too_large");
  CHECK(api.visits.seen().empty());
}

TEST_CASE("P2: a request is framed by exactly one plain Content-Length") {
  Sample api;
  const auto framing = GENERATE(as<std::string>{},
                                "Content-Length: -5\r\n",
                                "Content-Length: +5\r\n",
                                "Content-Length: 5, 5\r\n",
                                "Content-Length: 0x5\r\n",
                                "Content-Length: 5 5\r\n",
                                "Content-Length:\r\n",
                                "Content-Length: 5\r\nContent-Length: 5\r\n",
                                "Content-Length: 5\r\nContent-Length: 6\r\n",
                                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                                "Transfer-Encoding: identity\r\n",
                                "Transfer-Encoding: chunked, chunked\r\n",
                                "Transfer-Encoding : chunked\r\n",
                                "Content-Length : 5\r\n",
                                "Content-Length: 5\r\n folded\r\n",
                                "X: 1\nContent-Length: 5\r\n");
  RawHttp client = api.connect();
  INFO(framing);
  client.send(api.request("POST /hello", framing, "hello"));
  const auto answer = client.read_answer();
  REQUIRE(answer);
  CHECK(answer->status == 400);
  CHECK(answer->header("connection") == "close");
  CHECK(client.is_closed());
  CHECK(api.visits.seen().empty());
  CHECK(api.server->counts().malformed == 1);
}

TEST_CASE("P3: a body without an announced length is refused at once") {
  Sample api;
  const auto method = GENERATE(as<std::string>{}, "POST", "PUT", "PATCH");
  require_refused_and_closed(api, api.request(method + " /hello"), 411, "length_required");
}

TEST_CASE("P4: a chunked body is refused") {
  Sample api;
  require_refused_and_closed(
      api, api.request("POST /hello", "Transfer-Encoding: chunked\r\n", "ZZ\r\nhello\r\n0\r\n\r\n"),
      411, "length_required");
  CHECK(api.visits.seen().empty());
}

TEST_CASE("P4: a body shorter than announced reaches no handler") {
  Sample api;
  RawHttp client = api.connect();
  client.send(api.request("POST /hello", "Content-Type: application/json\r\nContent-Length: 9\r\n",
                          "{}"));
  client.end_sending();
  const auto answer = client.read_answer();
  REQUIRE(answer);
  require_problem(*answer, 400, "body_incomplete");
  CHECK(api.visits.seen().empty());
}

TEST_CASE("P5: a header that Poco would decode, or that holds control characters, is refused") {
  Sample api;
  const auto header = GENERATE(as<std::string>{},
                               "X: =?utf-8?B?YQ0KWC1JbmplY3Q6IDE=?=\r\n",
                               "X: a\x01" "b\r\n", "X: a\x7f\r\n", "X: a\rb\r\n", "X(: 1\r\n",
                               ": 1\r\n", "no colon\r\n", " X: 1\r\n");
  require_refused_and_closed(api, api.request("GET /hello", header), 400, "malformed_header");
  require_refused_and_closed(api, api.request("GET /hello", std::string("X: \0\r\n", 6)), 400,
                             "malformed_header");
}

TEST_CASE("P5: a handler cannot split the head of its answer") {
  Sample api;
  const Answer answer = api.answer_to(api.request("GET /splits-header"));
  require_problem(answer, 500, "internal_error");
  CHECK_FALSE(answer.headers.has("set-cookie"));
}

TEST_CASE("P6: only HTTP/1.0 and 1.1 are spoken, and no version is echoed") {
  Sample api;
  const auto version = GENERATE(as<std::string>{}, "HTTP/9.9", "HTTP/2.0", "HTTP/1.2", "HTTP/0.9");
  require_refused_and_closed(api, "GET /hello " + version + "\r\n" + api.host() + "\r\n", 505,
                             "version_not_supported");
}

TEST_CASE("P6: a request line has three parts") {
  Sample api;
  const auto line = GENERATE(as<std::string>{}, "GET /hello", "GET", "GET  HTTP/1.1",
                             "GET /hello http/1.1", "G(T /hello HTTP/1.1", "GET /hello HTTP/1.1 x",
                             "\x16\x03\x01 /hello HTTP/1.1");
  RawHttp client = api.connect();
  client.send(line + "\r\n" + api.host() + "\r\n");
  const auto answer = client.read_answer();
  REQUIRE(answer);
  INFO(line);
  CHECK(answer->status == 400);
  CHECK(answer->version == "HTTP/1.1");
}

TEST_CASE("P6: a target is clean and in a form we serve") {
  Sample api;
  const auto target =
      GENERATE(as<std::string>{}, "/a b", "hello", "/%zz", "/%2", "/a%2fb", "/..", "/a/%2e%2e/b",
               "/%00", "/%ff", "/hello?a=%", "/hello?a=1&a=2", "/hello#x", "ftp://x/", "*",
               "http://elsewhere/hello");
  const Answer answer = api.answer_to(api.request("GET " + target));
  INFO(target);
  require_problem(answer, 400, "malformed_target");
}

TEST_CASE("P6: exactly one Host, and one that is served") {
  Sample api({.allowed_hosts = {"Yimen.example", "other.example:8443"}});
  const auto port = std::to_string(api.server->port());
  const auto ask = [&](const std::string& hosts) {
    return api.answer_to("GET /hello HTTP/1.1\r\n" + hosts + "\r\n");
  };
  require_problem(ask(""), 400, "malformed_request");
  require_problem(ask("Host:\r\n"), 400, "malformed_request");
  require_problem(ask("Host: localhost\r\nHost: localhost\r\n"), 400, "malformed_header");
  require_problem(ask("Host: evil.example\r\n"), 421, "host_not_served");
  require_problem(ask("Host: localhost:1\r\n"), 421, "host_not_served");
  require_problem(ask("Host: other.example\r\n"), 421, "host_not_served");
  CHECK(ask("Host: LOCALHOST:" + port + "\r\n").status == 200);
  CHECK(ask("Host: [::1]:" + port + "\r\n").status == 200);
  CHECK(ask("Host: yimen.example\r\n").status == 200);
  CHECK(ask("Host: yimen.example:" + port + "\r\n").status == 200);
  CHECK(ask("Host: other.example:8443\r\n").status == 200);
  CHECK(api.answer_to("GET http://yimen.example/hello HTTP/1.1\r\nHost: yimen.example\r\n\r\n")
            .status == 200);
}

TEST_CASE("P6: HTTP/1.0 is answered in kind") {
  Sample api;
  RawHttp client = api.connect();
  client.send("GET /hello HTTP/1.0\r\n" + api.host() + "Connection: keep-alive\r\n\r\n");
  const auto kept = client.read_answer();
  REQUIRE(kept);
  CHECK(kept->version == "HTTP/1.0");
  CHECK(kept->header("connection") == "keep-alive");
  client.send("GET /hello HTTP/1.0\r\n" + api.host() + "\r\n");
  const auto last = client.read_answer();
  REQUIRE(last);
  CHECK(last->header("connection") == "close");
  CHECK(client.is_closed());
}

TEST_CASE("P7: what Poco would refuse with an empty 400 is answered with a problem") {
  Sample api;
  std::string many;
  for (int at = 0; at < 150; ++at) many += "X" + std::to_string(at) + ": 1\r\n";
  const std::string long_value = "X: " + std::string(9'000, 'v') + "\r\n";
  const std::string long_name = std::string(300, 'n') + ": 1\r\n";
  require_refused_and_closed(api, api.request("GET /hello", many), 431, "headers_too_large");
  require_refused_and_closed(api, api.request("GET /hello", long_value), 431, "headers_too_large");
  require_refused_and_closed(api, api.request("GET /hello", long_name), 431, "headers_too_large");
  require_refused_and_closed(api, api.request("GET /hello", std::string(20'000, 'h')), 431,
                             "headers_too_large");
  require_refused_and_closed(api, api.request("GET /" + std::string(9'000, 'p')), 414,
                             "target_too_long");
  require_refused_and_closed(
      api, api.request("POST /hello", "Content-Length: 99999999999999999999\r\n"), 413,
      "body_too_large");
  CHECK(api.server->counts().poco_answers == 0);
  CHECK(api.server->counts().poco_errors == 0);
}

TEST_CASE("P7: the largest head that the gate lets through is small enough for Poco") {
  Sample api;
  std::string headers = "Long: " + std::string(8'000, 'v') + "\r\n";
  headers += std::string(128, 'n') + ": 1\r\n";
  for (int at = 0; at < 61; ++at) headers += "X" + std::to_string(at) + ": 1\r\n";
  CHECK(api.answer_to(api.request("GET /hello?q=" + std::string(5'000, 'q'), headers)).status ==
        200);
  CHECK(api.answer_to(api.request("GET /hello?q=" + std::string(7'990, 'q'))).status == 200);
  CHECK(api.server->counts().poco_answers == 0);
}

TEST_CASE("P8: whatever a handler throws becomes a 500 that tells nothing but its trace") {
  std::vector<std::string> told;
  Sample api({.defect = [&](std::string_view trace, std::string_view what) {
    told.push_back(std::string(trace) + " " + std::string(what));
  }});
  RawHttp client = api.connect();
  for (const std::string path : {"/throws", "/throws-int"}) {
    client.send(api.request("GET " + path));
    const auto answer = client.read_answer();
    REQUIRE(answer);
    require_problem(*answer, 500, "internal_error");
    CHECK(answer->body.find("secret") == std::string::npos);
    CHECK(told.back().starts_with(answer->json()["trace_id"].text()));
  }
  CHECK(told[0].ends_with(" secret detail"));
  client.send(api.request("GET /hello"));
  CHECK(client.read_answer()->status == 200);
  CHECK(api.server->counts().defects == 2);
}
