// A township office for the tests of accounts, sessions and the registry: a real database in a
// folder of its own, clocks that stand still, and the routes behind a router without sockets.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "api/accounts.hpp"
#include "api/audit_log.hpp"
#include "api/authentication.hpp"
#include "api/base64url.hpp"
#include "api/http/router.hpp"
#include "api/registry.hpp"
#include "api/resources/households.hpp"
#include "api/resources/organisations.hpp"
#include "api/resources/persons.hpp"
#include "api/resources/sessions.hpp"
#include "api/resources/users.hpp"
#include "definitions/digest.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace yimen::tests {

class FrozenClock final : public api::Clock {
 public:
  explicit FrozenClock(std::string_view start) : now_(workflow::instant_from(start).value()) {}
  [[nodiscard]] workflow::Instant now() const override { return now_; }
  void pass(std::chrono::milliseconds time) { now_ += time; }

 private:
  workflow::Instant now_;
};

class AuditLines final : public api::AuditLog {
 public:
  bool write(const api::AuditLine& line) override {
    if (is_full) return false;
    lines.push_back(line);
    return true;
  }
  std::vector<api::AuditLine> lines;
  bool is_full = false;
};

struct Asked {
  std::string method;
  std::string target;
  workflow::Value body{};
  api::http::Fields headers{};
};

inline definitions::Organisation the_organisation() {
  return definitions::load_organisation(std::string(YIMEN_SOURCE_DIR) +
                                        "/definitions/organisation/heyu.json")
      .value();
}

class Office {
 public:
  explicit Office(api::SessionRules rules = {})
      : organisation(the_organisation()),
        texts(api::http::Texts::load(std::string(YIMEN_SOURCE_DIR) + "/definitions/texts").value()),
        database({.jurisdiction = organisation.jurisdiction}),
        keyring(api::Keyring::open(folder.file("key")).value()),
        accounts(database->accounts(), organisation, real_clock, ids),
        authentication(accounts, *database, real_clock, ids, rules),
        registry(database->persons(), keyring, organisation, clock, ids),
        sessions(authentication, accounts, organisation, clock),
        users(accounts, audit_log, real_clock, false),
        organisations(organisation),
        persons(registry, audit_log, real_clock),
        households(registry),
        router(texts, all_routes(), [this](api::http::Request& request) {
          return authentication.authenticate(request);
        }) {}

  // An account with one post, without the cost of a password; answers its id.
  std::string staff(const std::string& name, const std::string& post, const std::string& unit) {
    persistence::AccountRow row;
    row.id = ids.uuid(real_clock.now());
    row.name = name;
    row.display_name = name;
    row.password_hash = "none";
    row.posts = {{post, unit}};
    row.created_at = real_clock.now();
    if (!database->accounts().add_account(row)) throw std::runtime_error("no account " + name);
    return row.id;
  }

  // A header that speaks for the account, without a log-in.
  api::http::Fields as(const std::string& account) {
    const std::string token = api::base64url(ids.random(32));
    const auto added = database->accounts().add_session(
        {definitions::sha256_hex(token), account, true, real_clock.now(), real_clock.now(),
         real_clock.now() + std::chrono::hours(24)});
    if (!added) throw std::runtime_error("no session");
    return {{"authorization", "Bearer " + token}};
  }
  api::http::Fields as(const std::string& post, const std::string& unit) {
    return as(staff(post + "." + unit, post, unit));
  }

  api::http::Response ask(const Asked& asked) {
    auto request = api::http::request_for(asked.method, asked.target).value();
    request.headers = asked.headers;
    request.headers.add("host", "127.0.0.1:8080");
    if (!asked.body.is_null()) {
      request.body = workflow::canonical(asked.body);
      request.headers.add("content-type", "application/json");
    }
    request.remote_address = address;
    request.trace_id = "trace";
    request.language = api::http::Language::en;
    return router.handle(std::move(request));
  }

  // With an Idempotency-Key of its own.
  api::http::Response post(const std::string& target, workflow::Value body,
                           api::http::Fields headers) {
    if (!headers.has("idempotency-key")) {
      headers.add("idempotency-key", "key-" + std::to_string(++keys_));
    }
    return ask({"POST", target, std::move(body), std::move(headers)});
  }
  api::http::Response get(const std::string& target, const api::http::Fields& headers = {}) {
    return ask({"GET", target, {}, headers});
  }

  const TemporaryFolder folder;
  const definitions::Organisation organisation;
  const api::http::Texts texts;
  FrozenClock clock{"2026-09-01T01:00:00Z"};       // the database's
  FrozenClock real_clock{"2026-11-24T01:00:00Z"};  // of sessions
  api::RandomIds ids;
  AuditLines audit_log;
  std::string address = "192.0.2.1";
  TestDatabase database;
  const api::Keyring keyring;
  api::Accounts accounts;
  api::Authentication authentication;
  api::Registry registry;
  api::resources::Sessions sessions;
  api::resources::Users users;
  api::resources::Organisations organisations;
  api::resources::Persons persons;
  api::resources::Households households;
  const api::http::Router router;

 private:
  std::vector<api::http::Route> all_routes() {
    std::vector<api::http::Route> routes;
    for (auto part : {sessions.routes(), users.routes(), organisations.routes(), persons.routes(),
                      households.routes()}) {
      for (auto& route : part) routes.push_back(std::move(route));
    }
    return routes;
  }

  int keys_ = 0;
};

inline workflow::Value body_of(const api::http::Response& response) {
  return workflow::parse(response.body).value_or(nullptr);
}
inline std::string code_of(const api::http::Response& response) {
  return body_of(response)["code"].text();
}
// "code pointer" of each refusal, one behind the other.
inline std::string refusals_of(const api::http::Response& response) {
  const workflow::Value body = body_of(response);
  std::string all;
  for (const workflow::Value& refusal : body["refusals"].items()) {
    if (!all.empty()) all += ", ";
    all += refusal["code"].text();
    if (refusal.has("pointer")) all += " " + refusal["pointer"].text();
  }
  return all;
}

}  // namespace yimen::tests
