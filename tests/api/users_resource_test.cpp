// Accounts and their posts, as administrators keep them.
#include <set>
#include <string>

#include "api/account_forms.hpp"
#include "api/person_form.hpp"
#include "tests/api/registry_sample.hpp"
#include "tests/support/catch.hpp"
#include "workflow/form.hpp"

using namespace yimen;
using tests::body_of;
using tests::code_of;
using tests::Office;
using tests::refusals_of;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

Value post_of(const char* post, const char* unit) { return Object{{"post", post}, {"unit", unit}}; }

Object user(const char* name, Array posts) {
  return Object{{"name", name},
                {"display_name", "王主任"},
                {"password", "a long way home"},
                {"posts", std::move(posts)}};
}

api::http::Fields with(api::http::Fields headers, const char* name, std::string_view value) {
  headers.set(name, std::string(value));
  return headers;
}

api::http::Response patch(Office& office, const api::http::Fields& headers, const std::string& id,
                          Value body, std::string_view tag) {
  return office.ask({"PATCH", "/v1/users/" + id, std::move(body), with(headers, "if-match", tag)});
}

}  // namespace

TEST_CASE("the forms of bodies are closed and mark what is personal") {
  for (const Value* schema : {&api::new_account_schema(), &api::account_change_schema(),
                              &api::person_schema(), &api::household_schema()}) {
    for (const auto& finding : workflow::check_schema(*schema)) {
      FAIL_CHECK(finding.pointer << " " << finding.code);
    }
  }
}

SCENARIO("an administrator adds a user") {
  Office office;
  const auto administrator = office.as("administrator", "station");
  WHEN("everything is as it should be") {
    const auto headers = with(administrator, "idempotency-key", "k1");
    const Object wanted = user("wang", {post_of("station_director", "station")});
    const auto added = office.post("/v1/users", wanted, headers);
    const std::string id = body_of(added)["id"].text();
    THEN("the user is there and the log tells who added them") {
      CHECK(added.status == 201);
      CHECK(added.headers.get("location") == "/v1/users/" + id);
      CHECK_FALSE(body_of(added).has("password"));
      const auto got = office.get("/v1/users/" + id, administrator);
      CHECK(got.body == added.body);
      CHECK(got.headers.get("etag") == added.headers.get("etag"));
      REQUIRE(office.audit_log.lines.size() == 1);
      CHECK(office.audit_log.lines.front().action == "account_added");
      CHECK(office.audit_log.lines.front().subject == id);
    }
    AND_WHEN("the same request comes again") {
      const auto again = office.post("/v1/users", wanted, headers);
      THEN("it gets the same answer") {
        CHECK(again.status == 201);
        CHECK(again.body == added.body);
      }
    }
    AND_WHEN("somebody else is to have that name") {
      Object other = wanted;
      other.set("display_name", "王科长");
      const auto refused = office.post("/v1/users", other, administrator);
      THEN("it is taken") {
        CHECK(refused.status == 409);
        CHECK(code_of(refused) == "already_known");
        CHECK(refusals_of(refused) == "name_taken");
        CHECK(refused.body.find("王") == std::string::npos);
      }
    }
  }
  WHEN("everything is wrong at once") {
    Object wrong = user("wang", {post_of("king", "station"), post_of("administrator", "shili_1"),
                                 post_of("auditor", "nowhere"), post_of("auditor", "nowhere"),
                                 post_of("system", "system")});
    wrong.set("password", "12345678");
    const auto refused = office.post("/v1/users", wrong, administrator);
    THEN("all of it is told, without the password") {
      CHECK(refused.status == 422);
      CHECK(refusals_of(refused) ==
            "common_password /password, unknown_post /posts/0/post, level_differs /posts/1/post, "
            "unknown_unit /posts/2/unit, named_twice /posts/3, unknown_unit /posts/3/unit, "
            "level_not_allowed /posts/4/post");
      CHECK(refused.body.find("12345678") == std::string::npos);
      CHECK(body_of(refused)["refusals"].items().front()["message"].text() ==
            office.texts.text(api::http::Language::en, "finding.common_password"));
    }
  }
  WHEN("the body has a member of its own") {
    Object more = user("wang", {});
    more.set("is_root", true);
    THEN("it is refused") {
      const auto refused = office.post("/v1/users", more, administrator);
      CHECK(refused.status == 400);
      CHECK(refusals_of(refused) == "unknown_member /is_root");
    }
  }
}

