// Who may come in, for how long, and what stops those who try too often.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "api/credentials.hpp"
#include "api/login_throttle.hpp"
#include "api/password_rules.hpp"
#include "tests/api/registry_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace std::chrono_literals;
using api::http::ProblemCode;
using api::http::Request;
using tests::Office;

namespace {

const std::string password = "a long way home";
constexpr auto at = [](std::string_view text) { return workflow::instant_from(text).value(); };

std::string add_clerk(Office& office) {
  return office.accounts
      .add({"clerk", "Clerk", password, {{"station_clerk", "station"}}})
      .value()
      .id;
}

Result<api::Session, api::http::Problem> try_to(Office& office, const std::string& name,
                                                const std::string& word, bool bearer = false) {
  return office.authentication.log_in(
      {.name = name, .password = word, .address = office.address, .bearer = bearer});
}

Request with_cookie(const std::string& token, const std::string& method = "GET") {
  Request request;
  request.method = method;
  request.headers = {{"cookie", "yimen=" + token}, {"host", "127.0.0.1:8080"}};
  return request;
}

Request with_bearer(const std::string& token) {
  Request request;
  request.headers = {{"authorization", "Bearer " + token}};
  return request;
}

bool comes_in(Office& office, Request request) {
  return !office.authentication.authenticate(request) && request.principal.has_value();
}

std::optional<ProblemCode> refusal(Office& office, Request request) {
  const auto problem = office.authentication.authenticate(request);
  return problem ? std::optional(problem->code) : std::nullopt;
}

}  // namespace

SCENARIO("a browser's session ends when it is idle, and after twelve hours at the latest") {
  Office office;
  const std::string id = add_clerk(office);
  GIVEN("a clerk who logged in with a browser") {
    const auto session = try_to(office, "clerk", password);
    REQUIRE(session);
    CHECK(session->token.size() == 43);
    CHECK(session->expires_at == office.real_clock.now() + 12h);
    THEN("a request with the cookie is theirs, with posts and levels") {
      Request request = with_cookie(session->token);
      REQUIRE_FALSE(office.authentication.authenticate(request));
      REQUIRE(request.principal);
      CHECK(request.principal->account == id);
      CHECK(request.principal->person == id);
      CHECK(request.principal->posts ==
            std::vector<api::http::Post>{{"station_clerk", "station", "station"}});
    }
    THEN("the token itself is nowhere in the database") {
      CHECK(office.database.bytes().find(session->token) == std::string::npos);
    }
    THEN("the cookie's token is no bearer token") {
      CHECK_FALSE(comes_in(office, with_bearer(session->token)));
    }
    WHEN("half an hour passes without a request") {
      office.real_clock.pass(30min);
      THEN("the session is over") { CHECK_FALSE(comes_in(office, with_cookie(session->token))); }
    }
    WHEN("a request comes every twenty-nine minutes") {
      int hours = 0;
      for (int count = 0; count < 24; ++count) {
        office.real_clock.pass(29min);
        if (comes_in(office, with_cookie(session->token))) ++hours;
      }
      office.real_clock.pass(24min);
      THEN("it lives until the twelfth hour and no longer") {
        CHECK(hours == 24);
        CHECK_FALSE(comes_in(office, with_cookie(session->token)));
      }
    }
    WHEN("requests come every ten seconds for an hour") {
      bool always = true;
      for (int count = 0; count < 360; ++count) {
        office.real_clock.pass(10s);
        always = always && comes_in(office, with_cookie(session->token));
      }
      THEN("none is refused") { CHECK(always); }
    }
  }
}

SCENARIO("a bearer token needs no cookie, no CSRF header and no frequent use") {
  Office office;
  add_clerk(office);
  const auto session = try_to(office, "clerk", password, true);
  REQUIRE(session);
  CHECK(session->expires_at == office.real_clock.now() + 24h);
  Request request = with_bearer(session->token);
  request.method = "POST";
  CHECK(comes_in(office, request));
  CHECK_FALSE(comes_in(office, with_cookie(session->token)));
  office.real_clock.pass(23h + 59min);
  CHECK(comes_in(office, with_bearer(session->token)));
  office.real_clock.pass(1min);
  CHECK_FALSE(comes_in(office, with_bearer(session->token)));
}

