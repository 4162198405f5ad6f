// Bad input is answered with a problem and changes nothing: no row of any table.
#include <functional>

#include "tests/support/problems.hpp"
#include "tests/support/township_case.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

class Desk {
 public:
  explicit Desk(TownshipServer& server) : server_(server) {}

  // The outcome of a request that must change nothing.
  std::string refused(const std::string& who, const std::string& method, const std::string& target,
                      const std::string& body, api::http::Fields headers = {}) {
    headers.set("idempotency-key", fresh_key());
    Client client = server_.client(who);
    const auto before = server_.rows();
    const Answer answer = client.send(method, target, body, headers);
    CHECK(answer.status < 500);
    if (answer.status >= 400) check_is_problem(answer);
    CHECK(server_.rows() == before);
    last = answer;
    return outcome_of(answer);
  }
  std::string refused(const std::string& target, const Value& body,
                      api::http::Fields headers = {}) {
    return refused("station_clerk@station", "POST", target, canonical(body), std::move(headers));
  }
  // "code pointer" of the first reason.
  [[nodiscard]] std::string reason() const {
    const Value problem = last.json();
    if (problem["refusals"].items().empty()) return {};
    const Value& first = problem["refusals"].items().front();
    return first["code"].text() + " " + first["pointer"].text();
  }

  Answer last;

 private:
  TownshipServer& server_;
};

Value with(Value form, const std::string& member, Value value) {
  form.make_object().set(member, std::move(value));
  return form;
}

Value facts_with(const Value& opening, const std::string& member, Value value) {
  return with(opening, "facts", with(opening["facts"], member, std::move(value)));
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

}  // namespace

