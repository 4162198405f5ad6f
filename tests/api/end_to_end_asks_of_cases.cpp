#include "tests/api/end_to_end_asks.hpp"

namespace yimen::tests {

using workflow::Object;
using workflow::Value;

void add_case_asks(World& world, Asks& table) {
  const Value opening = TownshipCase::opening(world.server, "shili_1");
  Value unknown_person = opening;
  unknown_person.make_object().set("procedure", "baking");
  const std::string nowhere = "/v1/cases/" + std::string(unknown_id);
  asker(world, table, "open_case", "POST")
      .with("201", "/v1/cases", opening, {{"idempotency-key", "open"}})
      .with("201", "/v1/cases", opening, {{"idempotency-key", "open"}})
      .with("422 idempotency_key_reused", "/v1/cases", unknown_person,
            {{"idempotency-key", "open"}})
      .with("422 form_invalid", "/v1/cases", unknown_person)
      .with("422 form_invalid", "/v1/cases", Object{{"procedure", "assistance"},
                                                    {"facts", Object{}}})
      .with("400 invalid_member", "/v1/cases", Object{{"procedure", "assistance"}})
      .as("auditor@station")
      .with("403 not_your_post", "/v1/cases", opening)
      .as("administrator@station")
      .with("403 not_your_post", "/v1/cases", opening);
  asker(world, table, "get_case", "GET")
      .get("200", world.subject.path())
      .get("304", world.subject.path(), {{"if-none-match", "\"r1\""}})
      .get("404 not_found", nowhere)
      .get("404 not_found", "/v1/cases/nothing")
      .as("village_worker@shili_1")
      .get("404 not_found", world.other.path());
  asker(world, table, "get_journal", "GET")
      .get("200", world.subject.path("/journal"))
      .get("200", world.subject.path("/journal?after=0&limit=1"))
      .get("404 not_found", nowhere + "/journal")
      .get("400 invalid_parameter", world.subject.path("/journal?limit=0"))
      .get("400 invalid_parameter", world.subject.path("/journal?after=x"))
      .get("400 invalid_parameter", world.subject.path("/journal?after="))
      .get("400 invalid_parameter", world.subject.path("/journal?after=-1"))
      .get("400 invalid_parameter", world.subject.path("/journal?after=99999999999999999999"))
      .get("400 invalid_parameter", world.subject.path("/journal?x=1"));

  const Value note = world.subject.annotation("note");
  Value other_note = note;
  other_note.make_object().set("data", Object{{"text", "另一条"}});
  const std::string notes = "/annotations";
  asker(world, table, "annotate_case", "POST")
      .with("200", world.other.path(notes), note, {{"idempotency-key", "note"}})
      .with("200", world.other.path(notes), note, {{"idempotency-key", "note"}})
      .with("422 idempotency_key_reused", world.other.path(notes), other_note,
            {{"idempotency-key", "note"}})
      .with("404 not_found", nowhere + notes, note)
      .with("409 no_such_step", world.other.path(notes), Object{{"annotation", "sing"}})
      .with("422 form_invalid", world.other.path(notes),
            Object{{"annotation", "note"}, {"data", Object{{"text", ""}}}})
      .with("422 conditions_not_met", world.other.path(notes),
            world.subject.annotation("record_opinion"))
      .with("400 invalid_member", world.other.path(notes), Object{{"data", Object{}}})
      .as("auditor@station")
      .with("403 not_your_post", world.other.path(notes), note)
      .as("village_worker@shili_1")
      .with("404 not_found", world.other.path(notes), note);
}

void add_move_asks(World& world, Asks& table) {
  const std::string steps = "/transitions";
  const std::string nowhere = "/v1/cases/" + std::string(unknown_id) + steps;
  TownshipCase mover(world.server, "shili_1");
  mover.visited();
  const std::string tag = "\"r" + std::to_string(mover.revision()) + "\"";
  const Value submit = mover.transition("submit_for_review");
  const Value agree = Object{{"event", "agree"}, {"data", Object{}}};
  const Value archive = Object{{"event", "archive"}, {"data", Object{}}};
  asker(world, table, "move_case", "POST")
      .as("village_worker@shili_1")
      .with("404 not_found", nowhere, submit, {{"if-match", tag}})
      .with("404 not_found", world.other.path(steps), submit, {{"if-match", tag}})
      .with("412 stale_revision", mover.path(steps), submit, {{"if-match", "\"r99\""}})
      .with("412 stale_revision", mover.path(steps), submit, {{"if-match", "\"abc\""}})
      .with("400 if_match_invalid", mover.path(steps), submit, {{"if-match", "*"}})
      .with("400 if_match_invalid", mover.path(steps), submit, {{"if-match", "W/" + tag}})
      .with("400 if_match_invalid", mover.path(steps), submit, {{"if-match", tag + ", " + tag}})
      .with("400 invalid_member", mover.path(steps), Object{}, {{"if-match", tag}})
      .with("409 no_such_step", mover.path(steps), archive, {{"if-match", tag}})
      .with("409 no_such_step", mover.path(steps), Object{{"event", "sing"}}, {{"if-match", tag}})
      .as("station_clerk@station")
      .with("403 not_your_post", mover.path(steps), submit, {{"if-match", tag}})
      .as("village_worker@shili_1")
      .with("200", mover.path(steps), submit, {{"if-match", tag}, {"idempotency-key", "submit"}})
      .with("200", mover.path(steps), submit, {{"if-match", tag}, {"idempotency-key", "submit"}})
      .with("422 idempotency_key_reused", mover.path(steps), agree,
            {{"if-match", tag}, {"idempotency-key", "submit"}})
      .with("412 stale_revision", mover.path(steps), submit, {{"if-match", tag}})
      .as("village_commander@shili_1");
  table["move_case"].push_back({"422 conditions_not_met", [&world, path = mover.path()] {
                                  Client head = world.server.client("village_commander@shili_1");
                                  const std::string now(head.get(path).header("etag"));
                                  return head.post(path + "/transitions",
                                                   Object{{"event", "agree"}},
                                                   {{"if-match", now},
                                                    {"idempotency-key", fresh_key()}});
                                }});
}

void add_sign_asks(World& world, Asks& table) {
  TownshipCase waiting(world.server, "shili_1");
  waiting.with_withdrawal_proposed();
  const Value proposals = waiting.look()["proposals"];
  const std::int64_t proposal = proposals.items().front()["proposal"].integer();
  const auto signature = [&](const std::string& choice, std::int64_t of) {
    return Object{{"proposal", of}, {"choice", choice}};
  };
  const std::string path = waiting.path("/signoffs");
  asker(world, table, "sign_case", "POST")
      .with("403 not_your_post", path, signature("agree", proposal))
      .with("404 not_found", "/v1/cases/" + std::string(unknown_id) + "/signoffs",
            signature("agree", proposal))
      .as("deputy_commander@station")
      .with("409 no_such_step", path, signature("agree", proposal + 1))
      .with("422 form_invalid", path, signature("perhaps", proposal))
      .with("400 invalid_member", path, Object{{"proposal", "1"}, {"choice", "agree"}})
      .with("400 invalid_member", path, Object{{"choice", "agree"}})
      .with("200", path, signature("agree", proposal), {{"idempotency-key", "sign"}})
      .with("200", path, signature("agree", proposal), {{"idempotency-key", "sign"}})
      .with("422 idempotency_key_reused", path, signature("refuse", proposal),
            {{"idempotency-key", "sign"}})
      .with("403 not_your_post", path, signature("agree", proposal));
}

}  // namespace yimen::tests
