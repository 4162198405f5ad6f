// Logging in and out through the API, and what the reader is told about themselves.
#include <string>

#include "api/bootstrap.hpp"
#include "tests/api/registry_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using tests::body_of;
using tests::code_of;
using tests::Office;
using tests::refusals_of;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

const std::string password = "a long way home";

void add_clerk(Office& office) {
  REQUIRE(office.accounts.add({"clerk", "Li Clerk", password, {{"station_clerk", "station"}}}));
}

api::http::Response log_in(Office& office, Value body, api::http::Fields headers = {}) {
  return office.ask({"POST", "/v1/sessions", std::move(body), std::move(headers)});
}

// "name=token" of a Set-Cookie header.
std::string cookie_of(const api::http::Response& response) {
  const std::string header(response.headers.get("set-cookie"));
  return header.substr(0, header.find(';'));
}

}  // namespace

SCENARIO("a browser logs in and out") {
  Office office;
  add_clerk(office);
  WHEN("it gives account and password") {
    const auto answer = log_in(office, Object{{"account", "clerk"}, {"password", password}});
    THEN("it gets a cookie and no token to keep") {
      CHECK(answer.status == 201);
      CHECK(answer.headers.get("location") == "/v1/sessions/current");
      CHECK(answer.headers.get("set-cookie").starts_with("yimen="));
      CHECK(body_of(answer)["display_name"].text() == "Li Clerk");
      CHECK(body_of(answer)["expires_at"].text() == "2026-11-24T13:00:00.000Z");
      CHECK_FALSE(body_of(answer).has("token"));
    }
    AND_WHEN("it asks who it is") {
      const auto me = office.get("/v1/me", {{"cookie", cookie_of(answer)}});
      THEN("it hears its posts by their titles") {
        CHECK(me.status == 200);
        CHECK(body_of(me)["name"].text() == "clerk");
        CHECK(body_of(me)["language"].text() == "en");
        CHECK(body_of(me)["person"] == body_of(me)["account"]);
        const Value post = body_of(me)["posts"].items().front();
        CHECK(post["title"].text() == "Station clerk");
        CHECK(post["unit_title"].text() == "Township command station");
        CHECK(post["level"].text() == "station");
      }
    }
    AND_WHEN("it logs out without the CSRF header") {
      const auto refused =
          office.ask({"DELETE", "/v1/sessions/current", {}, {{"cookie", cookie_of(answer)}}});
      THEN("it stays logged in") {
        CHECK(refused.status == 403);
        CHECK(code_of(refused) == "csrf_check_failed");
        CHECK(office.get("/v1/me", {{"cookie", cookie_of(answer)}}).status == 200);
      }
    }
    AND_WHEN("it logs out") {
      const auto left = office.ask({"DELETE",
                                    "/v1/sessions/current",
                                    {},
                                    {{"cookie", cookie_of(answer)}, {"x-yimen-csrf", "1"}}});
      THEN("the cookie is taken away and opens nothing") {
        CHECK(left.status == 204);
        CHECK(cookie_of(left) == "yimen=");
        CHECK(left.headers.has("clear-site-data"));
        CHECK(office.get("/v1/me", {{"cookie", cookie_of(answer)}}).status == 401);
      }
    }
  }
}

SCENARIO("a machine logs in for a bearer token") {
  Office office;
  add_clerk(office);
  const auto answer =
      log_in(office, Object{{"account", "clerk"}, {"password", password}, {"bearer", true}});
  CHECK(answer.status == 201);
  CHECK_FALSE(answer.headers.has("set-cookie"));
  const std::string token = body_of(answer)["token"].text();
  CHECK(office.get("/v1/me", {{"authorization", "bearer " + token}}).status == 200);
  CHECK(office.get("/v1/me", {{"authorization", "Bearer " + token}, {"cookie", "yimen=" + token}})
            .status == 400);
  const auto left = office.ask(
      {"DELETE", "/v1/sessions/current", {}, {{"authorization", "Bearer " + token}}});
  CHECK(left.status == 204);
  CHECK(office.get("/v1/me", {{"authorization", "Bearer " + token}}).status == 401);
}

