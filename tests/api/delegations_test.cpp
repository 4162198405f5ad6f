// Cover while away: who holds a post for whom, and what the journal says of it.
#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;
using workflow::Value;

namespace {

Object cover(const std::string& to, const char* from = "2026-03-02T01:00:00Z",
             const char* until = "2026-03-06T10:00:00Z") {
  return {{"post", "station_clerk"}, {"unit", "station"}, {"to_account", to},
          {"from", from},            {"to", until}};
}

std::size_t posts_of(Casework& office, const api::http::Fields& reader) {
  return body_of(office.get("/v1/me", reader))["posts"].items().size();
}

}  // namespace

SCENARIO("while a delegation runs the delegate holds the post too") {
  Casework office;
  const std::string holder = office.staff("zhou", {{"station_clerk", "station"}});
  const std::string delegate = office.staff("wang", {{"hotline_operator", "station"}});
  const auto zhou = office.as(holder);
  const auto wang = office.as(delegate);
  const std::string id = office.applied_case();
  const auto batch = Casework::batch({Casework::acceptance(id)});
  CHECK(posts_of(office, wang) == 1);

  const auto answer = office.post("/v1/delegations", cover("wang"), zhou);
  REQUIRE(answer.status == 201);
  const Value body = body_of(answer);
  CHECK(body["delegate"].text() == delegate);
  CHECK(body["is_running"].truth());
  CHECK(posts_of(office, wang) == 2);
  CHECK(posts_of(office, zhou) == 1);
  const Value me = body_of(office.get("/v1/me", wang));
  CHECK(me["posts"].items().back()["for_person"].text() == holder);

  THEN("what the delegate does names both") {
    (void)Casework::expect(office.post("/v1/batches", batch, wang), 200);
    const workflow::Actor by = office.look(id).last("accept")->by;
    CHECK(by.person == delegate);
    CHECK(by.for_person == holder);
    CHECK(by.post == "station_clerk");
    const auto rows = office.database->cases().journal(id, 2, 1);
    const Value entry = workflow::parse(rows->front().bytes).value();
    CHECK(entry["actor"]["for_person"].text() == holder);
    CHECK(workflow::entry_from(entry).actor == by);
  }
  THEN("what the holder does names the holder alone") {
    (void)Casework::expect(office.post("/v1/batches", batch, zhou), 200);
    CHECK(office.look(id).last("accept")->by.for_person.empty());
  }
  THEN("it ends by itself") {
    office.clock.pass(std::chrono::hours(24 * 5));
    CHECK(posts_of(office, office.as(delegate)) == 1);
    CHECK(body_of(office.get("/v1/delegations", zhou))["items"].items().empty());
  }
  THEN("either side ends it, at once") {
    const std::string place = "/v1/delegations/" + body["id"].text();
    CHECK(office.remove(place, office.as("commander", "station")).status == 404);
    CHECK(office.remove(place, wang).status == 204);
    CHECK(posts_of(office, wang) == 1);
    CHECK(office.remove(place, zhou).status == 404);
  }
  THEN("both sides see it") {
    CHECK(body_of(office.get("/v1/delegations", zhou))["items"].items().size() == 1);
    CHECK(body_of(office.get("/v1/delegations", wang))["items"].items().size() == 1);
    const auto stranger = office.as("commander", "station");
    CHECK(body_of(office.get("/v1/delegations", stranger))["items"].items().empty());
    const auto administrator = office.as("administrator", "station");
    CHECK(body_of(office.get("/v1/delegations", administrator))["items"].items().size() == 1);
    CHECK(office.get("/v1/delegations").status == 401);
  }
  THEN("it falls with the holder's post") {
    auto row = *office.database->accounts().account(holder);
    row.posts = {};
    REQUIRE(office.database->accounts().change_account(row));
    office.accounts.note_change();
    CHECK(posts_of(office, wang) == 1);
  }
  THEN("what is covered cannot be handed on") {
    Object on = cover("zhou");
    CHECK(refusals_of(office.post("/v1/delegations", on, wang)) == "post_not_held /post");
  }
}

