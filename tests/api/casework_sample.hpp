// A township office with every resource, for the tests of what is done with cases: a real database
// in a folder of its own, clocks that stand still, the routes behind a router without sockets.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/routes.hpp"
#include "tests/api/registry_sample.hpp"

namespace yimen::tests {

inline const api::Rulebook& shared_rulebook() {
  static const api::Rulebook rulebook =
      api::Rulebook::load(std::string(YIMEN_SOURCE_DIR) + "/definitions").value();
  return rulebook;
}

class Casework {
 public:
  using Fields = api::http::Fields;
  using Response = api::http::Response;

  explicit Casework(const api::Rulebook& given = shared_rulebook())
      : rulebook(given),
        database({.jurisdiction = rulebook.organisation().jurisdiction,
                  .vocabulary = rulebook.vocabulary()}),
        keyring(api::Keyring::open(folder.file("key")).value()),
        accounts(database->accounts(), rulebook.organisation(), clock, ids),
        authentication(accounts, *database, clock, ids),
        service(*database, rulebook, keyring, clock, ids),
        feed(database->news(), accounts, authentication, clock),
        resources({.database = *database,
                   .rulebook = rulebook,
                   .keyring = keyring,
                   .service = service,
                   .accounts = accounts,
                   .authentication = authentication,
                   .audit_log = audit_log,
                   .clock = clock,
                   .real_clock = clock,
                   .ids = ids,
                   .feed = feed}),
        router(rulebook.texts(), resources.routes(), [this](api::http::Request& request) {
          return authentication.authenticate(request);
        }) {}

  // ---- people -----------------------------------------------------------------------------------

  std::string staff(const std::string& name, const std::vector<persistence::PostRow>& posts) {
    persistence::AccountRow row;
    row.id = ids.uuid(clock.now());
    row.name = name;
    row.display_name = name;
    row.password_hash = "none";
    row.posts = posts;
    row.created_at = clock.now();
    if (!database->accounts().add_account(row)) throw std::runtime_error("no account " + name);
    return row.id;
  }
  // A header that speaks for the account, without a log-in.
  Fields as(const std::string& account) {
    const std::string token = api::base64url(ids.random(32));
    const auto added = database->accounts().add_session(
        {definitions::sha256_hex(token), account, true, clock.now(), clock.now(),
         clock.now() + std::chrono::days(30)});
    if (!added) throw std::runtime_error("no session");
    return {{"authorization", "Bearer " + token}};
  }
  // For the holder of a post, made when first asked for.
  Fields as(const std::string& post, const std::string& unit) {
    const std::string name = post + "." + unit;
    const auto known = database->accounts().account_named(name);
    return as(known ? known->id : staff(name, {{post, unit}}));
  }
  std::string person(const std::string& village) {
    persistence::PersonRow row;
    row.id = ids.uuid(clock.now());
    row.household = row.id;
    row.village = village;
    row.wrapped_key = keyring.new_person_key(row.id);
    row.created_at = clock.now();
    if (!database->persons().add_person(row, {})) throw std::runtime_error("no person");
    return row.id;
  }

  // ---- requests ---------------------------------------------------------------------------------

  Response ask(const std::string& method, const std::string& target, const Fields& headers,
               const std::string& body = {}) {
    auto request = api::http::request_for(method, target).value();
    request.headers = headers;
    request.headers.add("host", "127.0.0.1:8080");
    request.body = body;
    request.remote_address = "192.0.2.1";
    request.trace_id = "trace";
    request.language = api::http::Language::en;
    return router.handle(std::move(request));
  }
  Response get(const std::string& target, const Fields& headers = {}) {
    return ask("GET", target, headers);
  }
  // With an Idempotency-Key of its own, unless there is one.
  Response post(const std::string& target, const workflow::Value& body, Fields headers) {
    if (!headers.has("idempotency-key")) headers.add("idempotency-key", fresh_key());
    headers.add("content-type", "application/json");
    return ask("POST", target, headers, workflow::canonical(body));
  }
  Response put(const std::string& target, const workflow::Value& body, Fields headers) {
    headers.add("content-type", "application/json");
    return ask("PUT", target, headers, workflow::canonical(body));
  }
  Response remove(const std::string& target, const Fields& headers) {
    return ask("DELETE", target, headers);
  }
  std::string fresh_key() { return "key-" + std::to_string(++keys_); }

  // ---- cases ------------------------------------------------------------------------------------

  // A case that the village has found; its id.
  std::string found_case(const std::string& village = "shili_1") {
    const std::string subject = person(village);
    const workflow::Object facts{
        {"channel", "patrol"},
        {"place", workflow::Object{{"village", village}, {"registered_outside", false}}},
        {"subject", subject},
        {"household", subject},
        {"key_category", "other"},
        {"category", "temporary_relief"},
        {"known", "走访得知家中近来困难。"},
        {"emergency", false},
        {"restricted", "none"},
        {"authorisation", true}};
    const auto answer =
        post("/v1/cases", workflow::Object{{"procedure", "assistance"}, {"facts", facts}},
             as("village_worker", village));
    return expect(answer, 201)["id"].text();
  }
  // One that has come to the station by an application, where it waits to be accepted.
  std::string applied_case(const std::string& village = "shili_1") {
    const std::string id = found_case(village);
    const auto row = database->cases().load(id);
    (void)expect(
        post("/v1/batches", batch({transition(id, "receive_application",
                                              {{"channel", "counter"},
                                               {"application_digest", std::string(64, 'a')},
                                               {"authorisation", true},
                                               {"applicant", row->subject.fact("subject")}})}),
             as("station_clerk", "station")),
        200);
    return id;
  }
  // One that lies with a department, which has not signed for it.
  std::string assigned_case(const std::string& village = "shili_1") {
    const std::string id = applied_case(village);
    (void)expect(post("/v1/batches",
                      batch({acceptance(id),
                             transition(id, "assign", {{"unit", "civil_affairs_office"},
                                                       {"list_number", "2026-03-001"}})}),
                      as("station_clerk", "station")),
                 200);
    return id;
  }
  static workflow::Value transition(const std::string& id, const std::string& event,
                                    const workflow::Object& data) {
    return workflow::Object{{"case", id}, {"event", event}, {"data", data}};
  }
  static workflow::Value acceptance(const std::string& id) {
    return transition(id, "accept", {{"category", "temporary_relief"}, {"basis", "application"}});
  }
  static workflow::Value batch(workflow::Array items) {
    return workflow::Object{{"items", std::move(items)}};
  }
  [[nodiscard]] workflow::Case look(const std::string& id) const {
    return database->cases().load(id)->subject;
  }

  // The body of an answer, every item of a batch taken; throws for anything else.
  static workflow::Value expect(const Response& answer, int status) {
    const workflow::Value body = body_of(answer);
    bool is_expected = answer.status == status;
    for (const workflow::Value& item : body["results"].items()) {
      is_expected = is_expected && item["status"].integer() < 300;
    }
    if (!is_expected) throw std::runtime_error(answer.body);
    return body;
  }

  const api::Rulebook& rulebook;
  const TemporaryFolder folder;
  FrozenClock clock{"2026-03-02T01:00:00Z"};  // a Monday, nine in Shanghai
  api::RandomIds ids;
  AuditLines audit_log;
  TestDatabase database;
  const api::Keyring keyring;
  api::Accounts accounts;
  api::Authentication authentication;
  api::CaseService service;
  api::LiveFeed feed;  // not started
  api::Resources resources;
  const api::http::Router router;

 private:
  int keys_ = 0;
};

}  // namespace yimen::tests
