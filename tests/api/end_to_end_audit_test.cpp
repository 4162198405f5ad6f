// What auditors read, over real sockets: a township's spring in which one case was late because of
// one department, whatever was done to it afterwards.
#include <map>

#include "tests/support/catch.hpp"
#include "tests/support/township_case.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;
using workflow::Value;

namespace {

constexpr const char* clerk = "station_clerk@station";
constexpr const char* director = "station_director@station";
constexpr const char* head = "department_head@civil_affairs_office";

const std::vector<std::string> numbers{"received",  "done_in_time", "done_late",     "open_in_time",
                                       "open_late", "withdrawn",    "withdrawn_late"};

// Every page of a list.
std::vector<Value> all_of(Client& client, const std::string& target) {
  std::vector<Value> items;
  std::string cursor;
  do {
    const std::string more = cursor.empty() ? "" : "&cursor=" + cursor;
    const Answer answer = client.get(target + "&limit=2" + more);
    REQUIRE(answer.status == 200);
    const Value page = answer.json();
    for (const Value& item : page["items"].items()) items.push_back(item);
    cursor = page["next"].text();
  } while (!cursor.empty());
  return items;
}

class Spring {
 public:
  Value figures(const std::string& more = "") {
    const Answer answer = auditor.get("/v1/audit/time-limits?from=2026-01-01&to=2026-12-31" + more);
    REQUIRE(answer.status == 200);
    return answer.json();
  }
  // "1 done_in_time, 1 open_late" of the total.
  std::string told(const std::string& more = "") {
    const Value total = figures(more)["total"];
    std::string text;
    for (const std::string& number : numbers) {
      const std::int64_t count = total[number]["count"].integer();
      if (number == "received" || count == 0) continue;
      text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + number;
    }
    return text;
  }
  std::string late_with(const std::string& more = "") {
    std::string text;
    const Value total = figures(more)["total"];
    for (const Value& holder : total["late_by_holder"].items()) {
      text += holder["unit"].text() + ":" + std::to_string(holder["late"]["count"].integer());
    }
    return text;
  }
  void move_late(const TownshipCase& subject, const std::string& post, const std::string& event,
                 const Object& members) {
    Value body = subject.transition(event, members);
    body.make_object().set("lateness_reason", "staff_shortage");
    const Answer answer = server.client(post).post(
        subject.path("/transitions"), body,
        {{"idempotency-key", fresh_key()},
         {"if-match", "\"r" + std::to_string(subject.revision()) + "\""}});
    INFO(answer.body);
    REQUIRE(answer.status == 200);
  }
  void withdraw(TownshipCase& subject) {
    Value body = subject.transition("withdraw", {{"reason", "applicant_withdrew"}});
    Value data = body["data"];
    data.make_object().erase("duplicate_of");
    body.make_object().set("data", data);
    body.make_object().set("lateness_reason", "oversight");
    const std::string tag = "\"r" + std::to_string(subject.revision()) + "\"";
    REQUIRE(server.client(director)
                .post(subject.path("/transitions"), body,
                      {{"idempotency-key", fresh_key()}, {"if-match", tag}})
                .status == 202);
    const Value proposal = subject.look()["proposals"].items().back()["proposal"];
    REQUIRE(server.client("deputy_commander@station")
                .post(subject.path("/signoffs"),
                      Object{{"proposal", proposal}, {"choice", "agree"}},
                      {{"idempotency-key", fresh_key()}})
                .status == 200);
  }

  TownshipServer server;
  Client auditor = server.client("auditor@station");
};

// As if everybody had read each number's list.
void check_that_numbers_open(Client& auditor, const Value& counts) {
  for (const std::string& number : numbers) {
    CAPTURE(number, counts[number]["cases"].text());
    CHECK(counts[number]["count"].integer() ==
          std::ssize(all_of(auditor, counts[number]["cases"].text())));
  }
  for (const Value& holder : counts["late_by_holder"].items()) {
    const auto lines = all_of(auditor, holder["late"]["cases"].text());
    CHECK(holder["late"]["count"].integer() == std::ssize(lines));
    for (const Value& line : lines) CHECK(line["holder_at_due"] == holder["unit"]);
  }
}

}  // namespace