SCENARIO("a delegation that may not be is refused with every reason") {
  Casework office;
  const auto zhou = office.as(office.staff("zhou", {{"station_clerk", "station"}}));
  const std::string wang = office.staff("wang", {{"hotline_operator", "station"}});
  const auto refusal = [&](const Object& body) {
    return refusals_of(office.post("/v1/delegations", body, zhou));
  };
  CHECK(office.post("/v1/delegations", cover(wang), {}).status == 401);
  CHECK(refusal(cover("nobody")) == "unknown_account /to_account");
  CHECK(refusal(cover("zhou")) == "delegate_is_holder /to_account");
  CHECK(refusal(cover(wang, "2026-03-05T00:00:00Z", "2026-03-04T00:00:00Z")) ==
        "ends_before_beginning /to");
  CHECK(refusal(cover(wang, "2026-02-01T00:00:00Z", "2026-02-04T00:00:00Z")) ==
        "not_in_the_future /to");
  CHECK(refusal(cover(wang, "2026-03-05T00:00:00Z", "2028-03-04T00:00:00Z")) ==
        "term_too_long /to");
  CHECK(office.post("/v1/delegations", cover(wang, "now"), zhou).status == 422);
  CHECK(office.post("/v1/delegations", Object{{"post", "x"}}, zhou).status == 400);
  Object other_post = cover(wang);
  other_post.set("post", "commander");
  CHECK(refusal(other_post) == "post_not_held /post");
  Object for_others = cover(wang);
  for_others.set("from_account", wang);
  CHECK(office.post("/v1/delegations", for_others, zhou).status == 403);
  const auto auditor = office.as("auditor", "station");
  Object audit = cover(wang);
  audit.set("post", "auditor");
  CHECK(refusals_of(office.post("/v1/delegations", audit, auditor)) ==
        "post_not_delegable /post");
}

SCENARIO("an administrator arranges cover for others, once for each request") {
  Casework office;
  const std::string zhou = office.staff("zhou", {{"station_clerk", "station"}});
  const std::string wang = office.staff("wang", {{"hotline_operator", "station"}});
  auto administrator = office.as("administrator", "station");
  Object body = cover(wang, "2026-03-03T00:00:00Z");
  body.set("from_account", "zhou");
  administrator.add("idempotency-key", "cover-1");
  const auto answer = office.post("/v1/delegations", body, administrator);
  REQUIRE(answer.status == 201);
  CHECK(body_of(answer)["account"].text() == zhou);
  CHECK_FALSE(body_of(answer)["is_running"].truth());
  CHECK(office.post("/v1/delegations", body, administrator).body == answer.body);
  CHECK(body_of(office.get("/v1/delegations", administrator))["items"].items().size() == 1);
  CHECK(posts_of(office, office.as(wang)) == 1);
  office.clock.pass(std::chrono::hours(24));
  CHECK(posts_of(office, office.as(wang)) == 2);
}

SCENARIO("the station sees who holds which post and who covers it") {
  Casework office;
  const std::string zhou = office.staff("zhou", {{"station_clerk", "station"}});
  const std::string wang = office.staff("wang", {{"hotline_operator", "station"}});
  REQUIRE(office.post("/v1/delegations", cover(wang), office.as(zhou)).status == 201);
  const auto clerk = office.as(zhou);
  const auto answer = office.get("/v1/posts/holders?post=station_clerk", clerk);
  REQUIRE(answer.status == 200);
  const Value items = body_of(answer)["items"];
  REQUIRE(items.items().size() == 1);
  CHECK(items.items().front()["account"].text() == zhou);
  CHECK(items.items().front()["covered_by"].items().front()["account"].text() == wang);
  CHECK(body_of(office.get("/v1/posts/holders", clerk))["items"].items().size() == 2);
  CHECK(office.get("/v1/posts/holders", office.as("administrator", "station")).status == 200);
  CHECK(office.get("/v1/posts/holders", office.as("village_worker", "shili_1")).status == 403);
  CHECK(office.get("/v1/posts/holders").status == 401);
  CHECK(office.get("/v1/posts/holders?name=x", clerk).status == 400);
}

SCENARIO("a holder and their delegate are one where two are asked for") {
  const workflow::Actor holder{"zhou", "department_head", "office", "department"};
  const workflow::Actor delegate{"wang", "department_head", "office", "department", "zhou"};
  const workflow::Actor another{"chen", "department_head", "office", "department", "zhou"};
  const workflow::Actor clerk{"wang", "department_clerk", "office", "department"};
  const workflow::Actor stranger{"sun", "department_head", "office", "department"};
  CHECK(holder.is_one_with(holder));
  CHECK(holder.is_one_with(delegate));
  CHECK(delegate.is_one_with(holder));
  CHECK(delegate.is_one_with(another));
  CHECK(delegate.is_one_with(clerk));
  CHECK_FALSE(holder.is_one_with(stranger));
  CHECK_FALSE(clerk.is_one_with(holder));
}
