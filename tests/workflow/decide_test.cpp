// The rules of the door itself: which refusal answers, all of a kind at once, and what it changes.
#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/workflow/tiny_procedure.hpp"

namespace yimen::tests {

namespace {

using namespace workflow;
using namespace std::chrono_literals;

const Instant monday = *instant_from("2026-03-02T01:00:00Z");

// One case of the tiny procedure and its clerk.
struct Desk {
  Edition edition = tiny_edition();
  WorkingCalendar calendar;
  Case subject;
  Instant now = monday;

  [[nodiscard]] Rules rules() const { return {tiny_procedure(), edition, calendar}; }

  static Command command(std::string event, Object data = {}, std::string post = "clerk") {
    Command command;
    command.id = "c";
    command.case_id = "case";
    command.event = std::move(event);
    command.data = std::move(data);
    command.actor = {"person of " + post, post, "station", "station"};
    return command;
  }

  [[nodiscard]] Result<Decision, Refusals> decide(const Command& wanted) const {
    return workflow::decide(subject, wanted, rules(), now);
  }

  Refusals refusals(const Command& wanted) const { return decide(wanted).error(); }

  void take(const Command& wanted) {
    auto decision = decide(wanted);
    REQUIRE(decision.has_value());
    subject = std::move(decision->next);
  }

  void open(Object facts) { take(command("open", std::move(facts))); }