SCENARIO("a body that is no JSON of ours is refused before anything reads it") {
  TownshipServer server;
  TownshipCase subject(server);
  Desk desk(server);
  const auto send = [&](const std::string& body) {
    return desk.refused("station_clerk@station", "POST", subject.path("/annotations"), body);
  };
  for (const std::string& body : std::vector<std::string>{
           "", "{", "{\"annotation\":", "nonsense", "null", "7", "\"text\"", "[]",
           "{\"annotation\":\"note\"} x", "{'annotation':'note'}", "{\"annotation\":\"note\",}",
           "{\"annotation\":NaN}", "{\"annotation\":1e999}", "{\"annotation\":1.5}",
           "{\"annotation\":18446744073709551616}", "{\"annotation\":\"\x01\"}",
           "\xEF\xBB\xBF{\"annotation\":\"note\"}", std::string("{\"a\0\":1}", 9)}) {
    CAPTURE(body);
    CHECK(send(body) == "400 malformed_json");
  }
  CHECK(send("{\"data\":" + nested(40) + "}") == "400 malformed_json");
  CHECK(send("{\"data\":" + nested(30'000) + "}") == "400 malformed_json");
  CHECK(send("{\"annotation\":\"note\",\"annotation\":\"note\"}") == "400 malformed_json");
  CHECK(send("{\"annotation\":\"note\",\"data\":{\"text\":\"a\",\"text\":\"b\"}}") ==
        "400 malformed_json");
  for (const char* bytes :
       {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF8\x88\x80\x80\x80", "\xE4\xBD"}) {
    CHECK(send("{\"annotation\":\"note\",\"data\":{\"text\":\"" + std::string(bytes) + "\"}}") ==
          "400 malformed_json");
  }
  CHECK(server.counts().defects == 0);
}

SCENARIO("an unknown member is refused in the envelope, beside it and in the form") {
  TownshipServer server;
  TownshipCase subject(server);
  Desk desk(server);
  const Value note = subject.annotation("note");
  const std::string path = subject.path("/annotations");
  CHECK(desk.refused(path, with(note, "state", "archived")) == "400 unknown_member");
  CHECK(desk.reason() == "unknown_member /state");
  CHECK(desk.refused(path, with(note, "as", Object{{"post", "station_clerk"}, {"level", "x"}})) ==
        "400 unknown_member");
  CHECK(desk.reason() == "unknown_member /as/level");
  CHECK(desk.refused(path, with(note, "as", Object{{"post", 7}})) == "400 invalid_member");
  CHECK(desk.refused(path, with(note, "as", Object{{"unit", "station"}})) == "400 invalid_member");
  CHECK(desk.refused(path, with(note, "as", "station_clerk")) == "400 invalid_member");
  CHECK(desk.refused(path, with(note, "data", with(note["data"], "author", "x"))) ==
        "422 form_invalid");
  CHECK(desk.reason() == "unknown_member /author");
  CHECK(desk.refused(path, with(note, "as", Object{{"post", "commander"}})) ==
        "403 not_your_post");
  // A member's name that might be somebody's number is not repeated.
  CHECK(desk.refused(path, with(note, identity_number(1), 1)) == "400 unknown_member");
  CHECK(desk.last.body.find(identity_number(1)) == std::string::npos);
}

SCENARIO("forms refuse values that cannot be") {
  TownshipServer server;
  Desk desk(server);
  const Value opening = TownshipCase::opening(server, "shili_1");
  const auto opens = [&](const std::string& member, Value value) {
    return desk.refused("/v1/cases", facts_with(opening, member, std::move(value)));
  };
  CHECK(opens("category", "cake") == "422 form_invalid");
  CHECK(opens("subject", identity_number(1)) == "422 form_invalid");
  CHECK(opens("subject", std::string(unknown_id)) == "422 form_invalid");
  CHECK(opens("known", "") == "422 form_invalid");
  CHECK(opens("known", std::string(2001, 'a')) == "422 form_invalid");
  CHECK(opens("emergency", "yes") == "422 form_invalid");
  CHECK(opens("place", Object{{"village", "shili_1"}}) == "422 form_invalid");
  CHECK(opens("place", Object{{"village", "nowhere"}, {"registered_outside", false}}) ==
        "422 form_invalid");
  CHECK(desk.reason() == "unknown_unit /place/village");
  CHECK(opens("place", Object{{"village", "civil_affairs_office"},
                              {"registered_outside", false}}) == "422 form_invalid");
  CHECK(desk.refused("/v1/cases", with(opening, "event", "archive")) == "409 no_such_step");
  CHECK(desk.refused("/v1/cases", with(opening, "occurred_at", "2026-02-29T00:00:00Z")) ==
        "400 invalid_member");
  CHECK(desk.refused("/v1/cases", with(opening, "occurred_at", "2026-03-01 08:00")) ==
        "400 invalid_member");
  CHECK(desk.refused("/v1/cases", with(opening, "occurred_at", "2026-03-03T00:00:00Z")) ==
        "422 form_invalid");
  CHECK(desk.refused("/v1/cases", with(opening, "occurred_at", "2025-03-03T00:00:00Z")) ==
        "422 form_invalid");
}

SCENARIO("a department, a list number, a date and a sum are looked at") {
  TownshipServer server;
  TownshipCase subject(server);
  subject.reported_to_station();
  subject.take("station_clerk@station", "accept",
               {{"category", "temporary_relief"}, {"basis", "application"}});
  Desk desk(server);
  const std::string tag = "\"r" + std::to_string(subject.revision()) + "\"";
  const auto assigns = [&](const Object& members) {
    return desk.refused(subject.path("/transitions"), subject.transition("assign", members),
                        {{"if-match", tag}});
  };
  CHECK(assigns({{"unit", "baking_office"}}).substr(0, 3) == "422");
  CHECK(assigns({{"unit", "shili_1"}}).substr(0, 3) == "422");
  CHECK(assigns({{"unit", "social_security_office"}}) == "422 conditions_not_met");
  CHECK(assigns({{"list_number", std::string(60'000, 'a')}}) == "422 form_invalid");
  CHECK(assigns({{"list_number", "a b"}}) == "422 form_invalid");
  CHECK(desk.reason() == "pattern /list_number");

  const auto measures = [&](const Object& members) {
    return desk.refused(subject.path("/annotations"),
                        subject.annotation("record_measure", members));
  };
  const auto money = [](const char* amount, const char* currency = "CNY") {
    return Object{{"amount", amount}, {"currency", currency}};
  };
  CHECK(measures({{"from", "2026-02-29"}}) == "422 form_invalid");
  CHECK(desk.reason() == "civil_date /from");
  CHECK(measures({{"from", "2026-13-01"}}) == "422 form_invalid");
  CHECK(measures({{"from", "26-01-01"}}) == "422 form_invalid");
  CHECK(measures({{"amount", money("1e3")}}) == "422 form_invalid");
  CHECK(measures({{"amount", money("-1.00")}}) == "422 form_invalid");
  CHECK(measures({{"amount", money("1.00", "USD")}}) == "422 form_invalid");
  CHECK(measures({{"amount", 100}}) == "422 form_invalid");
}

SCENARIO("identity numbers, birthdays and phones of people are looked at") {
  TownshipServer server;
  Desk desk(server);
  const std::string right = identity_number(10);
  const auto registers = [&](const std::string& number, const Object& more = {}) {
    Object person{{"name", "示例"},
                  {"village", "shili_1"},
                  {"identity", Object{{"type", "identity_number"}, {"number", number}}}};
    for (const auto& [name, value] : more) person.set(name, value);
    return desk.refused("/v1/persons", person);
  };
  std::string wrong = right;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  CHECK(registers(wrong) == "422 form_invalid");
  CHECK(desk.reason() == "identity_number_check_digit /identity/number");
  CHECK(registers("999999197002301010") == "422 form_invalid");
  CHECK(desk.reason() == "identity_number_date /identity/number");
  CHECK(registers("12345") == "422 form_invalid");
  CHECK(registers("999999********101X") == "422 form_invalid");
  CHECK(registers(right, {{"born_on", "2026-02-29"}}) == "422 form_invalid");
  CHECK(registers(right, {{"born_on", "1980-01-01"}}) == "422 form_invalid");
  CHECK(desk.reason() == "differs_from_identity_number /born_on");
  CHECK(registers(right, {{"phone", "12"}}) == "422 form_invalid");
  CHECK(registers(right, {{"sex", "unknown"}}) == "422 form_invalid");
  CHECK(registers(right, {{"name", "示*"}}) == "422 form_invalid");
  CHECK(registers(right, {{"name", "示\u0007例"}}) == "422 form_invalid");
  CHECK(registers(right, {{"household", std::string(unknown_id)}}) == "422 form_invalid");
  CHECK(registers(right, {{"role", "administrator"}}) == "400 unknown_member");
}

SCENARIO("a stale revision, a step from elsewhere and an odd If-Match move nothing") {
  TownshipServer server;
  TownshipCase subject(server);
  subject.visited();
  Desk desk(server);
  const auto moves = [&](const std::string& event, const std::string& tag) {
    return desk.refused("village_worker@shili_1", "POST", subject.path("/transitions"),
                        canonical(Object{{"event", event}, {"data", Object{}}}),
                        {{"if-match", tag}});
  };
  const std::string tag = "\"r" + std::to_string(subject.revision()) + "\"";
  CHECK(moves("submit_for_review", "\"r1\"") == "412 stale_revision");
  CHECK(moves("submit_for_review", "\"r999999999999999999999999\"") == "412 stale_revision");
  CHECK(moves("submit_for_review", "\"r-1\"") == "412 stale_revision");
  CHECK(moves("submit_for_review", "\"1\"") == "412 stale_revision");
  CHECK(moves("submit_for_review", "r1") == "400 if_match_invalid");
  CHECK(moves("submit_for_review", "*") == "400 if_match_invalid");
  CHECK(moves("submit_for_review", "\"r1") == "400 if_match_invalid");
  for (const char* event : {"agree", "archive", "approve", "county_approve", "reopen", "discover",
                            "note", "no_such_event", ""}) {
    CAPTURE(event);
    CHECK(moves(event, tag) == "409 no_such_step");
  }
  CHECK(moves("take_back", tag).substr(0, 3) == "422");
}