SCENARIO("a session ends at logout, with a new password and with the account") {
  Office office;
  const std::string id = add_clerk(office);
  const auto session = try_to(office, "clerk", password);
  REQUIRE(session);
  Request request = with_cookie(session->token);
  REQUIRE_FALSE(office.authentication.authenticate(request));
  const auto any = api::http::parse_entity_tags("*").value();
  WHEN("the clerk logs out") {
    REQUIRE(office.authentication.log_out(*request.principal));
    THEN("the token is worthless at once, though it was in memory") {
      CHECK_FALSE(comes_in(office, with_cookie(session->token)));
    }
    THEN("logging out again is no error") {
      CHECK(office.authentication.log_out(*request.principal));
    }
  }
  WHEN("the password is changed") {
    api::AccountChange change;
    change.password = "another long way";
    REQUIRE(office.accounts.change(id, change, any));
    THEN("the old session is over and the new password opens another") {
      CHECK_FALSE(comes_in(office, with_cookie(session->token)));
      CHECK_FALSE(try_to(office, "clerk", password));
      CHECK(try_to(office, "clerk", "another long way"));
    }
  }
  WHEN("the account is closed") {
    api::AccountChange change;
    change.is_active = false;
    REQUIRE(office.accounts.change(id, change, any));
    THEN("the session is over and the right password is as good as a wrong one") {
      CHECK_FALSE(comes_in(office, with_cookie(session->token)));
      CHECK(try_to(office, "clerk", password).error().code == ProblemCode::login_failed);
    }
  }
  WHEN("the clerk is given another post") {
    api::AccountChange change;
    change.posts = std::vector<persistence::PostRow>{{"village_worker", "shili_1"}};
    REQUIRE(office.accounts.change(id, change, any));
    THEN("the next request has it") {
      Request next = with_cookie(session->token);
      REQUIRE_FALSE(office.authentication.authenticate(next));
      CHECK(next.principal->posts ==
            std::vector<api::http::Post>{{"village_worker", "shili_1", "village"}});
    }
  }
}

TEST_CASE("credentials of two kinds are refused, and malformed ones are nobody's") {
  Office office;
  add_clerk(office);
  const std::string token = try_to(office, "clerk", password).value().token;
  Request both = with_cookie(token);
  both.headers.add("authorization", "Bearer " + token);
  CHECK(refusal(office, both) == ProblemCode::credentials_ambiguous);
  Request twice = with_cookie(token + "; yimen=" + token);
  CHECK(refusal(office, twice) == ProblemCode::credentials_ambiguous);
  Request others = with_cookie(token);
  others.headers.set("cookie", "a=b; yimen=" + token + "; xyimen=1");
  CHECK(comes_in(office, others));
  for (const std::string& bad :
       {std::string(), std::string("x"), token + "A", token.substr(1) + "!"}) {
    CAPTURE(bad);
    CHECK_FALSE(refusal(office, with_bearer(bad)));
    CHECK_FALSE(comes_in(office, with_bearer(bad)));
  }
  Request basic;
  basic.headers = {{"authorization", "Basic Y2xlcms6eA=="}};
  CHECK_FALSE(comes_in(office, basic));
}

TEST_CASE("a browser's change needs the header and our own origin") {
  Office office;
  add_clerk(office);
  const std::string token = try_to(office, "clerk", password).value().token;
  const auto with = [&](std::initializer_list<std::pair<const char*, const char*>> headers) {
    Request request = with_cookie(token, "POST");
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    return refusal(office, request);
  };
  constexpr auto failed = ProblemCode::csrf_check_failed;
  CHECK(with({}) == failed);
  CHECK(with({{"x-yimen-csrf", ""}}) == failed);
  CHECK_FALSE(with({{"x-yimen-csrf", "1"}}));
  CHECK_FALSE(with({{"x-yimen-csrf", "1"}, {"origin", "http://127.0.0.1:8080"}}));
  CHECK_FALSE(with({{"x-yimen-csrf", "1"}, {"sec-fetch-site", "same-origin"}}));
  CHECK(with({{"x-yimen-csrf", "1"}, {"sec-fetch-site", "same-site"}}) == failed);
  CHECK(with({{"x-yimen-csrf", "1"}, {"sec-fetch-site", "cross-site"}}) == failed);
  CHECK(with({{"x-yimen-csrf", "1"}, {"origin", "http://127.0.0.1:9090"}}) == failed);
  CHECK(with({{"x-yimen-csrf", "1"}, {"origin", "https://127.0.0.1:8080"}}) == failed);
  CHECK(with({{"x-yimen-csrf", "1"}, {"origin", "null"}}) == failed);
  CHECK(comes_in(office, with_cookie(token, "GET")));
  CHECK(comes_in(office, with_cookie(token, "HEAD")));
}

