// The registry of people: what is entered, who sees how much of it, and what lies in the database.
#include <array>
#include <string>

#include "tests/api/registry_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using tests::body_of;
using tests::code_of;
using tests::Office;
using tests::refusals_of;
using workflow::Object;
using workflow::Value;

namespace {

// Area code 999999 belongs to nobody.
std::string number_of(const std::string& birthday, int order) {
  constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  const std::string digits = std::to_string(1000 + order).substr(1);
  std::string number = "999999" + birthday + digits;
  std::size_t sum = 0;
  for (std::size_t at = 0; at < weights.size(); ++at) {
    sum += static_cast<std::size_t>((number[at] - '0') * weights[at]);
  }
  return number + "10X98765432"[sum % 11];
}

Object person(const std::string& name, const std::string& number, const char* village) {
  return Object{{"name", name},
                {"identity", Object{{"type", "identity_number"}, {"number", number}}},
                {"phone", "13800005678"},
                {"village", village}};
}

std::string id_of(const api::http::Response& response) { return body_of(response)["id"].text(); }

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

SCENARIO("a station clerk registers a person") {
  Office office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string number = number_of("19610302", 11);
  GIVEN("a person of a village") {
    const auto added =
        office.post("/v1/persons", person(" 张小三 ", number, "shili_1"), clerk);
    REQUIRE(added.status == 201);
    const std::string id = id_of(added);
    THEN("they are shown masked, with what their number says") {
      CHECK(added.headers.get("location") == "/v1/persons/" + id);
      const Value body = body_of(added);
      CHECK(body["name"].text() == "张小三");
      CHECK(body["identity"]["number"].text() == "999999********" + number.substr(14));
      CHECK(body["phone"].text() == "138****5678");
      CHECK(body["sex"].text() == "male");
      CHECK(body["birth_year"].text() == "1961");
      CHECK(body["village"].text() == "shili_1");
      CHECK(body["created_at"].text() == "2026-09-01T01:00:00.000Z");
      CHECK(office.get("/v1/persons/" + id, clerk).body == added.body);
    }
    THEN("nothing of them lies in clear in the files of the database") {
      const std::string bytes = office.database.bytes();
      CHECK(contains(bytes, id));
      for (const std::string& word : {std::string("张小三"), std::string("张小"), number,
                                      number.substr(6, 8), std::string("13800005678")}) {
        CAPTURE(word);
        CHECK_FALSE(contains(bytes, word));
      }
    }
    WHEN("the number is registered again, with a small x or from elsewhere") {
      const auto again = office.post("/v1/persons", person("李四", number, "shili_2"), clerk);
      THEN("it is known, and who may see the person is told who it is") {
        CHECK(again.status == 409);
        CHECK(code_of(again) == "already_known");
        CHECK(refusals_of(again) == "identity_known /identity/number");
        CHECK(contains(again.body, id));
        CHECK_FALSE(contains(again.body, number));
      }
      THEN("another village hears only that it is known") {
        const auto worker = office.as("village_worker", "shili_2");
        const auto refused =
            office.post("/v1/persons", person("李四", number, "shili_2"), worker);
        CHECK(refused.status == 409);
        CHECK_FALSE(contains(refused.body, id));
      }
    }
  }
  GIVEN("a request that is sent twice") {
    auto headers = clerk;
    headers.add("idempotency-key", "once");
    const Value body = person("张三", number, "shili_1");
    const auto first = office.post("/v1/persons", body, headers);
    THEN("the second answer is the first, and another body is refused") {
      CHECK(office.post("/v1/persons", body, headers).body == first.body);
      const auto other =
          office.post("/v1/persons", person("张四", number, "shili_1"), headers);
      CHECK(other.status == 422);
      CHECK(code_of(other) == "idempotency_key_reused");
    }
  }
}

TEST_CASE("what is wrong with a person is told at once and never repeats it") {
  Office office;
  const auto clerk = office.as("station_clerk", "station");
  const auto refused = [&](const Object& body, int status) {
    const auto answer = office.post("/v1/persons", body, clerk);
    CHECK(answer.status == status);
    CHECK_FALSE(contains(answer.body, "张三"));
    CHECK_FALSE(contains(answer.body, "999999"));
    return refusals_of(answer);
  };
  const std::string number = number_of("19610302", 12);
  Object body = person("张三", number, "shili_1");
  const auto with = [&](const char* member, Value value) {
    Object changed = body;
    changed.set(member, std::move(value));
    return changed;
  };
  const auto identity = [&](Object members) { return with("identity", std::move(members)); };

  CHECK(refused(with("nickname", "x"), 400) == "unknown_member /nickname");
  CHECK(refused(with("name", 7), 400) == "wrong_type /name");
  CHECK(refused(with("village", "nowhere"), 422) == "unknown_unit /village");
  CHECK(refused(with("village", "station"), 422) == "unknown_unit /village");
  CHECK(refused(with("name", "　"), 422) == "too_short /name");
  CHECK(refused(with("name", "张*三"), 422) == "masked_value /name");
  CHECK(refused(with("name", "张\n三"), 422) == "control_character /name");
  CHECK(refused(with("phone", "138****5678"), 422) == "masked_value /phone");
  CHECK(refused(with("phone", "12345"), 422) == "phone /phone");
  CHECK(refused(with("born_on", "1961-03-03"), 422) == "differs_from_identity_number /born_on");
  CHECK(refused(with("sex", "male"), 422) == "differs_from_identity_number /sex");
  CHECK(refused(with("household", office.ids.uuid(office.clock.now())), 422) ==
        "household_id /household");
  const auto numbered = [&](const std::string& text) {
    return identity({{"type", "identity_number"}, {"number", text}});
  };
  CHECK(refused(numbered("999999********0123"), 422) == "masked_value /identity/number");
  CHECK(refused(numbered(number.substr(1)), 422) == "identity_number /identity/number");
  CHECK(refused(numbered(number_of("19610230", 1)), 422) ==
        "identity_number_date /identity/number");
  CHECK(refused(numbered(number.substr(0, 17) + (number[17] == '1' ? "2" : "1")), 422) ==
        "identity_number_check_digit /identity/number");
  CHECK(refused(numbered(number_of("20260902", 1)), 422) ==
        "identity_number_future /identity/number");
  CHECK(refused(numbered(number_of("18950101", 1)), 422) ==
        "identity_number_age /identity/number");
  CHECK(refused(identity({{"type", "identity_number"}}), 400) == "required /identity/number");
  CHECK(refused(identity({{"type", "none"}}), 400) == "required /identity/reason");
  CHECK(refused(identity({{"type", "none"}, {"number", "1"}, {"reason", "new-born"}}), 422) ==
        "not_expected /identity/number");
  CHECK(refused(identity({{"type", "passport"}, {"number", "E1*"}}), 422) ==
        "masked_value /identity/number");
  Object unborn = identity({{"type", "birth_certificate"}, {"number", "A123"}});
  unborn.set("born_on", "2026-09-02");
  CHECK(refused(unborn, 422) == "in_the_future /born_on");
}

TEST_CASE("people without an identity number are registered too") {
  Office office;
  const auto clerk = office.as("hotline_operator", "station");
  Object body{{"name", "阿依古丽·买买提"},
              {"identity", Object{{"type", "none"}, {"reason", "证件遗失"}}},
              {"village", "heyu_community"}};
  const auto without = office.post("/v1/persons", body, clerk);
  CHECK(without.status == 201);
  CHECK(body_of(without)["identity"] == Value(Object{{"type", "none"}}));
  CHECK_FALSE(body_of(without).has("phone"));
  body.set("identity", Object{{"type", "passport"}, {"number", "E12345678"}});
  const auto passport = office.post("/v1/persons", body, clerk);
  CHECK(body_of(passport)["identity"]["number"].text() == "*******78");
  CHECK(office.post("/v1/persons", body, clerk).status == 201);
}

SCENARIO("everybody sees the people whom their post concerns") {
  Office office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id =
      id_of(office.post("/v1/persons", person("张小三", number_of("19610302", 13), "shili_1"),
                        clerk));
  const std::string target = "/v1/persons/" + id;
  const auto name_seen_by = [&](const char* post, const char* unit) {
    const auto answer = office.get(target, office.as(post, unit));
    return answer.status == 200 ? body_of(answer)["name"].text() : std::to_string(answer.status);
  };
  CHECK(name_seen_by("village_worker", "shili_1") == "张小三");
  CHECK(name_seen_by("village_commander", "shili_2") == "404");
  CHECK(name_seen_by("department_clerk", "civil_affairs_office") == "张小三");
  CHECK(name_seen_by("auditor", "station") == "张小三");
  CHECK(name_seen_by("county_liaison", "county_centre") == "张*三");
  CHECK(name_seen_by("administrator", "station") == "404");
  const auto unknown =
      office.get("/v1/persons/" + office.ids.uuid(office.clock.now()), clerk);
  CHECK(unknown.status == 404);
  CHECK(office.get(target, office.as("village_worker", "shili_3")).body == unknown.body);
  CHECK(office.get(target).status == 401);

  THEN("only those who work with people add some, and villages only their own") {
    int order = 500;
    const auto add = [&](const char* post, const char* unit, const char* village) {
      const std::string account = office.staff("adds" + std::to_string(++order), post, unit);
      const Object body = person("李四", number_of("19700101", order), village);
      return office.post("/v1/persons", body, office.as(account)).status;
    };
    CHECK(add("village_worker", "shili_1", "shili_1") == 201);
    CHECK(add("village_worker", "shili_1", "shili_2") == 403);
    CHECK(add("department_head", "disabled_federation", "shili_2") == 201);
    CHECK(add("auditor", "station", "shili_1") == 403);
    CHECK(add("administrator", "station", "shili_1") == 403);
    CHECK(add("county_liaison", "county_centre", "shili_1") == 403);
  }
}

SCENARIO("a person is revealed to those who may, with a reason that is logged") {
  Office office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string number = number_of("19610302", 14);
  const std::string id =
      id_of(office.post("/v1/persons", person("张小三", number, "shili_1"), clerk));
  const std::string target = "/v1/persons/" + id + "/reveal";
  const Value reason = Object{{"reason", "payment"}};
  WHEN("a finance clerk asks with a reason") {
    const auto finance = office.as("finance_clerk", "finance_office");
    const auto revealed = office.ask({"POST", target, reason, finance});
    THEN("everything is shown, and the log holds who, whom and why, but nothing personal") {
      CHECK(revealed.status == 200);
      const Value body = body_of(revealed);
      CHECK(body["identity"]["number"].text() == number);
      CHECK(body["phone"].text() == "13800005678");
      CHECK(body["born_on"].text() == "1961-03-02");
      REQUIRE(office.audit_log.lines.size() == 1);
      const api::AuditLine& line = office.audit_log.lines.front();
      CHECK(line.action == "reveal");
      CHECK(line.subject == id);
      CHECK(line.reason == "payment");
      CHECK(line.at == office.real_clock.now());
    }
  }
  WHEN("somebody asks who may not, or without a reason of the list") {
    THEN("nothing is shown and nothing logged") {
      const auto ask = [&](const api::http::Fields& headers, const Value& body) {
        return office.ask({"POST", target, body, headers}).status;
      };
      CHECK(ask(office.as("village_worker", "shili_1"), reason) == 403);
      CHECK(ask(office.as("auditor", "station"), reason) == 403);
      CHECK(ask(office.as("village_worker", "shili_2"), reason) == 404);
      CHECK(ask(office.as("administrator", "station"), reason) == 404);
      CHECK(ask(clerk, Object{}) == 400);
      CHECK(ask(clerk, Object{{"reason", "curiosity"}}) == 422);
      CHECK(ask({}, reason) == 401);
      CHECK(office.audit_log.lines.empty());
    }
  }
  WHEN("the log cannot be written") {
    office.audit_log.is_full = true;
    THEN("nothing is shown") {
      const auto refused = office.ask({"POST", target, reason, clerk});
      CHECK(refused.status == 503);
      CHECK_FALSE(contains(refused.body, number));
    }
  }
}

SCENARIO("people are found by the beginning of a name or by their number") {
  Office office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string number = number_of("19800101", 21);
  const auto add = [&](const char* name, const std::string& digits, const char* village) {
    REQUIRE(office.post("/v1/persons", person(name, digits, village), clerk).status == 201);
    office.clock.pass(std::chrono::seconds(1));
  };
  add("王小明", number, "shili_1");
  add("王小", number_of("19800101", 22), "shili_2");
  add("王大", number_of("19800101", 23), "shili_2");
  add("Ali·Bek", number_of("19800101", 24), "shili_2");
  const auto found = [&](const api::http::Fields& headers, Object criteria) {
    const auto answer = office.ask({"POST", "/v1/persons/search", std::move(criteria), headers});
    if (answer.status != 200) return std::to_string(answer.status);
    std::string names;
    const Value body = body_of(answer);
    for (const Value& item : body["items"].items()) names += item["name"].text() + " ";
    return names;
  };
  THEN("the station finds everybody who fits") {
    CHECK(found(clerk, {{"name", "王小"}}) == "王小明 王小 ");
    CHECK(found(clerk, {{"name", "王"}, {"limit", 2}}) == "王小明 王小 ");
    CHECK(found(clerk, {{"name", "王 小 明"}}) == "王小明 ");
    CHECK(found(clerk, {{"name", "ali•b"}}) == "Ali·Bek ");
    CHECK(found(clerk, {{"name", "小明"}}) == "");
    CHECK(found(clerk, {{"identity_number", number}}) == "王小明 ");
    CHECK(found(clerk, {{"identity_number", number_of("19800101", 99)}}) == "");
  }
  THEN("a village finds its own people only") {
    const auto worker = office.as("village_worker", "shili_2");
    CHECK(found(worker, {{"name", "王"}}) == "王小 王大 ");
    CHECK(found(worker, {{"name", "王"}, {"limit", 1}}) == "王小 ");
    CHECK(found(worker, {{"name", "王小明"}}) == "");
    CHECK(found(worker, {{"identity_number", number}}) == "");
  }
  THEN("a search asks for one thing, and administrators search for nobody") {
    CHECK(found(clerk, {}) == "400");
    CHECK(found(clerk, {{"name", "王"}, {"identity_number", number}}) == "422");
    CHECK(found(clerk, {{"name", " "}}) == "422");
    CHECK(found(clerk, {{"identity_number", "123"}}) == "422");
    CHECK(found(clerk, {{"name", "王"}, {"limit", 51}}) == "422");
    CHECK(found(clerk, {{"address", "x"}}) == "400");
    CHECK(found(office.as("administrator", "station"), {{"name", "王"}}) == "403");
    CHECK(found({}, {{"name", "王"}}) == "401");
  }
}

SCENARIO("a household has a head, members and an address") {
  Office office;
  const auto worker = office.as("village_worker", "shili_1");
  const std::string head = id_of(
      office.post("/v1/persons", person("张小三", number_of("19610302", 31), "shili_1"), worker));
  const Object body{{"village", "shili_1"}, {"head", head}, {"address", "三组八号院"}};
  auto headers = worker;
  headers.add("idempotency-key", "house");
  const auto added = office.post("/v1/households", body, headers);
  REQUIRE(added.status == 201);
  const std::string id = id_of(added);
  THEN("it is shown with its head, and the address lies sealed") {
    CHECK(added.headers.get("location") == "/v1/households/" + id);
    CHECK(body_of(added)["address"].text() == "三组八号院");
    REQUIRE(body_of(added)["members"].items().size() == 1);
    CHECK(office.post("/v1/households", body, headers).body == added.body);
    CHECK_FALSE(contains(office.database.bytes(), "三组八号院"));
  }
  THEN("a person joins it") {
    Object child = person("张小四", number_of("20150302", 32), "shili_1");
    child.set("household", id);
    CHECK(office.post("/v1/persons", child, worker).status == 201);
    const auto shown = office.get("/v1/households/" + id, worker);
    CHECK(body_of(shown)["members"].items().size() == 2);
  }
  THEN("others see it as far as their post goes") {
    const auto county = office.get("/v1/households/" + id,
                                   office.as("county_liaison", "county_centre"));
    CHECK(county.status == 200);
    CHECK_FALSE(body_of(county).has("address"));
    CHECK(office.get("/v1/households/" + id, office.as("village_worker", "shili_2")).status ==
          404);
    CHECK(office.get("/v1/households/" + id, office.as("administrator", "station")).status ==
          404);
    CHECK(office.get("/v1/households/" + id).status == 401);
  }
  THEN("a household that does not fit is refused") {
    const auto clerk = office.as("station_clerk", "station");
    const auto refused = [&](const char* member, const char* value) {
      Object wrong = body;
      wrong.set(member, value);
      return refusals_of(office.post("/v1/households", wrong, clerk));
    };
    CHECK(refused("village", "shili_2") == "other_village /head");
    CHECK(refused("head", "018f0000-0000-7000-8000-000000000000") == "person_id /head");
    CHECK(refused("address", "***") == "masked_value /address");
    CHECK(refused("rent", "1") == "unknown_member /rent");
    Object elsewhere = body;
    elsewhere.set("village", "shili_2");
    CHECK(office.post("/v1/households", elsewhere, worker).status == 403);
  }
}
