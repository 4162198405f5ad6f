// Two processes on one database: what one of them does about who may come in holds on the other one
// too, within a second.
#include <atomic>
#include <string>
#include <thread>

#include "tests/api/registry_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace std::chrono_literals;
using api::http::ProblemCode;
using api::http::Request;
using persistence::PostRow;
using tests::Office;

namespace {

const std::string password = "a long way home";
const PostRow clerk_post{"station_clerk", "station"};
const PostRow director_post{"station_director", "station"};

const api::http::EntityTags& any() {
  static const auto tags = api::http::parse_entity_tags("*").value();
  return tags;
}

// The second of the two; the office is the first.
struct Node {
  explicit Node(Office& office)
      : database(office.database.beside()),
        accounts(database.accounts(), office.organisation, office.real_clock, office.ids),
        authentication(accounts, database, office.real_clock, office.ids) {}

  persistence::Database& database;
  api::Accounts accounts;
  api::Authentication authentication;
};

Request with_bearer(const std::string& token) {
  Request request;
  request.headers = {{"authorization", "Bearer " + token}};
  return request;
}

// Empty where the token is nobody's.
std::vector<api::http::Post> posts_of(api::Authentication& authentication,
                                      const std::string& token) {
  Request request = with_bearer(token);
  REQUIRE_FALSE(authentication.authenticate(request));
  return request.principal ? request.principal->posts : std::vector<api::http::Post>{};
}

std::string log_in(api::Authentication& authentication, const std::string& name) {
  return authentication.log_in({name, password, "192.0.2.1", true}).value().token;
}

}  // namespace

SCENARIO("what takes rights away at one node takes them away at the other within a second") {
  Office office;
  Node other(office);
  const std::string id =
      office.accounts.add({"clerk", "Clerk", password, {clerk_post}}).value().id;
  const std::string token = log_in(office.authentication, "clerk");
  REQUIRE(posts_of(other.authentication, token).size() == 1);

  WHEN("the session is ended") {
    Request request = with_bearer(token);
    REQUIRE_FALSE(office.authentication.authenticate(request));
    REQUIRE(office.authentication.log_out(*request.principal));
    office.real_clock.pass(1s);
    THEN("it is over") { CHECK(posts_of(other.authentication, token).empty()); }
  }
  WHEN("the post is replaced by another") {
    api::AccountChange change;
    change.posts = std::vector{director_post};
    REQUIRE(office.accounts.change(id, change, any()));
    office.real_clock.pass(1s);
    THEN("the session has the new one") {
      CHECK(posts_of(other.authentication, token).front().post == "station_director");
    }
  }
  WHEN("the account is closed") {
    api::AccountChange change;
    change.is_active = false;
    REQUIRE(office.accounts.change(id, change, any()));
    office.real_clock.pass(1s);
    THEN("its session is over") { CHECK(posts_of(other.authentication, token).empty()); }
  }
  WHEN("a machine's token is removed") {
    const std::string machine = api::base64url(office.ids.random(32));
    const auto now = office.real_clock.now();
    const std::string token_id = office.ids.uuid(now);
    REQUIRE(office.database->tokens().add_token(
        {token_id, definitions::sha256_hex(machine), id, "m", {clerk_post}, true, now, now + 1h,
         {}},
        {}));
    REQUIRE(posts_of(other.authentication, machine).size() == 1);
    REQUIRE(office.database->tokens().remove_token(token_id));
    office.real_clock.pass(1s);
    THEN("it is nobody's") { CHECK(posts_of(other.authentication, machine).empty()); }
  }
  WHEN("the clerk covers for the director, and then no more") {
    const std::string director = office.staff("director", "station_director", "station");
    office.real_clock.pass(1s);
    REQUIRE(posts_of(other.authentication, token).size() == 1);
    const auto now = office.real_clock.now();
    const std::string cover = office.ids.uuid(now);
    REQUIRE(office.database->delegations().add_delegation(
        {cover, director, id, director_post, now, now + 24h, director, now}, {}));
    office.real_clock.pass(1s);
    CHECK(posts_of(other.authentication, token).size() == 2);
    REQUIRE(office.database->delegations().remove_delegation(cover));
    office.real_clock.pass(1s);
    THEN("the post is theirs for that time only") {
      CHECK(posts_of(other.authentication, token).size() == 1);
    }
  }
}

SCENARIO("two nodes give no more attempts than one") {
  Office office;
  Node other(office);
  REQUIRE(office.accounts.add({"clerk", "Clerk", password, {clerk_post}}));
  const auto code_at = [&](int count, const std::string& name, const std::string& word) {
    auto& node = count % 2 == 0 ? office.authentication : other.authentication;
    const auto session = node.log_in({name, word, "192.0.2.1", true});
    return session ? std::string("in") : std::string(api::http::name(session.error().code));
  };
  GIVEN("five failures of a name over both") {
    for (int count = 0; count < 5; ++count) {
      CHECK(code_at(count, "clerk", "wrong password") == "login_failed");
    }
    THEN("neither hears the sixth, for a quarter of an hour") {
      CHECK(code_at(0, "clerk", password) == "too_many_requests");
      CHECK(code_at(1, "clerk", password) == "too_many_requests");
      office.real_clock.pass(15min);
      CHECK(code_at(1, "clerk", password) == "in");
    }
  }
  GIVEN("twenty failures of an address over both") {
    for (int count = 0; count < 20; ++count) {
      CHECK(code_at(count, "name" + std::to_string(count), "wrong password") == "login_failed");
    }
    THEN("neither hears another one") {
      CHECK(code_at(0, "clerk", password) == "too_many_requests");
      CHECK(code_at(1, "clerk", password) == "too_many_requests");
    }
  }
}

SCENARIO("two nodes that change accounts at once keep the rules") {
  Office office;
  Node other(office);
  const auto at_both = [&](const std::function<bool(api::Accounts&, int)>& attempt) {
    std::atomic<int> won = 0;
    std::thread second([&] { won += attempt(other.accounts, 1) ? 1 : 0; });
    won += attempt(office.accounts, 0) ? 1 : 0;
    second.join();
    return won.load();
  };
  const std::string ids[] = {office.staff("a", "administrator", "station"),
                             office.staff("b", "administrator", "station")};
  WHEN("each takes one of the two administrators away") {
    const int left = at_both([&](api::Accounts& accounts, int node) {
      api::AccountChange change;
      change.is_active = false;
      return accounts.change(ids[node], change, any()).has_value();
    });
    THEN("one of them stays") { CHECK(left == 1); }
  }
  WHEN("each names a supervisor of the platform") {
    const int named = at_both([&](api::Accounts& accounts, int node) {
      return accounts
          .add({"s" + std::to_string(node), "S", password, {{"platform_supervisor", "station"}}})
          .has_value();
    });
    THEN("there is one") { CHECK(named == 1); }
  }
  WHEN("both change one account that they have read") {
    const auto row = office.accounts.account(ids[0]).value();
    const auto tags =
        api::http::parse_entity_tags("\"" + api::Accounts::tag(row) + "\"").value();
    const int changed = at_both([&](api::Accounts& accounts, int node) {
      api::AccountChange change;
      change.display_name = "of node " + std::to_string(node);
      return accounts.change(ids[0], change, tags).has_value();
    });
    THEN("one of them has to read it again") { CHECK(changed == 1); }
  }
}
