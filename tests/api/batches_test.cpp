// Many transitions in one request.
#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Array;
using workflow::Object;
using workflow::Value;

namespace {

Value dry(Array items) { return Object{{"dry_run", true}, {"items", std::move(items)}}; }

std::string statuses_of(const api::http::Response& answer) {
  const Value body = body_of(answer);
  std::string all;
  for (const Value& result : body["results"].items()) {
    if (!all.empty()) all += " ";
    all += std::to_string(result["status"].integer());
    if (result.has("problem")) all += "/" + result["problem"]["code"].text();
  }
  return all;
}

std::int64_t journal_length(Casework& office, const std::string& id) {
  return office.look(id).sequence;
}

}  // namespace

SCENARIO("a dry run tells of each item what would become of it and changes nothing") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string ready = office.applied_case();
  const std::string early = office.found_case();
  const std::string unknown = "01920000-0000-7000-8000-00000000dead";
  const auto before = journal_length(office, ready);

  const auto answer = office.post("/v1/batches",
                                  dry({Casework::acceptance(ready), Casework::acceptance(early),
                                       Casework::acceptance(unknown)}),
                                  clerk);
  CHECK(answer.status == 200);
  CHECK(statuses_of(answer) == "200 409/no_such_step 404/not_found");
  const Value body = body_of(answer);
  CHECK(body["dry_run"].truth());
  CHECK_FALSE(body.has("batch"));
  CHECK(body["results"].items()[1]["case"].text() == early);
  CHECK(body["results"].items()[1]["problem"]["refusals"].items().size() == 1);
  CHECK_FALSE(body["results"].items()[1]["problem"].has("trace_id"));
  CHECK(journal_length(office, ready) == before);
  CHECK(office.look(ready).fact("number").is_null());
}

SCENARIO("a batch takes what it can and tells why it cannot take the rest") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string early = office.found_case();
  std::vector<std::string> ready;
  Array items{Casework::acceptance(early)};
  for (int number = 0; number < 12; ++number) {
    ready.push_back(office.applied_case());
    items.push_back(Casework::acceptance(ready.back()));
  }
  auto headers = clerk;
  headers.add("idempotency-key", "batch-1");

  const auto answer = office.post("/v1/batches", Casework::batch(items), headers);
  REQUIRE(answer.status == 200);
  const Value body = body_of(answer);
  CHECK_FALSE(body["dry_run"].truth());
  CHECK(body["batch"].text().size() == 36);
  REQUIRE(body["results"].items().size() == items.size());
  CHECK(body["results"].items()[0]["status"].integer() == 409);
  for (std::size_t place = 1; place < items.size(); ++place) {
    const Value& result = body["results"].items()[place];
    const workflow::Case subject = office.look(ready[place - 1]);
    CHECK(result["case"].text() == subject.id);
    CHECK(result["status"].integer() == 200);
    CHECK(result["revision"].integer() == subject.revision);
    CHECK_FALSE(subject.fact("number").is_null());
  }

  THEN("the same request again gets the same answer, whatever happened since") {
    (void)office.post("/v1/batches",
                      Casework::batch({Casework::transition(
                          early, "receive_application",
                          {{"channel", "counter"},
                           {"application_digest", std::string(64, 'a')},
                           {"authorisation", true},
                           {"applicant", office.look(early).fact("subject")}})}),
                      clerk);
    const auto again = office.post("/v1/batches", Casework::batch(items), headers);
    CHECK(again.status == 200);
    CHECK(again.body == answer.body);
    CHECK(journal_length(office, ready.front()) == 3);
  }
  THEN("another request with its key is refused") {
    const auto other = office.post(
        "/v1/batches", Casework::batch({Casework::acceptance(early)}), headers);
    CHECK(other.status == 422);
    CHECK(code_of(other) == "idempotency_key_reused");
  }
}

