// Every route of the program over a real socket: success, and every way in which it must refuse.
// A route without rows in the table fails the test.
#include <functional>
#include <set>

#include "tests/api/end_to_end_asks.hpp"
#include "tests/support/problems.hpp"

using namespace yimen;
using namespace yimen::tests;
using api::http::Access;
using api::http::Route;

namespace {

// The path with its parameters filled in: where nothing is, unless the table knows better.
std::string some_path(const Route& route) {
  std::string path = route.pattern;
  while (path.find('{') != std::string::npos) {
    const auto from = path.find('{');
    path.replace(from, path.find('}') - from + 1, std::string(unknown_id));
  }
  return path;
}

bool takes_body(const Route& route) {
  return route.method == "POST" || route.method == "PUT" || route.method == "PATCH";
}

// An edition is judged, not refused, whatever it holds.
bool takes_json(const Route& route) {
  return takes_body(route) && route.content_type == "application/json" &&
         route.name != "check_edition";
}

std::string unused_method(const std::vector<Route>& routes, const Route& route) {
  for (const char* method : {"DELETE", "PUT", "PATCH"}) {
    const bool used = std::any_of(routes.begin(), routes.end(), [&](const Route& other) {
      return other.pattern == route.pattern && other.method == method;
    });
    if (!used) return method;
  }
  return "TRACE";
}

// Headers that let a request pass to its body.
api::http::Fields passing(const Route& route) {
  api::http::Fields headers;
  if (route.idempotency_key) headers.add("idempotency-key", fresh_key());
  if (route.if_match) headers.add("if-match", "\"r1\"");
  return headers;
}

// What is the same for all routes.
void check_head(World& world, const Route& route) {
  Client client = world.server.client(who_may(route.name));
  Client nobody = world.server.nobody();
  const std::string path = some_path(route);
  const auto body = takes_body(route) ? std::optional<std::string>("{}") : std::nullopt;

  if (route.access == Access::session) {
    const Answer answer = nobody.send(route.method, path, body, passing(route));
    CHECK(outcome_of(answer) == "401 authentication_required");
    CHECK_FALSE(answer.header("www-authenticate").empty());
    check_is_problem(answer);
  }
  CHECK(outcome_of(client.send(route.method, path + "?a=%zz", body, passing(route))) ==
        "400 malformed_target");
  CHECK(outcome_of(client.send(route.method, path + "/nothing/here", body, passing(route))) ==
        "404 not_found");
  const std::string unused = unused_method(world.server.routes(), route);
  const auto nothing = unused == "DELETE" ? std::nullopt : std::optional<std::string>("{}");
  const Answer answer = client.send(unused, path, nothing);
  CHECK(outcome_of(answer) == "405 method_not_allowed");
  CHECK(answer.header("allow").find(route.method) != std::string_view::npos);
  check_is_problem(answer);
}

void check_conditions(World& world, const Route& route) {
  Client client = world.server.client(who_may(route.name));
  const std::string path = some_path(route);
  const std::string body = "{}";
  if (route.idempotency_key) {
    CHECK(outcome_of(client.send(route.method, path, body, {{"if-match", "\"r1\""}})) ==
          "400 idempotency_key_required");
    CHECK(outcome_of(client.send(route.method, path, body,
                                 {{"if-match", "\"r1\""}, {"idempotency-key", "\"open"}})) ==
          "400 idempotency_key_invalid");
  }
  if (route.if_match) {
    CHECK(outcome_of(client.send(route.method, path, body, {{"idempotency-key", "k"}})) ==
          "428 if_match_required");
    CHECK(outcome_of(client.send(route.method, path, body,
                                 {{"if-match", "r1"}, {"idempotency-key", "k"}})) ==
          "400 if_match_invalid");
  }
}

void check_body(World& world, const Route& route) {
  Client client = world.server.client(who_may(route.name));
  const std::string path = some_path(route);
  const auto send = [&](const std::string& body, const char* type) {
    auto headers = passing(route);
    headers.set("content-type", type);
    return outcome_of(client.send(route.method, path, body, headers));
  };
  CHECK(send("{\"a\":", "application/json") == "400 malformed_json");
  CHECK(send("[]", "application/json") == "400 malformed_json");
  CHECK(send("{}", "text/plain") == "415 unsupported_media_type");
  CHECK(send("{\"a\":\"" + std::string(route.body_bytes_max, 'a') + "\"}", "application/json") ==
        "413 body_too_large");
  CHECK(send("{\"surplus\":1}", "application/json") == "400 unknown_member");
}

std::set<int> needed(const Route& route) {
  std::set<int> statuses{200};
  if (route.pattern.find('{') != std::string::npos) statuses.insert(404);
  if (route.if_match) statuses.insert(412);
  const bool is_everybodys = route.name == "put_notifications_seen";  // whoever is logged in
  if (takes_body(route)) statuses.insert(400);
  if (takes_body(route) && !is_everybodys) {
    statuses.insert(route.access == Access::session ? 403 : 401);
  }
  return statuses;
}

}  // namespace

TEST_CASE("every route answers as the table says, and refuses what it must") {
  World world;
  Asks table = asks(world);
  for (const Route& route : world.server.routes()) {
    INFO(route.method << " " << route.pattern);
    check_head(world, route);
    check_conditions(world, route);
    if (takes_json(route)) check_body(world, route);
    std::set<int> seen;
    int row = 0;
    for (const Ask& ask : table[route.name]) {
      const Answer answer = ask.send();
      INFO("row " << ++row << ": " << answer.body.substr(0, 400));
      CHECK(outcome_of(answer) == ask.expected);
      if (answer.status >= 400) check_is_problem(answer);
      seen.insert(answer.status < 300 ? 200 : answer.status);
    }
    for (const int status : needed(route)) {
      CAPTURE(status);
      CHECK(seen.contains(status));
    }
  }
  CHECK(world.server.counts().defects == 0);
}

TEST_CASE("the table speaks of no route that is gone") {
  World world;
  std::set<std::string> known;
  for (const Route& route : world.server.routes()) known.insert(route.name);
  for (const auto& [name, rows] : asks(world)) {
    CAPTURE(name);
    CHECK(known.contains(name));
  }
}