  void annotate(std::string name, Object data) {
    Command annotation = command(std::move(name), std::move(data));
    annotation.kind = EntryKind::annotation;
    take(annotation);
  }
};

std::string codes(const Refusals& refusals) {
  std::string text;
  for (const auto& refusal : refusals.all) text += refusal.code + refusal.pointer + " ";
  return text;
}

}  // namespace

TEST_CASE("refusals come in their order: stale, no such step, not allowed, data, conditions") {
  Desk desk;
  desk.open({{"size", "small"}});
  Command wrong = Desk::command("open", {{"copies", 9}, {"note", "x"}}, "elder");
  wrong.revision = 77;
  wrong.occurred_at = monday + 1h;

  CHECK(desk.refusals(wrong).kind == RefusalKind::stale);
  CHECK(desk.refusals(wrong).all.front().params.find("revision")->integer() == 1);
  wrong.revision = 1;
  CHECK(desk.refusals(wrong).kind == RefusalKind::no_such_step);
  wrong.event = "finish";
  CHECK(desk.refusals(wrong).kind == RefusalKind::not_allowed);
  CHECK(codes(desk.refusals(wrong)) == "not_your_post ");
  wrong.actor = Desk::command("finish").actor;
  CHECK(desk.refusals(wrong).kind == RefusalKind::invalid_data);
  CHECK(codes(desk.refusals(wrong)) ==
        "too_large/copies too_short/note in_the_future/occurred_at ");
  wrong.data = Object{};
  wrong.occurred_at.reset();
  CHECK(desk.refusals(wrong).kind == RefusalKind::conditions_not_met);
  CHECK(codes(desk.refusals(wrong)) == "paid checked note_given ");
}

TEST_CASE("an event that neither table nor edition knows is no step") {
  Desk desk;
  CHECK(desk.refusals(Desk::command("fly")).kind == RefusalKind::no_such_step);
  desk.edition.events.erase("open");
  const auto refusals = desk.refusals(Desk::command("open"));
  CHECK(refusals.kind == RefusalKind::no_such_step);
  CHECK(refusals.all.front().params.find("state")->text() == "nothing");
}

TEST_CASE("a refusal names the first of the alternatives and tells of the others") {
  Desk desk;
  desk.open({{"size", "small"}, {"checked", true}});
  const auto refusals = desk.refusals(Desk::command("finish", {{"note", "done"}}));
  REQUIRE(refusals.all.size() == 1);
  CHECK(refusals.all.front().code == "paid");
  CHECK(refusals.all.front().clause == "2");
  CHECK(refusals.all.front().params == Object{{"due", 5}, {"or", Array{"waived"}}});
  desk.annotate("set", {{"waived", true}});
  CHECK(desk.decide(Desk::command("finish", {{"note", "done"}})).has_value());
}

TEST_CASE("of several rows the one whose selectors hold answers") {
  Desk desk;
  desk.open({{"size", "large"}});
  CHECK(codes(desk.refusals(Desk::command("finish"))) == "paid ");
  desk.annotate("set", {{"paid", true}});
  const auto decision = desk.decide(Desk::command("finish"));
  REQUIRE(decision.has_value());
  CHECK(decision->entry.clause == "3");
  CHECK(decision->next.state == "done");

  Desk neither;
  neither.open({});
  CHECK(codes(neither.refusals(Desk::command("finish"))) == "is_small is_large ");
  CHECK(codes(neither.refusals(Desk::command("finish"))).find("paid") == std::string::npos);
}

TEST_CASE("what cannot be known before the form is filled is not held against an action") {
  Desk desk;
  desk.open({{"size", "small"}, {"paid", true}, {"checked", true}});
  const Actor clerk = Desk::command("finish").actor;
  const auto actions = possible_actions(desk.subject, clerk, desk.rules(), desk.now);
  const auto finish = std::ranges::find(actions, "finish", &PossibleAction::name);
  REQUIRE(finish != actions.end());
  CHECK(finish->allowed);
  CHECK(finish->form == "note");
  CHECK(codes(desk.refusals(Desk::command("finish"))) == "note_given ");
}

TEST_CASE("annotations obey their policy's guards, and closed cases take few") {
  Desk desk;
  Command remember = Desk::command("remember");
  remember.kind = EntryKind::annotation;
  CHECK(desk.refusals(remember).kind == RefusalKind::no_such_step);  // there is no case yet
  desk.open({{"size", "large"}});
  CHECK(codes(desk.refusals(remember)) == "paid ");
  desk.annotate("set", {{"paid", true}});
  desk.annotate("remember", {});
  desk.take(Desk::command("finish"));
  desk.annotate("remember", {});
  Command set = Desk::command("set");
  set.kind = EntryKind::annotation;
  CHECK(desk.refusals(set).kind == RefusalKind::no_such_step);
}

TEST_CASE("an event without a form takes no data") {
  Desk desk;
  desk.open({});
  CHECK(codes(desk.refusals(Desk::command("look", {{"note", "seen"}}))) == "unknown_member ");
  desk.take(Desk::command("look"));
  CHECK(desk.subject.visit == 1);
}

TEST_CASE("a command decides by itself: the same answer for the same arguments") {
  Desk desk;
  desk.open({{"size", "large"}, {"paid", true}});
  const Case before = desk.subject;
  const auto first = desk.decide(Desk::command("finish", {{"note", "done"}}));
  const auto second = desk.decide(Desk::command("finish", {{"note", "done"}}));
  REQUIRE(first.has_value());
  CHECK(first->next == second->next);
  CHECK(first->entry == second->entry);
  CHECK(first->personal == second->personal);
  CHECK(desk.subject == before);
}

TEST_CASE("personal members go beside the entry, and their pointers stay in the record") {
  Desk desk;
  desk.open({{"size", "large"}, {"paid", true}});
  const auto decision =
      desk.decide(Desk::command("finish", {{"note", "done"}, {"copies", 2}}));
  REQUIRE(decision.has_value());
  CHECK(decision->entry.data == Value(Object{{"copies", 2}}));
  CHECK(decision->entry.present == std::vector<std::string>{"/note"});
  REQUIRE(decision->personal.size() == 1);
  CHECK(decision->personal.front().second == Value("done"));
  CHECK(decision->next.records.back().has("/note"));
}

TEST_CASE("lateness is accounted for by whoever moves on, not by timers and the public") {
  Desk desk;
  desk.open({{"size", "large"}, {"paid", true}});
  desk.now = monday + 2h;
  CHECK(desk.decide(Desk::command("finish")).has_value());
  desk.now += 1ms;
  Command late = Desk::command("finish");
  CHECK(codes(desk.refusals(late)) == "lateness_reason_required/lateness_reason ");
  late.occurred_at = monday + 2h;
  CHECK(desk.decide(late).error().kind == RefusalKind::invalid_data);  // no backdating here
  desk.edition.backdating_days_max = 1;
  CHECK(desk.decide(late).has_value());
  late.occurred_at.reset();
  late.lateness_reason = "oversight";
  const auto decision = desk.decide(late);
  REQUIRE(decision.has_value());
  CHECK(decision->entry.lateness_reason == "oversight");
}

TEST_CASE("recorded time never goes back") {
  Desk desk;
  desk.open({});
  desk.now = monday - 1h;
  const auto decision = desk.decide(Desk::command("look"));
  REQUIRE(decision.has_value());
  CHECK(decision->entry.recorded_at == monday);
}

}  // namespace yimen::tests
