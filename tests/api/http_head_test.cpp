// The strict reading of a request's head, without sockets. The refusals over the wire are in
// http_guard_test.cpp.
#include <random>
#include <string>

#include "api/http/head.hpp"
#include "tests/support/catch.hpp"

using namespace yimen::api::http;
using namespace std::string_literals;

namespace {

Head read(const std::string& lines) {
  return read_head("GET /x HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n").value();
}

}  // namespace

TEST_CASE("a head is read into its parts") {
  const auto head = read_head(
      "POST /v1/cases?x=1 HTTP/1.1\r\nHost: Yimen.Example:80\r\nContent-Length: 12\r\n"
      "X-Thing: \t a b \t\r\nAccept: a\r\naccept: b\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n");
  REQUIRE(head);
  CHECK(head->method == "POST");
  CHECK(head->target == "/v1/cases?x=1");
  CHECK(head->host == "yimen.example:80");
  CHECK(head->content_length == 12);
  CHECK(head->headers.get("x-thing") == "a b");
  CHECK(head->headers.get("accept") == "a, b");
  CHECK(head->headers.get("cookie") == "a=1; b=2");
  CHECK(head->keep_alive);
}

TEST_CASE("a head ends at its empty line and nowhere else") {
  CHECK(head_end("GET / HTTP/1.1\r\nHost: h\r\n\r\nrest", 0) == 27);
  CHECK(head_end("GET / HTTP/1.1\r\nHost: h\r\n", 0) == std::string_view::npos);
  CHECK(head_end("GET / HTTP/1.1\r\nHost: h\r\n\r", 0) == std::string_view::npos);
  CHECK(head_end("GET / HTTP/1.1\nHost: h\n\nrest", 0) == 24);
}

TEST_CASE("a connection is kept or closed as its client says") {
  CHECK(read("").keep_alive);
  CHECK_FALSE(read("Connection: close\r\n").keep_alive);
  CHECK_FALSE(read("Connection: Keep-Alive, CLOSE\r\n").keep_alive);
  CHECK(read("Connection: upgrade\r\n").keep_alive);
  CHECK_FALSE(read_head("GET / HTTP/1.0\r\nHost: h\r\n\r\n")->keep_alive);
  CHECK(read_head("GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n")->keep_alive);
}

TEST_CASE("a header that says one thing may not be said twice") {
  const auto name = GENERATE(as<std::string>{}, "Authorization", "Content-Type", "Host",
                             "Idempotency-Key", "Origin", "traceparent", "X-Yimen-CSRF");
  const auto head = read_head("GET / HTTP/1.1\r\nHost: h\r\n" + name + ": a\r\n" + name +
                              ": a\r\n\r\n");
  INFO(name);
  REQUIRE_FALSE(head);
  CHECK(head.error() == ProblemCode::malformed_header);
}

TEST_CASE("GET and its like carry no body, DELETE may") {
  const auto method = GENERATE(as<std::string>{}, "GET", "HEAD", "OPTIONS", "TRACE");
  const std::string rest = " / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n";
  CHECK(read_head(method + rest).error() == ProblemCode::body_not_allowed);
  CHECK(read_head("DELETE" + rest));
  CHECK(read("Content-Length: 0\r\n").content_length == 0);
}

TEST_CASE("no byte changed in a good head makes the reader fall over") {
  const std::string good =
      "POST /v1/cases/7?a=b HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: application/json\r\n"
      "Content-Length: 10\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n";
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = good;
      changed[at] = static_cast<char>(byte);
      if (const auto end = head_end(changed, 0); end != std::string::npos) {
        (void)read_head(std::string_view(changed).substr(0, end));
      }
    }
    const auto cut = read_head(std::string_view(good).substr(0, at));
    CHECK_FALSE(cut);
  }
}

TEST_CASE("random bytes are refused, not believed") {
  std::mt19937 random(20250303);
  const std::string alphabet = "GETPOS/ HTTP1.:\r\n\r\n\t\0=?,;%\x80\xff-"s;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes;
    for (auto length = random() % 60; length > 0; --length) {
      bytes += alphabet[random() % alphabet.size()];
    }
    CHECK_FALSE(read_head(bytes + "\r\n\r\n"));
  }
}
