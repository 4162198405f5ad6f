// Tokens of machines, and the list of one's own sessions.
#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

Object wanted(const char* access = "read", const char* expires_at = "2026-06-01T00:00:00Z") {
  return {{"name", "月报导出"},
          {"access", access},
          {"expires_at", expires_at},
          {"posts", Array{Object{{"post", "station_clerk"}, {"unit", "station"}}}}};
}

api::http::Fields with(const Value& body) {
  return {{"authorization", "Bearer " + body["token"].text()}};
}

// Two posts, of which a token may have one.
std::string two_posts(Casework& office) {
  return office.staff("clerk", {{"station_clerk", "station"}, {"village_worker", "shili_1"}});
}

}  // namespace

SCENARIO("a token speaks for its account in some of its posts until it is removed") {
  Casework office;
  const std::string account = two_posts(office);
  const auto session = office.as(account);
  const auto answer = office.post("/v1/tokens", wanted(), session);
  REQUIRE(answer.status == 201);
  const Value body = body_of(answer);
  CHECK(answer.headers.get("location") == "/v1/tokens/" + body["id"].text());
  const auto machine = with(body);
  const Value me = body_of(office.get("/v1/me", machine));
  CHECK(me["account"].text() == account);
  REQUIRE(me["posts"].items().size() == 1);
  CHECK(me["posts"].items().front()["post"].text() == "station_clerk");

  THEN("the list tells when it was used, and no secret") {
    const auto list = office.get("/v1/tokens", session);
    CHECK(list.body.find(body["token"].text()) == std::string::npos);
    CHECK(list.body.find(definitions::sha256_hex(body["token"].text())) == std::string::npos);
    const Value line = body_of(list)["items"].items().front();
    CHECK(line["last_used_at"].text() == workflow::to_text(office.clock.now()));
    CHECK(line["access"].text() == "read");
    CHECK(office.database.bytes().find(body["token"].text()) == std::string::npos);
  }
  THEN("a token that reads changes nothing") {
    const auto refused = office.post("/v1/cases", Object{}, machine);
    CHECK(refused.status == 403);
    CHECK(refusals_of(refused) == "token_reads_only");
  }
  THEN("once removed it is nobody's, at once") {
    const std::string place = "/v1/tokens/" + body["id"].text();
    CHECK(office.remove(place, office.as("village_worker", "shili_2")).status == 404);
    CHECK(office.remove(place, session).status == 204);
    CHECK(office.get("/v1/me", machine).status == 401);
    CHECK(office.remove(place, session).status == 404);
    CHECK(office.audit_log.lines.back().action == "token_removed");
  }
  THEN("once it has expired it is nobody's") {
    office.clock.pass(std::chrono::hours(24 * 91));
    CHECK(office.get("/v1/me", machine).status == 401);
  }
  THEN("it loses the post with its account, and everything with a closed one") {
    auto row = *office.database->accounts().account(account);
    row.posts = {{"village_worker", "shili_1"}};
    REQUIRE(office.database->accounts().change_account(row));
    office.accounts.note_change();
    CHECK(body_of(office.get("/v1/me", machine))["posts"].items().empty());
    row = *office.database->accounts().account(account);
    row.is_active = false;
    REQUIRE(office.database->accounts().change_account(row, ""));
    office.accounts.note_change();
    CHECK(office.get("/v1/me", machine).status == 401);
  }
  THEN("its secret is shown once") {
    auto headers = session;
    headers.add("idempotency-key", "token-1");
    REQUIRE(office.post("/v1/tokens", wanted(), headers).status == 201);
    const auto again = office.post("/v1/tokens", wanted(), headers);
    CHECK(again.status == 409);
    CHECK(refusals_of(again) == "token_shown_once");
    CHECK(code_of(office.post("/v1/tokens", wanted("write"), headers)) ==
          "idempotency_key_reused");
  }
}