SCENARIO("a case that was late because of one department stays so, whatever is done to it") {
  Spring spring;
  TownshipCase late(spring.server, "shili_1");
  late.assigned_to("civil_affairs_office");
  TownshipCase other(spring.server, "shili_2");
  other.assigned_to("social_security_office");
  const std::string first_day = "&as_of=2026-03-02T01:00:00Z";
  CHECK(spring.told() == "2 open_in_time");

  spring.server.move_clock("2026-03-04T01:00:00Z");
  late.take(head, "return_to_station");
  late.take(clerk, "assign", {{"unit", "civil_affairs_office"}});
  late.put(director, "extend_deadline",
           {{"clock", "statutory"}, {"limit", "statutory_temporary_15_working"},
            {"until", "2026-03-27"}});
  spring.server.move_clock("2026-03-05T01:00:00Z");
  late.put(clerk, "suspend_clock", {{"clock", "statutory"}});
  spring.server.move_clock("2026-03-09T01:00:00Z");
  late.put(clerk, "resume_clock", {{"clock", "statutory"}});
  CHECK(spring.told() == "2 open_in_time");

  spring.server.move_clock("2026-04-01T01:00:00Z");
  CHECK(spring.told() == "2 open_late");
  const std::string before = "&as_of=2026-04-01T01:00:00Z";
  THEN("remarks, urging and another holder do not make it look in time") {
    late.put(clerk, "note");
    late.put(director, "urge");
    spring.move_late(late, clerk, "transfer", {{"unit", "social_security_office"}});
    CHECK(spring.told("&by=village") == "2 open_late");
    CHECK(spring.late_with() == "civil_affairs_office:1social_security_office:1");
    const auto lines = all_of(
        spring.auditor,
        "/v1/audit/time-limits/cases?from=2026-01-01&to=2026-12-31&village=shili_1");
    REQUIRE(lines.size() == 1);
    CHECK(lines[0]["outcome"].text() == "open_late");
    CHECK(lines[0]["holder_at_due"].text() == "civil_affairs_office");
    CHECK(lines[0]["late_reason"].text() == "staff_shortage");
    CHECK(lines[0]["state"].text() == "assigned_to_department");
    CHECK(lines[0]["due_at"].text() == "2026-03-27T15:59:59.999Z");
    const auto overdue = all_of(spring.auditor, "/v1/audit/overdue?clock=statutory");
    CHECK(overdue.size() == 2);
    CHECK(overdue[0]["id"].text() == late.id());  // due on the 27th, the other on the 30th
  }
  THEN("a withdrawal puts it beside the rates and says that it was late") {
    spring.server.move_clock("2026-04-01T02:00:00Z");
    spring.withdraw(late);
    CHECK(spring.told() == "1 open_late, 1 withdrawn, 1 withdrawn_late");
    CHECK(spring.told(before) == "2 open_late");
    spring.server.move_clock("2026-04-02T01:00:00Z");
    late.take("commander@station", "reopen");
    CHECK(spring.told() == "1 done_late, 1 open_late");
    CHECK(spring.late_with() == "civil_affairs_office:1social_security_office:1");
    const auto reopened = all_of(spring.auditor, "/v1/audit/reopened?from=2026-04-01");
    REQUIRE(reopened.size() == 1);
    CHECK(reopened[0]["id"].text() == late.id());
    CHECK(reopened[0]["by"]["post"].text() == "commander");
    CHECK(reopened[0]["details"]["ground"].text() == "false_completion");
    CHECK_FALSE(reopened[0]["details"].has("reason"));  // a personal text
  }
  THEN("every number opens, however it is grouped and as of any day") {
    spring.server.move_clock("2026-04-01T02:00:00Z");
    spring.withdraw(other);
    for (const std::string& as_of : {std::string(), before, first_day}) {
      for (const char* by : {"department", "village", "category", "month"}) {
        for (const char* clock : {"statutory", "state", "discovery"}) {
          const Value figures = spring.figures(as_of + "&by=" + by + "&clock=" + clock);
          CAPTURE(as_of, by, clock);
          check_that_numbers_open(spring.auditor, figures["total"]);
          std::map<std::string, std::int64_t> sums;
          for (const Value& group : figures["groups"].items()) {
            check_that_numbers_open(spring.auditor, group);
            for (const std::string& number : numbers) {
              sums[number] += group[number]["count"].integer();
            }
          }
          for (const std::string& number : numbers) {
            CHECK(sums[number] == figures["total"][number]["count"].integer());
          }
        }
      }
    }
    CHECK(spring.told(first_day) == "2 open_in_time");
  }
  THEN("the lists hold what was done, with its reason and by whom") {
    const auto extensions = all_of(spring.auditor, "/v1/audit/extensions?from=2026-03-01");
    REQUIRE(extensions.size() == 1);
    CHECK(extensions[0]["kind"].text() == "extension");
    CHECK(extensions[0]["by"]["post"].text() == "station_director");
    CHECK(extensions[0]["details"]["until"].text() == "2026-03-27");
    CHECK(extensions[0]["department"].text() == "civil_affairs_office");
    const auto suspensions = all_of(spring.auditor, "/v1/audit/suspensions?department="
                                                    "civil_affairs_office");
    REQUIRE(suspensions.size() == 2);
    CHECK(suspensions[0]["kind"].text() == "resumption");
    CHECK(suspensions[1]["details"]["reason"].text() == "applicant_papers");
    CHECK(all_of(spring.auditor, "/v1/audit/suspensions?as_of=2026-03-05T01:00:00Z").size() == 1);
    CHECK(all_of(spring.auditor, "/v1/audit/suspensions?to=2026-03-04").empty());
    CHECK(all_of(spring.auditor, "/v1/audit/exemptions?to=2026-12-31").empty());
  }
  THEN("the case's ledger shows in whose hands the days were lost") {
    const Value ledger = spring.auditor.get(late.path("/clocks")).json();
    Value statutory;
    for (const Value& clock : ledger["clocks"].items()) {
      if (clock["clock"].text() == "statutory") statutory = clock;
    }
    CHECK(statutory["first_due_at"].text() == "2026-03-25T15:59:59.999Z");  // two days given back
    CHECK(statutory["limit"]["code"].text() == "statutory_temporary_15_working");
    std::string events;
    for (const Value& event : statutory["events"].items()) {
      events += event["kind"].text() + " " + event["at"].text().substr(5, 5) + "; ";
    }
    CHECK(events == "started 03-02; extended 03-04; suspended 03-05; resumed 03-09; "
                    "expired 03-27; ");
    std::map<std::string, std::int64_t> days;
    for (const Value& held : statutory["held"].items()) {
      days[held["unit"].text()] += held["working_days"].integer();
    }
    // 3 March to 1 April are 22 working days; 6 and 9 March were not counted.
    CHECK(days["civil_affairs_office"] == 20);
    CHECK(days["station"] == 0);
    const Value then =
        spring.auditor.get(late.path("/clocks?as_of=2026-03-02T01:00:00Z")).json();
    CHECK(then["as_of"].text() == "2026-03-02T01:00:00.000Z");
    for (const Value& clock : then["clocks"].items()) {
      CHECK(clock["events"].items().size() <= 2);
    }
  }
}

