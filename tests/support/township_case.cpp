#include "tests/support/township_case.hpp"

#include <atomic>
#include <stdexcept>

namespace yimen::tests {

namespace {

using workflow::Array;
using workflow::Object;
using workflow::Value;

Value taken(const Answer& answer, const std::string& what) {
  if (answer.status < 200 || answer.status > 299) {
    throw std::runtime_error(what + ": " + answer.body);
  }
  return answer.json();
}

}  // namespace

std::string fresh_key() {
  static std::atomic<int> keys{0};
  return "fresh-" + std::to_string(++keys);
}

Value TownshipCase::opening(TownshipServer& server, const std::string& village) {
  const auto [subject, household] = server.household(village);
  return Object{{"procedure", "assistance"},
                {"facts", Object{{"channel", "patrol"},
                                 {"place", Object{{"village", village},
                                                  {"registered_outside", false}}},
                                 {"subject", subject},
                                 {"household", household},
                                 {"key_category", "other"},
                                 {"category", "temporary_relief"},
                                 {"known", "走访得知家中近来困难。"},
                                 {"emergency", false},
                                 {"restricted", "none"},
                                 {"authorisation", true}}}};
}

TownshipCase::TownshipCase(TownshipServer& server, std::string village)
    : server_(server), village_(std::move(village)) {
  const Answer answer =
      server_.client("village_worker@" + village_)
          .post("/v1/cases", opening(server_, village_), {{"idempotency-key", fresh_key()}});
  id_ = taken(answer, "discover")["id"].text();
}

Value TownshipCase::look() const {
  return taken(server_.client("station_clerk@station").get(path()), "look");
}

Value TownshipCase::transition(const std::string& event, const Object& members) const {
  return Object{{"event", event},
                {"data", server_.form(event, look()["state"].text(), members)}};
}

Value TownshipCase::annotation(const std::string& name, const Object& members) const {
  return Object{{"annotation", name}, {"data", server_.form(name, {}, members)}};
}

Value TownshipCase::take(const std::string& post_at_unit, const std::string& event,
                         const Object& members) {
  const std::string tag = "\"r" + std::to_string(revision()) + "\"";
  return taken(server_.client(post_at_unit)
                   .post(path("/transitions"), transition(event, members),
                         {{"idempotency-key", fresh_key()}, {"if-match", tag}}),
               event);
}

Value TownshipCase::put(const std::string& post_at_unit, const std::string& name,
                        const Object& members) {
  return taken(server_.client(post_at_unit)
                   .post(path("/annotations"), annotation(name, members),
                         {{"idempotency-key", fresh_key()}}),
               name);
}

TownshipCase& TownshipCase::visited() {
  const std::string worker = "village_worker@" + village_;
  const Array visitors{server_.staff(worker).account,
                       server_.staff("village_commander@" + village_).account};
  put(worker, "record_visit", {{"kind", "home"}, {"visitors", visitors}});
  return *this;
}

TownshipCase& TownshipCase::in_village_review() {
  visited();
  take("village_worker@" + village_, "submit_for_review");
  return *this;
}

TownshipCase& TownshipCase::reported_to_station() {
  in_village_review();
  put("village_commander@" + village_, "record_meeting");
  take("village_commander@" + village_, "agree");
  return *this;
}

TownshipCase& TownshipCase::assigned_to(const std::string& department) {
  reported_to_station();
  const bool is_medical = department == "social_security_office";
  take("station_clerk@station", "accept",
       {{"category", is_medical ? "medical" : "temporary_relief"}, {"basis", "application"}});
  take("station_clerk@station", "assign", {{"unit", department}});
  return *this;
}

TownshipCase& TownshipCase::with_withdrawal_proposed() {
  reported_to_station();
  Value data = transition("withdraw", {{"reason", "applicant_withdrew"}});
  Value inner = data["data"];
  inner.make_object().erase("duplicate_of");
  data.make_object().set("data", inner);
  const std::string tag = "\"r" + std::to_string(revision()) + "\"";
  (void)taken(server_.client("station_director@station")
                  .post(path("/transitions"), data,
                        {{"idempotency-key", fresh_key()}, {"if-match", tag}}),
              "withdraw");
  return *this;
}

}  // namespace yimen::tests
