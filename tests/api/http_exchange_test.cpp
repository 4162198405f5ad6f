// Requests, responses and the small grammars of their headers, without sockets.
#include <string>

#include "api/http/conditional.hpp"
#include "api/http/exchange.hpp"
#include "api/http/percent.hpp"
#include "api/http/wire.hpp"
#include "tests/support/catch.hpp"

using namespace yimen::api::http;

TEST_CASE("a target is taken apart and decoded") {
  const auto request = request_for("GET", "/v1/cases/%E6%B2%B3%20x?state=a+b&q=%2B&empty=&bare&&");
  REQUIRE(request);
  CHECK(request->path == "/v1/cases/%E6%B2%B3%20x");
  CHECK(request->segments == std::vector<std::string>{"v1", "cases", "河 x"});
  CHECK(request->query.get("state") == "a b");
  CHECK(request->query.get("q") == "+");
  CHECK(request->query.has("empty"));
  CHECK(request->query.has("bare"));
  CHECK(request->query.size() == 4);
}

TEST_CASE("a target that could be understood twice is refused") {
  const auto target =
      GENERATE(as<std::string>{}, "", "x", "/%", "/%4", "/%g0", "/a%2Fb", "/.", "/..", "/%2E%2e",
               "/%0a", "/%7f", "/%C0%80", "/%ED%A0%80", "/%F4%90%80%80", "/%E6%B2", "/?a=1&a=2",
               "/?%FF", "/?a=%0D");
  INFO(target);
  CHECK_FALSE(request_for("GET", target));
}

TEST_CASE("percent escapes decode to clean UTF-8 only") {
  CHECK(percent_decoded("%F0%A0%AE%B7", Plus::is_plus) == "𠮷");
  CHECK(percent_decoded("a+b", Plus::is_plus) == "a+b");
  CHECK(percent_decoded("a+b", Plus::is_space) == "a b");
  CHECK(percent_decoded("%E0%9F%BF", Plus::is_plus) == std::nullopt);
  CHECK(percent_decoded("%F0%8F%BF%BF", Plus::is_plus) == std::nullopt);
  CHECK(percent_decoded("%80", Plus::is_plus) == std::nullopt);
}

TEST_CASE("only a valid traceparent of version 00 gives its trace") {
  const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  CHECK(trace_id_of(good) == "4bf92f3577b34da6a3ce929d0e0e4736");
  const auto bad =
      GENERATE(as<std::string>{}, "", "00",
               "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
               "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
               "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
               "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
               "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
               "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
               "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01");
  INFO(bad);
  CHECK(trace_id_of(bad).empty());
}

TEST_CASE("entity tags are read as a list, strong and weak apart") {
  const auto tags = parse_entity_tags(R"("r1", W/"r2" ,"r3")");
  REQUIRE(tags);
  CHECK(tags->match_strongly("r1"));
  CHECK(tags->match_strongly("r3"));
  CHECK_FALSE(tags->match_strongly("r2"));
  CHECK(tags->match_weakly("r2"));
  CHECK_FALSE(tags->match_weakly("r4"));
  CHECK(parse_entity_tags("*")->match_strongly("anything"));
  const auto bad = GENERATE(as<std::string>{}, "", "r1", "\"r1", "r1\"", "\"a\" \"b\"", "\"a\",",
                            ",\"a\"", "*, \"a\"", "w/\"a\"", "\"a b\"");
  INFO(bad);
  CHECK_FALSE(parse_entity_tags(bad));
}

TEST_CASE("an idempotency key is a quoted string or bare") {
  CHECK(parse_idempotency_key("8e03978e-40d5-43dd-bc93-6894a57f9324") ==
        "8e03978e-40d5-43dd-bc93-6894a57f9324");
  CHECK(parse_idempotency_key("\"k\"") == "k");
  CHECK(parse_idempotency_key(R"("a\"b\\c")") == R"(a"b\c)");
  CHECK(parse_idempotency_key(std::string(255, 'k')));
  const auto bad = GENERATE(as<std::string>{}, "", "\"", "\"\"", "\"k", "\"a\"b\"", R"("a\x")",
                            R"("a\")", "a b", "\"a b\"", "ключ", "\"k\";a=1");
  INFO(bad);
  CHECK_FALSE(parse_idempotency_key(bad));
  CHECK_FALSE(parse_idempotency_key(std::string(256, 'k')));
}

TEST_CASE("only a successful read can turn into 304") {
  Request request;
  request.headers.set("if-none-match", "\"r1\"");
  Response response = json(200, yimen::workflow::Object{});
  response.headers.add("etag", "\"r1\"");
  CHECK(not_modified_or(request, response).status == 304);
  request.method = "POST";
  CHECK(not_modified_or(request, response).status == 200);
  request.method = "GET";
  response.status = 404;
  CHECK(not_modified_or(request, response).status == 404);
}

TEST_CASE("an answer's bytes are a head, an empty line and a body") {
  Response response = json(201, yimen::workflow::Object{{"id", "x"}});
  response.headers.add("location", "/v1/cases/x");
  response.headers.add("cache-control", "private");
  const std::string bytes = wire_bytes(
      response, {.now = std::chrono::sys_seconds(std::chrono::seconds(784'111'777))});
  CHECK(bytes ==
        "HTTP/1.1 201 Created\r\n"
        "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        "content-type: application/json\r\n"
        "content-length: 10\r\n"
        "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n"
        "cross-origin-resource-policy: same-origin\r\n"
        "referrer-policy: same-origin\r\n"
        "x-content-type-options: nosniff\r\n"
        "x-frame-options: DENY\r\n"
        "location: /v1/cases/x\r\n"
        "cache-control: private\r\n"
        "\r\n"
        "{\"id\":\"x\"}");
}

TEST_CASE("an answer without content has neither length nor type") {
  const std::string bytes = wire_bytes(no_content(), {.keep_alive = false});
  CHECK(bytes.starts_with("HTTP/1.1 204 No Content\r\n"));
  CHECK(bytes.find("content-length") == std::string::npos);
  CHECK(bytes.find("content-type:") == std::string::npos);
  CHECK(bytes.find("connection: close\r\n") != std::string::npos);
}
