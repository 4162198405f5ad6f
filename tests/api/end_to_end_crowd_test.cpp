// Many at once over real sockets: one key has one effect, one revision has one winner, and what
// needs no revision gets through whoever else is there.
#include <atomic>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "tests/support/problems.hpp"
#include "tests/support/township_case.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

// Each on a thread and a connection of its own, let go together.
std::vector<Answer> at_once(int count, const std::function<Answer(int)>& ask) {
  std::vector<Answer> answers(static_cast<std::size_t>(count));
  std::atomic<int> waiting{count};
  std::vector<std::thread> crowd;
  for (int number = 0; number < count; ++number) {
    crowd.emplace_back([&, number] {
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      answers[static_cast<std::size_t>(number)] = ask(number);
    });
  }
  for (std::thread& one : crowd) one.join();
  return answers;
}

std::map<std::string, int> outcomes(const std::vector<Answer>& answers) {
  std::map<std::string, int> counts;
  for (const Answer& answer : answers) ++counts[outcome_of(answer)];
  return counts;
}

std::set<std::string> bodies(const std::vector<Answer>& answers) {
  std::set<std::string> all;
  for (const Answer& answer : answers) all.insert(answer.body);
  return all;
}

using Outcomes = std::map<std::string, int>;

std::string tag_of(const TownshipCase& subject) {
  return "\"r" + std::to_string(subject.revision()) + "\"";
}

}  // namespace

SCENARIO("the same key a hundred times at once has one effect and one answer") {
  TownshipServer server;
  constexpr int crowd = 100;

  GIVEN("a lead that is entered") {
    const Value opening = TownshipCase::opening(server, "shili_1");
    const Staff& worker = server.staff("village_worker@shili_1");
    const auto before = server.rows();
    const auto answers = at_once(crowd, [&](int) {
      return server.client_of(worker).post("/v1/cases", opening, {{"idempotency-key", "once"}});
    });
    CHECK(outcomes(answers) == Outcomes{{"201", crowd}});
    CHECK(bodies(answers).size() == 1);
    CHECK(server.rows().at("cases") == before.at("cases") + 1);
    CHECK(server.journal_length() == before.at("journal") + 1);
  }
  GIVEN("an annotation") {
    TownshipCase subject(server);
    const Staff& worker = server.staff("village_worker@shili_1");
    const auto before = server.journal_length();
    const auto answers = at_once(crowd, [&](int) {
      return server.client_of(worker).post(subject.path("/annotations"),
                                           subject.annotation("note"),
                                           {{"idempotency-key", "once"}});
    });
    CHECK(outcomes(answers) == Outcomes{{"200", crowd}});
    CHECK(bodies(answers).size() == 1);
    CHECK(server.journal_length() == before + 1);
  }
  GIVEN("a step with If-Match") {
    TownshipCase subject(server);
    subject.visited();
    const Staff& worker = server.staff("village_worker@shili_1");
    const Value step = subject.transition("submit_for_review");
    const std::string tag = tag_of(subject);
    const auto before = server.journal_length();
    const auto answers = at_once(crowd, [&](int) {
      return server.client_of(worker).post(subject.path("/transitions"), step,
                                           {{"idempotency-key", "once"}, {"if-match", tag}});
    });
    CHECK(outcomes(answers) == Outcomes{{"200", crowd}});
    CHECK(bodies(answers).size() == 1);
    CHECK(server.journal_length() == before + 1);
  }
  GIVEN("a signature") {
    TownshipCase subject(server);
    subject.with_withdrawal_proposed();
    const Value view = subject.look();
    const Value proposal = view["proposals"].items().front()["proposal"];
    const Staff& signer = server.staff("deputy_commander@station");
    const auto before = server.journal_length();
    const auto answers = at_once(crowd, [&](int) {
      return server.client_of(signer).post(subject.path("/signoffs"),
                                           Object{{"proposal", proposal}, {"choice", "agree"}},
                                           {{"idempotency-key", "once"}});
    });
    CHECK(outcomes(answers) == Outcomes{{"200", crowd}});
    CHECK(bodies(answers).size() == 1);
    CHECK(server.journal_length() == before + 1);
  }
  GIVEN("a person and a household") {
    const std::string head = server.person("shili_1");
    const Staff& clerk = server.staff("station_clerk@station");
    const Object person{{"name", "示例"},
                        {"village", "shili_1"},
                        {"identity", Object{{"type", "identity_number"},
                                            {"number", identity_number(555)}}}};
    const Object house{{"village", "shili_1"}, {"head", head}, {"address", "示例组一号"}};
    const auto before = server.rows();
    const auto people = at_once(crowd, [&](int) {
      return server.client_of(clerk).post("/v1/persons", person, {{"idempotency-key", "p"}});
    });
    const auto houses = at_once(crowd, [&](int) {
      return server.client_of(clerk).post("/v1/households", house, {{"idempotency-key", "h"}});
    });
    CHECK(outcomes(people) == Outcomes{{"201", crowd}});
    CHECK(outcomes(houses) == Outcomes{{"201", crowd}});
    CHECK(bodies(people).size() == 1);
    CHECK(bodies(houses).size() == 1);
    CHECK(server.rows().at("persons") == before.at("persons") + 1);
    CHECK(server.rows().at("households") == before.at("households") + 1);
  }
  CHECK(server.counts().defects == 0);
}