SCENARIO("a completion that is entered late, and one that is undone, are seen") {
  Spring spring;
  TownshipCase subject(spring.server, "shili_1");
  subject.reported_to_station();
  spring.server.move_clock("2026-03-20T01:00:00Z");
  THEN("a step that is said to have been in time is listed") {
    Value body = subject.transition("accept", {{"category", "temporary_relief"},
                                               {"basis", "application"}});
    body.make_object().set("occurred_at", "2026-03-11T01:00:00Z");
    body.make_object().set("lateness_reason", "oversight");
    const Answer answer = spring.server.client(clerk).post(
        subject.path("/transitions"), body,
        {{"idempotency-key", fresh_key()},
         {"if-match", "\"r" + std::to_string(subject.revision()) + "\""}});
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(all_of(spring.auditor, "/v1/audit/backdated?from=2026-03-01").empty());
    CHECK(spring.told() == "1 open_in_time");
  }
  THEN("one that was taken back is listed") {
    spring.move_late(subject, clerk, "accept",
                     {{"category", "temporary_relief"}, {"basis", "application"}});
    spring.move_late(subject, clerk, "assign", {{"unit", "civil_affairs_office"}});
    Value body = Object{{"event", "take_back"}};
    const Answer answer = spring.server.client(clerk).post(
        subject.path("/transitions"), body,
        {{"idempotency-key", fresh_key()},
         {"if-match", "\"r" + std::to_string(subject.revision()) + "\""}});
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(all_of(spring.auditor, "/v1/audit/take-backs?from=2026-03-01").size() == 1);
  }
}