TEST_CASE("a log-in that fails says the same whatever is wrong") {
  Office office;
  add_clerk(office);
  const auto wrong = log_in(office, Object{{"account", "clerk"}, {"password", "not the one"}});
  const auto unknown = log_in(office, Object{{"account", "nobody"}, {"password", "not the one"}});
  const auto overlong =
      log_in(office, Object{{"account", std::string(900, 'x')}, {"password", "not the one"}});
  CHECK(wrong.status == 401);
  CHECK(code_of(wrong) == "login_failed");
  CHECK(wrong.body == unknown.body);
  CHECK(wrong.body == overlong.body);
  CHECK(wrong.body.find("clerk") == std::string::npos);
}

TEST_CASE("a locked name is told when to come back") {
  Office office;
  for (int count = 0; count < 5; ++count) {
    log_in(office, Object{{"account", "nobody"}, {"password", "not the one"}});
  }
  const auto refused = log_in(office, Object{{"account", "nobody"}, {"password", "not the one"}});
  CHECK(refused.status == 429);
  CHECK(code_of(refused) == "too_many_requests");
  CHECK(refused.headers.get("retry-after") == "900");
}

TEST_CASE("a log-in takes two members, perhaps three, and no other") {
  Office office;
  const auto unknown =
      log_in(office, Object{{"account", "a"}, {"password", "b"}, {"remember", true}});
  CHECK(unknown.status == 400);
  CHECK(code_of(unknown) == "unknown_member");
  CHECK(refusals_of(unknown) == "unknown_member /remember");
  const auto missing = log_in(office, Object{{"account", 7}});
  CHECK(missing.status == 400);
  CHECK(code_of(missing) == "invalid_member");
  CHECK(refusals_of(missing) == "required /password, wrong_type /account");
  CHECK(log_in(office, Object{{"account", "a"}, {"password", "b"}},
               {{"origin", "http://elsewhere.example"}})
            .status == 403);
  CHECK(office.ask({"PUT", "/v1/sessions"}).status == 405);
  CHECK(office.get("/v1/me").status == 401);
  CHECK(office.ask({"DELETE", "/v1/sessions/current"}).status == 401);
}

namespace {

api::http::Response choose(Office& office, const std::string& token, const std::string& present,
                           const std::string& wanted) {
  return office.ask({"POST",
                     "/v1/me/password",
                     Object{{"present", present}, {"new", wanted}},
                     {{"authorization", "Bearer " + token}}});
}

std::string bearer(Office& office, const std::string& word) {
  const auto answer =
      log_in(office, Object{{"account", "wang"}, {"password", word}, {"bearer", true}});
  return body_of(answer)["token"].text();
}

int status_of(Office& office, const std::string& token, const std::string& target) {
  return office.get(target, {{"authorization", "Bearer " + token}}).status;
}

}  // namespace