SCENARIO("a key belongs to one request of one account") {
  TownshipServer server;
  TownshipCase subject(server);
  Client worker = server.client("village_worker@shili_1");
  const Value note = subject.annotation("note");
  const api::http::Fields key{{"idempotency-key", "mine"}};
  const Answer first = worker.post(subject.path("/annotations"), note, key);
  CHECK(outcome_of(first) == "200");

  THEN("another body, or another path, under the same key is refused") {
    const Value other = subject.annotation("note", {{"text", "另一条"}});
    const Answer answer = worker.post(subject.path("/annotations"), other, key);
    CHECK(outcome_of(answer) == "422 idempotency_key_reused");
    check_is_problem(answer);
    TownshipCase second(server);
    CHECK(outcome_of(worker.post(second.path("/annotations"), note, key)) ==
          "422 idempotency_key_reused");
  }
  THEN("the same body written otherwise, and the key in quotes, are the same request") {
    const std::string spaced = "{ \"data\" : " + canonical(note["data"]) +
                               ",\n \"annotation\":\"note\"}";
    const Answer again = worker.send("POST", subject.path("/annotations"), spaced,
                                     {{"idempotency-key", "\"mine\""}});
    CHECK(again.body == first.body);
  }
  THEN("another account's same key is its own") {
    const auto before = server.journal_length();
    Client head = server.client("village_commander@shili_1");
    CHECK(outcome_of(head.post(subject.path("/annotations"), note, key)) == "200");
    CHECK(server.journal_length() == before + 1);
  }
  THEN("the earlier answer comes back although the case has gone on") {
    subject.in_village_review();
    const Answer again = worker.post(subject.path("/annotations"), note, key);
    CHECK(again.body == first.body);
    CHECK(again.header("etag") == first.header("etag"));
  }
  THEN("a refused request leaves its key free") {
    const api::http::Fields fresh{{"idempotency-key", "free"}};
    CHECK(worker.post(subject.path("/annotations"), Object{{"annotation", "sing"}}, fresh).status ==
          409);
    CHECK(worker.post(subject.path("/annotations"), note, fresh).status == 200);
  }
}

SCENARIO("of many who move one case on from the same revision, one does") {
  TownshipServer server;
  TownshipCase subject(server);
  subject.visited();
  const Staff& worker = server.staff("village_worker@shili_1");
  const Value step = subject.transition("submit_for_review");
  const std::string tag = tag_of(subject);
  const auto before = server.journal_length();
  const auto answers = at_once(32, [&](int number) {
    return server.client_of(worker).post(
        subject.path("/transitions"), step,
        {{"idempotency-key", "k" + std::to_string(number)}, {"if-match", tag}});
  });
  CHECK(outcomes(answers) == Outcomes{{"200", 1}, {"412 stale_revision", 31}});
  CHECK(server.journal_length() == before + 1);
}

SCENARIO("annotations of a crowd all go on record, one after another") {
  TownshipServer server;
  TownshipCase subject(server);
  const Staff& worker = server.staff("village_worker@shili_1");
  const Value note = subject.annotation("note");
  constexpr int crowd = 64;
  const auto before = subject.look()["sequence"].integer();
  const auto answers = at_once(crowd, [&](int number) {
    return server.client_of(worker).post(subject.path("/annotations"), note,
                                         {{"idempotency-key", "k" + std::to_string(number)}});
  });
  CHECK(outcomes(answers) == Outcomes{{"200", crowd}});
  std::set<std::int64_t> sequences;
  for (const Answer& answer : answers) sequences.insert(answer.json()["sequence"].integer());
  CHECK(sequences.size() == crowd);
  CHECK(*sequences.rbegin() == before + crowd);
}

SCENARIO("two who sign at the same instant both succeed") {
  TownshipServer server;
  const std::vector<std::string> signers{"deputy_commander@station", "commander@station"};
  for (const std::string& signer : signers) (void)server.staff(signer);
  for (int time = 0; time < 5; ++time) {
    TownshipCase subject(server);
    subject.with_withdrawal_proposed();
    const Value view = subject.look();
    const Value proposal = view["proposals"].items().front()["proposal"];
    const auto answers = at_once(2, [&](int number) {
      return server.client(signers[static_cast<std::size_t>(number)])
          .post(subject.path("/signoffs"), Object{{"proposal", proposal}, {"choice", "agree"}},
                {{"idempotency-key", fresh_key()}});
    });
    CHECK(outcomes(answers) == Outcomes{{"200", 2}});
    CHECK(subject.look()["state"].text() == "withdrawn");
  }
}

SCENARIO("of many who register one identity number, one does") {
  TownshipServer server;
  const Staff& clerk = server.staff("station_clerk@station");
  const auto answers = at_once(32, [&](int number) {
    const Object person{{"name", "示例" + std::to_string(number)},
                        {"village", "shili_1"},
                        {"identity", Object{{"type", "identity_number"},
                                            {"number", identity_number(556)}}}};
    return server.client_of(clerk).post("/v1/persons", person,
                                        {{"idempotency-key", fresh_key()}});
  });
  CHECK(outcomes(answers) == Outcomes{{"201", 1}, {"409 already_known", 31}});
}

SCENARIO("of many accounts of one name, one is made") {
  TownshipServer server;
  const Staff& administrator = server.staff("administrator@station");
  const auto answers = at_once(6, [&](int number) {
    const Object user{{"name", "maria"},
                      {"display_name", "示例" + std::to_string(number)},
                      {"password", "correct horse battery"},
                      {"posts", Array{}}};
    return server.client_of(administrator)
        .post("/v1/users", user, {{"idempotency-key", fresh_key()}});
  });
  CHECK(outcomes(answers) == Outcomes{{"201", 1}, {"409 already_known", 5}});
}