SCENARIO("an annotation is tried and taken like a step") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id = office.found_case();
  const auto note = [&](Object data) {
    return Value(Object{{"case", id}, {"event", "note"}, {"kind", "annotation"},
                        {"data", std::move(data)}});
  };
  const auto before = journal_length(office, id);
  CHECK(statuses_of(office.post("/v1/batches",
                                dry({note({{"text", "已联系本人。"}}), note({})}), clerk)) ==
        "200 422/form_invalid");
  CHECK(journal_length(office, id) == before);
  const auto taken = office.post(
      "/v1/batches", Casework::batch({note({{"text", "已联系本人。"}})}), clerk);
  CHECK(statuses_of(taken) == "200");
  CHECK(journal_length(office, id) == before + 1);
  THEN("only steps and annotations are items") {
    const Value signature = Object{{"case", id}, {"event", "agree"}, {"kind", "signature"}};
    const auto refused = office.post("/v1/batches", Casework::batch({signature}), clerk);
    CHECK(refused.status == 422);
    CHECK(body_of(refused)["refusals"].items()[0]["pointer"].text() == "/items/0/kind");
  }
}

SCENARIO("items of one case are taken in their order") {
  Casework office;
  const std::string id = office.applied_case();
  const auto answer = office.post(
      "/v1/batches",
      Casework::batch({Casework::acceptance(id),
                       Casework::transition(id, "assign", {{"unit", "civil_affairs_office"},
                                                           {"list_number", "2026-03-001"}}),
                       Casework::acceptance(id)}),
      office.as("station_clerk", "station"));
  CHECK(statuses_of(answer) == "200 200 409/no_such_step");
  CHECK(office.look(id).state == "assigned_to_department");
}

SCENARIO("an item may name the revision that it was decided on, and the post to act in") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id = office.applied_case();
  Object stale = Casework::acceptance(id).members();
  stale.set("revision", office.look(id).revision - 1);
  CHECK(statuses_of(office.post("/v1/batches", Casework::batch({stale}), clerk)) ==
        "412/stale_revision");
  Object other_post = Casework::acceptance(id).members();
  other_post.set("as", Object{{"post", "commander"}});
  CHECK(statuses_of(office.post("/v1/batches", Casework::batch({other_post}), clerk)) ==
        "403/not_your_post");
  Object fresh = Casework::acceptance(id).members();
  fresh.set("revision", office.look(id).revision);
  CHECK(statuses_of(office.post("/v1/batches", Casework::batch({fresh}), clerk)) == "200");
}

SCENARIO("who may not see or move a case is told so for that item") {
  Casework office;
  const std::string id = office.applied_case("shili_1");
  const auto stranger = office.as("village_worker", "shili_2");
  const auto villager = office.as("village_worker", "shili_1");
  const auto asked = dry({Casework::acceptance(id)});
  CHECK(statuses_of(office.post("/v1/batches", asked, stranger)) == "404/not_found");
  CHECK(statuses_of(office.post("/v1/batches", asked, villager)) == "403/not_your_post");
  CHECK(statuses_of(office.post("/v1/batches", asked, office.as("administrator", "station"))) ==
        "404/not_found");
}

SCENARIO("a batch that is not of the shape is refused as a whole, all faults at once") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id = office.applied_case();
  CHECK(office.post("/v1/batches", Casework::batch({}), {}).status == 401);
  auto headers = clerk;
  headers.add("content-type", "application/json");
  const auto keyless = office.ask("POST", "/v1/batches", headers, "{\"items\":[]}");
  CHECK(code_of(keyless) == "idempotency_key_required");
  CHECK(refusals_of(office.post("/v1/batches", Object{}, clerk)) == "required /items");
  const auto empty = office.post("/v1/batches", Casework::batch({}), clerk);
  CHECK(empty.status == 422);
  CHECK(refusals_of(empty) == "too_few /items");
  const auto many = office.post(
      "/v1/batches", Casework::batch(Array(201, Casework::acceptance(id))), clerk);
  CHECK(many.status == 422);
  CHECK(refusals_of(many) == "too_many /items");

  const auto wrong = office.post(
      "/v1/batches",
      Casework::batch({7, Object{{"case", id}, {"event", 1}},
                       Object{{"case", id}, {"event", "accept"}, {"note", "x"}},
                       Object{{"case", id}, {"event", "accept"}, {"as", Object{}}}}),
      clerk);
  CHECK(wrong.status == 400);
  CHECK(refusals_of(wrong) ==
        "wrong_type /items/0, wrong_type /items/1/event, unknown_member /items/2/note, "
        "required /items/3/as/post");
  CHECK(office.look(id).sequence == 2);
}