SCENARIO("one person supervises the platform, and an administrator remains") {
  Office office;
  const auto administrator = office.as("administrator", "station");
  const auto first =
      office.post("/v1/users", user("first", {post_of("platform_supervisor", "station")}),
                  administrator);
  REQUIRE(first.status == 201);
  const std::string id = body_of(first)["id"].text();
  WHEN("a second supervisor is named") {
    const auto refused = office.post(
        "/v1/users", user("second", {post_of("platform_supervisor", "station")}), administrator);
    THEN("the post is taken") {
      CHECK(refused.status == 409);
      CHECK(refusals_of(refused) == "post_taken");
    }
  }
  WHEN("the first one's account is closed") {
    REQUIRE(patch(office, administrator, id, Object{{"is_active", false}},
                  first.headers.get("etag"))
                .status == 200);
    THEN("a second may follow, and the first cannot come back beside them") {
      CHECK(office
                .post("/v1/users", user("second", {post_of("platform_supervisor", "station")}),
                      administrator)
                .status == 201);
      CHECK(patch(office, administrator, id, Object{{"is_active", true}}, "*").status == 409);
    }
  }
  WHEN("the only administrator closes their own account") {
    const auto me = body_of(office.get("/v1/me", administrator))["account"].text();
    THEN("it stays open") {
      const auto refused = patch(office, administrator, me, Object{{"is_active", false}}, "*");
      CHECK(refused.status == 409);
      CHECK(refusals_of(refused) == "last_administrator");
      CHECK(patch(office, administrator, me, Object{{"posts", Array{}}}, "*").status == 409);
    }
  }
}

SCENARIO("a user is changed by those who have seen the latest state") {
  Office office;
  const auto administrator = office.as("administrator", "station");
  const auto added = office.post(
      "/v1/users", user("wang", {post_of("village_worker", "shili_1")}), administrator);
  const std::string id = body_of(added)["id"].text();
  const std::string tag(added.headers.get("etag"));
  WHEN("the change names that state") {
    const auto changed =
        patch(office, administrator, id, Object{{"display_name", "王书记"}}, tag);
    THEN("it is made, and the tag is another") {
      CHECK(changed.status == 200);
      CHECK(body_of(changed)["display_name"].text() == "王书记");
      CHECK(changed.headers.get("etag") != tag);
      CHECK(office.audit_log.lines.back().action == "account_changed");
      CHECK(patch(office, administrator, id, Object{{"is_active", false}}, tag).status == 412);
    }
  }
  WHEN("it names none, or a wrong one") {
    const Value body = Object{{"is_active", false}};
    THEN("it is refused") {
      CHECK(office.ask({"PATCH", "/v1/users/" + id, body, administrator}).status == 428);
      CHECK(patch(office, administrator, id, body, "\"other\"").status == 412);
      CHECK(patch(office, administrator, id, body, "W/" + tag).status == 412);
      CHECK(patch(office, administrator, id, body, "nonsense").status == 400);
    }
  }
  WHEN("the change is wrong in itself") {
    THEN("it is refused by its members") {
      CHECK(patch(office, administrator, id, Object{{"name", "li"}}, tag).status == 400);
      CHECK(patch(office, administrator, id, Object{{"password", "short"}}, tag).status == 422);
      CHECK(patch(office, administrator, "no-such-id", Object{}, tag).status == 404);
    }
  }
  WHEN("the audit log cannot be written") {
    office.audit_log.is_full = true;
    THEN("nothing is changed") {
      CHECK(patch(office, administrator, id, Object{{"is_active", false}}, tag).status == 503);
      CHECK(office.accounts.account(id)->is_active);
    }
  }
}

TEST_CASE("users are listed page by page") {
  Office office;
  const auto administrator = office.as("administrator", "station");
  for (const char* name : {"a1", "a2", "a3", "a4"}) office.staff(name, "auditor", "station");
  std::set<std::string> names;
  std::string target = "/v1/users?limit=2";
  int pages = 0;
  while (!target.empty() && pages < 10) {
    const auto page = office.get(target, administrator);
    REQUIRE(page.status == 200);
    const Value body = body_of(page);
    for (const Value& item : body["items"].items()) names.insert(item["name"].text());
    const std::string next = body["next"].text();
    target = next.empty() ? "" : "/v1/users?limit=2&cursor=" + next;
    CHECK(page.headers.has("link") == !next.empty());
    ++pages;
  }
  CHECK(pages == 3);
  CHECK(names.size() == 5);
  CHECK(office.get("/v1/users?limit=0", administrator).status == 400);
  CHECK(office.get("/v1/users?cursor=x", administrator).status == 400);
  CHECK(office.get("/v1/users?name=x", administrator).status == 400);
}

TEST_CASE("nobody but an administrator keeps users") {
  Office office;
  const auto director = office.as("station_director", "station");
  const std::string id = office.staff("other", "auditor", "station");
  const Value body = user("wang", {});
  CHECK(office.post("/v1/users", body, director).status == 403);
  CHECK(office.get("/v1/users", director).status == 403);
  CHECK(office.get("/v1/users/" + id, director).status == 403);
  CHECK(patch(office, director, id, Object{}, "*").status == 403);
  CHECK(office.post("/v1/users", body, {}).status == 401);
  CHECK(office.get("/v1/users").status == 401);
  CHECK(office.ask({"DELETE", "/v1/users"}).status == 405);
  CHECK(office.ask({"POST", "/v1/users", body, director}).status == 400);
}