TEST_CASE("behind a proxy that ends TLS the cookie is bound to the host") {
  Office plain;
  Office proxied({.behind_proxy = true});
  api::Session session;
  session.token = "T";
  CHECK(plain.authentication.cookie(session) == "yimen=T; Path=/; HttpOnly; SameSite=Strict");
  CHECK(proxied.authentication.cookie(session) ==
        "__Host-yimen=T; Path=/; HttpOnly; SameSite=Strict; Secure");
  CHECK(proxied.authentication.no_cookie() ==
        "__Host-yimen=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
  Request request;
  request.headers = {{"host", "yimen.example"}, {"origin", "http://yimen.example"}};
  CHECK_FALSE(proxied.authentication.may_log_in_from(request));
  request.headers.set("origin", "https://yimen.example");
  CHECK(proxied.authentication.may_log_in_from(request));
}

SCENARIO("five failures lock a name for a quarter of an hour, whether it exists or not") {
  Office office;
  const std::string id = add_clerk(office);
  for (const std::string name : {"clerk", "nobody"}) {
    GIVEN("the name " + name) {
      for (int count = 0; count < 5; ++count) {
        CHECK(try_to(office, name, "wrong password").error().code == ProblemCode::login_failed);
      }
      THEN("the sixth attempt is put off, even with the right password") {
        const auto refused = try_to(office, name, password);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ProblemCode::too_many_requests);
        CHECK(refused.error().retry_after == 900s);
      }
      THEN("a quarter of an hour later attempts are heard again") {
        office.real_clock.pass(15min);
        const auto answer = try_to(office, name, password);
        CHECK(answer.has_value() == (name == "clerk"));
        if (!answer) CHECK(answer.error().code == ProblemCode::login_failed);
      }
      THEN("the lock outlives the process") {
        api::Authentication after_restart(office.accounts, *office.database, office.real_clock,
                                          office.ids);
        const auto refused = after_restart.log_in({name, password, office.address, false});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ProblemCode::too_many_requests);
      }
    }
  }
  GIVEN("four failures and a success") {
    for (int count = 0; count < 4; ++count) {
      CHECK_FALSE(try_to(office, "clerk", "wrong password"));
    }
    REQUIRE(try_to(office, "clerk", password));
    THEN("the count begins anew") {
      for (int count = 0; count < 4; ++count) {
        CHECK_FALSE(try_to(office, "clerk", "wrong password"));
      }
      CHECK(try_to(office, "clerk", password));
    }
  }
  GIVEN("a locked account whose password an administrator replaces") {
    for (int count = 0; count < 5; ++count) {
      CHECK_FALSE(try_to(office, "clerk", "wrong password"));
    }
    api::AccountChange change;
    change.password = "another long way";
    REQUIRE(office.accounts.change(id, change, api::http::parse_entity_tags("*").value()));
    THEN("the new one is heard at once") { CHECK(try_to(office, "clerk", "another long way")); }
  }
}

TEST_CASE("many attempts at once are no more than five") {
  Office office;
  api::LoginThrottle throttle(office.database->accounts());
  std::atomic<int> allowed{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      const std::string address = std::to_string(thread);
      for (int count = 0; count < 4; ++count) {
        const auto wait = throttle.begin("clerk", address, at("2026-11-24T01:00:00Z"));
        if (wait && !*wait) ++allowed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(allowed == 5);
}

TEST_CASE("an address has twenty failures, then one every six seconds") {
  Office office;
  api::LoginThrottle throttle(office.database->accounts());
  auto now = at("2026-11-24T01:00:00Z");
  const auto begin = [&](int count) {
    return throttle.begin("name" + std::to_string(count), "192.0.2.1", now).value();
  };
  for (int count = 0; count < 20; ++count) CHECK_FALSE(begin(count));
  CHECK(begin(20) == 6s);
  CHECK_FALSE(throttle.begin("name", "192.0.2.2", now).value());
  now += 6s;
  CHECK_FALSE(begin(21));
  CHECK(begin(22) == 6s);
  throttle.succeeded("name21", "192.0.2.1");
  CHECK_FALSE(begin(23));
}

TEST_CASE("passwords are long and not common; nothing else is asked of them") {
  const auto code = [](std::string_view text) {
    const auto findings = api::password_findings(text, "wangfang");
    return findings.empty() ? std::string() : findings.front().code;
  };
  CHECK(code("short12") == "too_short");
  CHECK(code("密码太短了吧") == "too_short");
  CHECK(code(std::string(129, 'x') + "y") == "too_long");
  CHECK(code("12345678") == "common_password");
  CHECK(code("Woaini1314") == "common_password");
  CHECK(code("PASSWORD") == "common_password");
  CHECK(code("zzzzzzzzzzzz") == "common_password");
  CHECK(code("WangFang2026") == "password_names_account");
  CHECK(code("a long way home") == "");
  CHECK(code("春眠不觉晓处处闻啼鸟") == "");
  CHECK(code(std::string(63, 'x') + "y") == "");
}