SCENARIO("whoever was given a password chooses another one before anything else") {
  Office office;
  const auto administrator = office.as("administrator", "station");
  const Object wanted{{"name", "wang"},
                      {"display_name", "王主任"},
                      {"password", password},
                      {"posts", Array{Object{{"post", "auditor"}, {"unit", "station"}}}}};
  const auto added = office.post("/v1/users", wanted, administrator);
  REQUIRE(added.status == 201);
  CHECK(body_of(added)["must_change_password"].truth());
  const std::string token = bearer(office, password);
  const std::string other = bearer(office, password);

  THEN("they may see who they are, choose and leave, and nothing else") {
    const auto me = office.get("/v1/me", {{"authorization", "Bearer " + token}});
    CHECK(body_of(me)["must_change_password"].truth());
    const auto refused = office.get("/v1/organisations", {{"authorization", "Bearer " + token}});
    CHECK(refused.status == 403);
    CHECK(code_of(refused) == "password_change_required");
    CHECK(status_of(office, token, "/v1/sessions") == 403);
    CHECK(office.ask({"DELETE", "/v1/sessions/current", {},
                      {{"authorization", "Bearer " + token}}})
              .status == 204);
  }
  THEN("what they choose must be fit, and theirs to choose") {
    CHECK(refusals_of(choose(office, token, "not the one", "春眠不觉晓处处闻啼鸟")) ==
          "password_wrong /present");
    CHECK(refusals_of(choose(office, token, password, "12345678")) == "common_password /new");
    CHECK(refusals_of(choose(office, token, password, password)) == "password_unchanged /new");
    CHECK(status_of(office, token, "/v1/organisations") == 403);
    CHECK(office.ask({"POST", "/v1/me/password", Object{{"present", password}, {"new", "x"}}})
              .status == 401);
  }
  THEN("the present one is guessed no more often than at a log-in") {
    for (int count = 0; count < 5; ++count) {
      CHECK(choose(office, token, "not the one", "春眠不觉晓处处闻啼鸟").status == 422);
    }
    CHECK(choose(office, token, password, "春眠不觉晓处处闻啼鸟").status == 429);
  }
  WHEN("they have chosen") {
    REQUIRE(choose(office, token, password, "春眠不觉晓处处闻啼鸟").status == 204);
    THEN("everything is open to this session, and the other one is over") {
      const auto me = office.get("/v1/me", {{"authorization", "Bearer " + token}});
      CHECK_FALSE(body_of(me)["must_change_password"].truth());
      CHECK(status_of(office, token, "/v1/organisations") == 200);
      CHECK(status_of(office, other, "/v1/me") == 401);
      CHECK(bearer(office, password).empty());
      CHECK_FALSE(bearer(office, "春眠不觉晓处处闻啼鸟").empty());
    }
    AND_WHEN("an administrator gives them another one") {
      auto headers = administrator;
      headers.add("if-match", "*");
      const std::string target = "/v1/users/" + body_of(added)["id"].text();
      const auto reset =
          office.ask({"PATCH", target, Object{{"password", "a short way home"}}, headers});
      REQUIRE(reset.status == 200);
      THEN("they choose again") {
        CHECK(status_of(office, token, "/v1/me") == 401);
        CHECK(status_of(office, bearer(office, "a short way home"), "/v1/organisations") == 403);
      }
    }
  }
  THEN("an administrator cannot do without it where the work is real") {
    Object final_one = wanted;
    final_one.set("name", "li");
    final_one.set("must_change_password", false);
    CHECK(refusals_of(office.post("/v1/users", final_one, administrator)) ==
          "on_samples_only /must_change_password");
  }
}

TEST_CASE("the organisation and its posts are told in the reader's language") {
  Office office;
  const auto reader = office.as("village_worker", "shili_1");
  const auto units = office.get("/v1/organisations", reader);
  CHECK(units.status == 200);
  CHECK(body_of(units)["jurisdiction"].text() == "heyu");
  CHECK(body_of(units)["units"].items().size() == office.organisation.units.size());
  CHECK(body_of(units)["units"].items()[1]["title"].text() == "Township command station");
  auto again = reader;
  again.add("if-none-match", std::string(units.headers.get("etag")));
  CHECK(office.get("/v1/organisations", again).status == 304);
  const auto posts = office.get("/v1/posts", reader);
  CHECK(body_of(posts)["items"].items().front()["title"].text() == "Village worker");
  CHECK(office.get("/v1/posts?x=1", reader).status == 400);
  CHECK(office.get("/v1/posts").status == 401);
}

SCENARIO("the first administrator comes from the command line") {
  Office office;
  const auto added = api::add_user(*office.database, office.organisation,
                                   {"root", {}, {"administrator@station"}, password});
  REQUIRE(added);
  CHECK(log_in(office, Object{{"account", "root"}, {"password", password}}).status == 201);
  CHECK(office.database->accounts().account_named("root")->must_change_password);
  REQUIRE(api::add_user(*office.database, office.organisation,
                        {"root3", {}, {"administrator@station"}, password, false}));
  CHECK_FALSE(office.database->accounts().account_named("root3")->must_change_password);
  const auto refused = [&](const api::NewUser& user) {
    const auto answer = api::add_user(*office.database, office.organisation, user);
    return answer ? std::string() : answer.error();
  };
  CHECK(refused({"root", {}, {"administrator@station"}, "another long way"}) ==
        "The user cannot be added: already_known;  name_taken.");
  CHECK(refused({"Root User", {}, {"administrator"}, "x"}) ==
        "The user cannot be added: form_invalid; /name pattern; /posts/0/unit unit_code.");
  CHECK(refused({"root2", {}, {"administrator@shili_1", "king@station"}, "12345678"}) ==
        "The user cannot be added: form_invalid; /password common_password; "
        "/posts/0/post level_differs; /posts/1/post unknown_post.");
}
