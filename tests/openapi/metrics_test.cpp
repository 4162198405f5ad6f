#include "api/exposition.hpp"
#include "api/traffic.hpp"
#include "tests/openapi/whole_program.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace std::chrono_literals;

namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

api::http::Request asked(std::string_view route) {
  api::http::Request request;
  request.route = route;
  return request;
}

api::http::Response answered(int status) {
  api::http::Response response;
  response.status = status;
  return response;
}

}  // namespace

TEST_CASE("Figures are written as Prometheus reads them") {
  api::Exposition out;
  out.family("lines_total", "counter", "Lines.");
  out.sample(3, {{"of", "a \"b\" \\ c\nd"}, {"kind", "x"}});
  out.seconds(1'500'000, {}, "_sum");
  out.seconds(42);
  out.gauge("depth", "Depth.", 7);
  CHECK(out.take() ==
        "# HELP lines_total Lines.\n"
        "# TYPE lines_total counter\n"
        "lines_total{of=\"a \\\"b\\\" \\\\ c\\nd\",kind=\"x\"} 3\n"
        "lines_total_sum 1.500000\n"
        "lines_total 0.000042\n"
        "# HELP depth Depth.\n"
        "# TYPE depth gauge\n"
        "depth 7\n");
}

TEST_CASE("Answers are counted by route, status and time") {
  api::Traffic traffic;
  traffic.expect({{.method = "GET", .pattern = "/a", .name = "a"}});
  traffic.count(asked("a"), answered(200), 400us);
  traffic.count(asked("a"), answered(200), 500us);
  traffic.count(asked("a"), answered(422), 501us);
  traffic.count(asked("a"), answered(200), 60s);
  traffic.count(asked(""), answered(404), 1us);
  traffic.count(asked("b"), answered(200), 1us);
  api::Exposition out;
  traffic.write(out);
  const std::string text = out.take();
  CHECK(has_line(text, R"(yimen_http_requests_total{route="a",status="2xx"} 3)"));
  CHECK(has_line(text, R"(yimen_http_requests_total{route="a",status="4xx"} 1)"));
  CHECK(has_line(text, R"(yimen_http_requests_total{route="none",status="4xx"} 1)"));
  const std::string bucket = R"(yimen_http_request_duration_seconds_bucket{route="a",le=)";
  CHECK(has_line(text, bucket + R"("0.0005"} 2)"));
  CHECK(has_line(text, bucket + R"("0.001"} 3)"));
  CHECK(has_line(text, bucket + R"("1"} 3)"));
  CHECK(has_line(text, bucket + R"("10"} 3)"));
  CHECK(has_line(text, bucket + R"("+Inf"} 4)"));
  CHECK(has_line(text, R"(yimen_http_request_duration_seconds_sum{route="a"} 60.001401)"));
  CHECK(has_line(text, R"(yimen_http_request_duration_seconds_count{route="a"} 4)"));
  CHECK(text.find("\"b\"") == std::string::npos);
}

TEST_CASE("Steps are counted by what they came to") {
  api::Traffic traffic;
  traffic.expect({{.method = "POST", .pattern = "/x", .name = "move_case"}});
  traffic.count(asked("move_case"), answered(200), 1us);
  traffic.count(asked("move_case"), answered(202), 1us);
  auto refused = api::http::failed(api::http::ProblemCode::stale_revision);
  refused.status = 412;
  traffic.count(asked("move_case"), refused, 1us);
  traffic.count(asked("move_case"), refused, 1us);
  api::Exposition out;
  traffic.write(out);
  const std::string text = out.take();
  CHECK(has_line(text, R"(yimen_decisions_total{outcome="taken"} 1)"));
  CHECK(has_line(text, R"(yimen_decisions_total{outcome="waiting"} 1)"));
  CHECK(has_line(text, R"(yimen_decisions_total{outcome="stale_revision"} 2)"));
}

TEST_CASE("Only this machine reads the figures") {
  for (const char* address : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) {
    CAPTURE(address);
    const auto answer = tests::ask("GET", "/metrics", {}, address);
    CHECK(answer.status == 200);
    CHECK(answer.content_type == api::Exposition::content_type);
    CHECK(has_line(answer.body, "yimen_store_writing_stopped 0"));
    CHECK(answer.body.find("\nprocess_start_time_seconds 1") != std::string::npos);
  }
  for (const char* address : {"192.0.2.1", "10.0.0.1", "2001:db8::1", "1.127.0.0", ""}) {
    CAPTURE(address);
    CHECK(tests::ask("GET", "/metrics", {}, address).status == 404);
  }
}
