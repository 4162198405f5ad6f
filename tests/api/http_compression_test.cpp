#include <zlib.h>

#include "api/http/compression.hpp"
#include "tests/api/http_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::api::http;

namespace {

std::string unzipped(const std::string& bytes) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = inflate(&stream, Z_FINISH);
  out.resize(ended == Z_STREAM_END ? stream.total_out : 0);
  inflateEnd(&stream);
  return out;
}

Request asking(std::string method, std::string accepts) {
  Request request;
  request.method = std::move(method);
  if (!accepts.empty()) request.headers.add("accept-encoding", std::move(accepts));
  return request;
}

Response of_size(std::size_t size) {
  Response response;
  response.body = "{\"text\":\"" + std::string(size - 11, 'a') + "\"}";
  return response;
}

}  // namespace

TEST_CASE("Accept-Encoding is read with its weights") {
  const auto [header, taken] = GENERATE(table<std::string, bool>({
      {"", false},
      {"gzip", true},
      {"GZIP", true},
      {"x-gzip", true},
      {"deflate, gzip;q=0.5, br", true},
      {"gzip;q=0", false},
      {"gzip ; q=0.000, *", false},
      {"br", false},
      {"*", true},
      {"*;q=0", false},
      {"identity", false},
      {",,gzip", true},
  }));
  CAPTURE(header);
  CHECK(accepts_gzip(header) == taken);
}

TEST_CASE("What is long, text, read and wanted is compressed") {
  const Response response = compressed(asking("GET", "gzip"), of_size(5000));
  CHECK(response.headers.get("content-encoding") == "gzip");
  CHECK(response.headers.get("vary") == "accept-encoding");
  CHECK(response.body.size() < 200);
  CHECK(unzipped(response.body) == of_size(5000).body);
}

TEST_CASE("Vary tells of compression to those who do not want it, and keeps what it said") {
  Response bilingual = of_size(5000);
  bilingual.headers.set("vary", "accept-language");
  const Response response = compressed(asking("GET", ""), bilingual);
  CHECK_FALSE(response.headers.has("content-encoding"));
  CHECK(response.headers.get("vary") == "accept-language, accept-encoding");
  CHECK(response.body == bilingual.body);
  Response unchanged;
  unchanged.status = 304;
  CHECK(compressed(asking("GET", ""), unchanged).headers.get("vary") == "accept-encoding");
}

TEST_CASE("Short answers, answers to POST, problems and pictures stay as they are") {
  CHECK_FALSE(compressed(asking("GET", "gzip"), of_size(1024)).headers.has("vary"));
  CHECK_FALSE(compressed(asking("POST", "gzip"), of_size(5000)).headers.has("vary"));
  Response problem = of_size(5000);
  problem.status = 422;
  CHECK_FALSE(compressed(asking("GET", "gzip"), problem).headers.has("content-encoding"));
  Response picture = of_size(5000);
  picture.content_type = "image/png";
  CHECK_FALSE(compressed(asking("GET", "gzip"), picture).headers.has("content-encoding"));
}

TEST_CASE("HEAD says what GET would: length, coding and tag, without a body") {
  const std::string body(3000, 'x');
  const tests::Sample sample({}, {{.method = "GET", .pattern = "/long",
                                   .access = Access::public_access,
                                   .handler = [&](const Request&) {
                                     Response response;
                                     response.content_type = "text/plain";
                                     response.body = body;
                                     response.headers.set("etag", "\"one\"");
                                     return response;
                                   }}});
  const std::string headers = "Accept-Encoding: gzip\r\n";
  const auto got = sample.answer_to(sample.request("GET /long", headers));
  auto connection = sample.connect();
  connection.send(sample.request("HEAD /long", headers));
  const auto head = connection.read_answer(true);
  REQUIRE(head.has_value());
  CHECK(unzipped(got.body) == body);
  for (const char* name : {"content-length", "content-encoding", "content-type", "etag", "vary"}) {
    CAPTURE(name);
    CHECK(head->header(name) == got.header(name));
    CHECK_FALSE(got.header(name).empty());
  }
  // Nothing follows the head: the next request is answered on the same connection.
  connection.send(sample.request("GET /hello"));
  CHECK(connection.read_answer().value().status == 200);
  const auto again =
      sample.answer_to(sample.request("GET /long", headers + "If-None-Match: \"one\"\r\n"));
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(again.header("vary") == "accept-encoding");
}