SCENARIO("a token that writes does what its post may, but makes no tokens") {
  Casework office;
  const auto session = office.as(two_posts(office));
  const auto machine = with(body_of(office.post("/v1/tokens", wanted("write"), session)));
  const std::string id = office.applied_case();
  CHECK(office.post("/v1/batches", Casework::batch({Casework::acceptance(id)}), machine).status ==
        200);
  CHECK(office.look(id).last("accept") != nullptr);
  CHECK(office.post("/v1/tokens", wanted(), machine).status == 403);
  CHECK(office.remove("/v1/sessions/current", machine).status == 403);
  CHECK(office.post("/v1/delegations", Object{}, machine).status == 403);
  const Value own = body_of(office.get("/v1/tokens", machine))["items"].items().front();
  CHECK(office.remove("/v1/tokens/" + own["id"].text(), machine).status == 403);
}

SCENARIO("a token that may not be is refused with every reason") {
  Casework office;
  const auto session = office.as(two_posts(office));
  const auto refusal = [&](const Object& body) {
    return refusals_of(office.post("/v1/tokens", body, session));
  };
  CHECK(office.post("/v1/tokens", wanted(), {}).status == 401);
  Object wrong = wanted("read", "2026-03-02T01:00:00Z");
  wrong.set("posts", Array{Object{{"post", "commander"}, {"unit", "station"}},
                           Object{{"post", "station_clerk"}, {"unit", "station"}}});
  CHECK(refusal(wrong) == "post_not_held /posts/0, not_in_the_future /expires_at");
  CHECK(refusal(wanted("read", "2027-06-01T00:00:00Z")) == "term_too_long /expires_at");
  CHECK(office.post("/v1/tokens", wanted("read", "tomorrow"), session).status == 422);
  CHECK(office.post("/v1/tokens", wanted("all"), session).status == 422);
  Object more = wanted();
  more.set("scope", "all");
  CHECK(office.post("/v1/tokens", more, session).status == 400);
  for (int count = 0; count < 20; ++count) {
    REQUIRE(office.post("/v1/tokens", wanted(), session).status == 201);
  }
  CHECK(office.post("/v1/tokens", wanted(), session).status == 409);
}

SCENARIO("an administrator sees and removes the tokens of others") {
  Casework office;
  const std::string account = two_posts(office);
  const Value token = body_of(office.post("/v1/tokens", wanted(), office.as(account)));
  const auto administrator = office.as("administrator", "station");
  const auto clerk = office.as("station_clerk", "station");
  const std::string list = "/v1/tokens?account=" + account;
  CHECK(office.get(list, clerk).status == 403);
  CHECK(body_of(office.get(list, administrator))["items"].items().size() == 1);
  CHECK(body_of(office.get("/v1/tokens", administrator))["items"].items().empty());
  CHECK(office.remove("/v1/tokens/" + token["id"].text(), administrator).status == 204);
  CHECK(office.get("/v1/me", with(token)).status == 401);
}

SCENARIO("one lists and ends one's own sessions") {
  Casework office;
  const std::string account = two_posts(office);
  const auto here = office.as(account);
  const auto elsewhere = office.as(account);
  const auto stranger = office.as("commander", "station");
  const Value sessions = body_of(office.get("/v1/sessions", here));
  REQUIRE(sessions["items"].items().size() == 2);
  std::string other;
  for (const Value& session : sessions["items"].items()) {
    if (!session["is_current"].truth()) other = session["id"].text();
  }
  const std::string place = "/v1/sessions/" + other;
  CHECK(office.get("/v1/sessions").status == 401);
  CHECK(office.get("/v1/sessions?all=1", here).status == 400);
  CHECK(office.remove(place, stranger).status == 404);
  CHECK(office.remove("/v1/sessions/" + std::string(64, '0'), here).status == 404);
  CHECK(office.get("/v1/me", elsewhere).status == 200);
  CHECK(office.remove(place, here).status == 204);
  CHECK(office.get("/v1/me", elsewhere).status == 401);
  CHECK(office.get("/v1/me", here).status == 200);
  CHECK(body_of(office.get("/v1/sessions", here))["items"].items().size() == 1);
}