SCENARIO("rates are told with their formula, in the reader's language") {
  Spring spring;
  for (const char* village : {"shili_1", "shili_2", "shili_1"}) {
    TownshipCase subject(spring.server, village);
    subject.assigned_to(village == std::string("shili_2") ? "social_security_office"
                                                          : "civil_affairs_office");
  }
  spring.server.move_clock("2026-03-24T01:00:00Z");  // temporary relief has 15 working days
  const Value figures = spring.figures();
  CHECK(figures["total"]["performance"].text() == "33.3");
  CHECK(figures["total"]["closed_rate"].is_null());
  const Value group = figures["groups"].items().at(0);
  CHECK(group["key"].text() == "civil_affairs_office");
  CHECK(group["name"].text() == "Civil affairs office");
  CHECK(group["performance"].text() == "0.0");
  CHECK(figures["formula"]["performance"].text().starts_with("(Done in time + open in time)"));
  const Answer chinese =
      spring.auditor.get("/v1/audit/time-limits?from=2026-01-01&to=2026-12-31&by=month",
                         {{"accept-language", "zh-CN"}});
  CHECK(chinese.json()["groups"].items().at(0)["name"].text() == "2026年03月");
  CHECK(spring.figures("&clock=emergency")["total"]["performance"].is_null());
}

SCENARIO("whoever sees a person in full is seen by the auditor, and by nobody else") {
  TownshipServer server;
  Client asking = server.client(clerk);
  Client auditor = server.client("auditor@station");
  const std::string person = server.person("shili_1");
  const std::string path = "/v1/persons/" + person + "/reveal";
  REQUIRE(asking.post(path, Object{{"reason", "identity_check"}}).status == 200);

  const Answer answer = auditor.get("/v1/audit/reveals");
  REQUIRE(answer.status == 200);
  const Value page = answer.json();
  REQUIRE(page["items"].items().size() == 1);
  const Value& act = page["items"].items().front();
  CHECK(act["action"].text() == "reveal");
  CHECK(act["subject"].text() == person);
  CHECK(act["reason"].text() == "identity_check");
  CHECK(act["by"].text() == asking.get("/v1/me").json()["person"].text());
  CHECK(asking.get("/v1/audit/reveals").status == 403);
}

SCENARIO("an auditor sees that the journals are as they were written") {
  TownshipServer server;
  TownshipCase first(server);
  Client auditor = server.client("auditor@station");
  const Answer answer = auditor.get("/v1/audit/verify?limit=1");
  REQUIRE(answer.status == 200);
  const Value page = answer.json();
  CHECK(page["cases"].integer() == 1);
  CHECK(page["entries"].integer() >= 1);
  CHECK(page["broken"].items().empty());
  const Value rest =
      auditor.get("/v1/audit/verify?cursor=" + page["next"].text()).json();
  CHECK(rest["cases"].integer() == 0);
  CHECK(rest["next"].text().empty());
}
