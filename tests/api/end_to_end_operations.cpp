#include "tests/api/end_to_end_operations.hpp"

#include <memory>
#include <stdexcept>
#include <tuple>

namespace yimen::tests {

using workflow::Array;
using workflow::Object;
using workflow::Value;

TwoVillages::TwoVillages() {
  for (const Whose whose : {Whose::own, Whose::other}) {
    const std::string village = whose == Whose::own ? "shili_1" : "shili_2";
    const auto at = static_cast<std::size_t>(whose);
    std::tie(people_[at], houses_[at]) = server.household(village);
  }
  user_ = server.add_staff("subject", {{"auditor", "station"}}).account;
}

std::string TwoVillages::assigned(Whose whose) {
  if (whose == Whose::unknown) return std::string(unknown_id);
  TownshipCase made(server, whose == Whose::own ? "shili_1" : "shili_2");
  made.assigned_to(whose == Whose::own ? "civil_affairs_office" : "social_security_office");
  return made.id();
}

std::string TwoVillages::waiting(Whose whose) {
  if (whose == Whose::unknown) return std::string(unknown_id);
  const std::string id = assigned(whose);
  Client director = server.client("station_director@station");
  const std::string tag(director.get("/v1/cases/" + id).header("etag"));
  const Answer answer = director.post(
      "/v1/cases/" + id + "/transitions",
      Object{{"event", "withdraw"},
             {"data", Object{{"reason", "applicant_withdrew"}, {"evidence", digest_of_a_paper}}}},
      {{"idempotency-key", fresh_key()}, {"if-match", tag}});
  if (answer.status != 202) throw std::runtime_error("withdraw: " + answer.body);
  return id;
}

namespace {

std::string reading(std::string_view id, const char* more = "") {
  return "/v1/cases/" + std::string(id) + more;
}

// Cases that a step may use up: another takes the place of one that was moved.
class Cases {
 public:
  using Make = std::function<std::string(Whose)>;
  explicit Cases(Make make) : make_(std::move(make)) {}

  const std::string& id(Whose whose) {
    std::string& id = ids_[static_cast<std::size_t>(whose)];
    if (id.empty()) id = make_(whose);
    return id;
  }
  Answer moved(Whose whose, Answer answer) {
    if (answer.status < 300) ids_[static_cast<std::size_t>(whose)].clear();
    return answer;
  }

 private:
  Make make_;
  std::array<std::string, 3> ids_;
};

void add_cases(TwoVillages& town, std::map<std::string, Operation>& operations) {
  const auto lasting = std::make_shared<Cases>([&](Whose whose) { return town.assigned(whose); });
  const auto waiting = std::make_shared<Cases>([&](Whose whose) { return town.waiting(whose); });
  operations["get_case"] = [=](Client& client, Whose whose) {
    return client.get(reading(lasting->id(whose)));
  };
  operations["get_journal"] = [=](Client& client, Whose whose) {
    return client.get(reading(lasting->id(whose), "/journal"));
  };
  operations["annotate_case"] = [=](Client& client, Whose whose) {
    return client.post(reading(lasting->id(whose), "/annotations"),
                       Object{{"annotation", "note"}, {"data", Object{{"text", "示例"}}}},
                       {{"idempotency-key", fresh_key()}});
  };
  operations["move_case"] = [=, &town](Client& client, Whose whose) {
    const std::string& id = lasting->id(whose);
    const std::string tag(
        town.server.client("station_clerk@station").get(reading(id)).header("etag"));
    return lasting->moved(whose, client.post(reading(id, "/transitions"),
                                             Object{{"event", "sign_for"}},
                                             {{"idempotency-key", fresh_key()},
                                              {"if-match", tag.empty() ? "\"r1\"" : tag}}));
  };
  operations["sign_case"] = [=, &town](Client& client, Whose whose) {
    const std::string& id = waiting->id(whose);
    const Value proposals =
        town.server.client("station_clerk@station").get(reading(id)).json()["proposals"];
    const Value proposal = proposals.items().empty() ? Value(1)
                                                     : proposals.items().front()["proposal"];
    return waiting->moved(whose, client.post(reading(id, "/signoffs"),
                                             Object{{"proposal", proposal}, {"choice", "agree"}},
                                             {{"idempotency-key", fresh_key()}}));
  };
  operations["open_case"] = [&town](Client& client, Whose whose) {
    const std::string village = whose == Whose::other ? "shili_2" : "shili_1";
    Value body = TownshipCase::opening(town.server, village);
    if (whose == Whose::unknown) {
      Value facts = body["facts"];
      facts.make_object().set("subject", unknown_id);
      body.make_object().set("facts", facts);
    }
    return client.post("/v1/cases", body, {{"idempotency-key", fresh_key()}});
  };
}

void add_people(TwoVillages& town, std::map<std::string, Operation>& operations) {
  const auto village_of = [](Whose whose) {
    return whose == Whose::own ? "shili_1" : whose == Whose::other ? "shili_2" : "nowhere";
  };
  operations["add_person"] = [=, &town](Client& client, Whose whose) {
    return client.post("/v1/persons",
                       Object{{"name", "示例"},
                              {"village", village_of(whose)},
                              {"identity", Object{{"type", "identity_number"},
                                                  {"number", identity_number(town.next_order())}}}},
                       {{"idempotency-key", fresh_key()}});
  };
  operations["get_person"] = [&town](Client& client, Whose whose) {
    return client.get("/v1/persons/" + town.person(whose));
  };
  operations["reveal_person"] = [&town](Client& client, Whose whose) {
    return client.post("/v1/persons/" + town.person(whose) + "/reveal",
                       Object{{"reason", "contact"}});
  };
  operations["search_persons"] = [](Client& client, Whose) {
    return client.post("/v1/persons/search", Object{{"name", "示例"}});
  };
  operations["add_household"] = [=, &town](Client& client, Whose whose) {
    return client.post("/v1/households",
                       Object{{"village", whose == Whose::other ? "shili_2" : "shili_1"},
                              {"head", town.person(whose)},
                              {"address", "示例组一号"}},
                       {{"idempotency-key", fresh_key()}});
  };
  operations["get_household"] = [&town](Client& client, Whose whose) {
    return client.get("/v1/households/" + town.house(whose));
  };
}

void add_administration(TwoVillages& town, std::map<std::string, Operation>& operations) {
  operations["add_user"] = [&town](Client& client, Whose) {
    return client.post("/v1/users",
                       Object{{"name", "added" + std::to_string(town.next_order())},
                              {"display_name", "示例"},
                              {"password", "correct horse battery"},
                              {"posts", Array{}}},
                       {{"idempotency-key", fresh_key()}});
  };
  operations["list_users"] = [](Client& client, Whose) { return client.get("/v1/users"); };
  const auto path_of = [&town](Whose whose) {
    return "/v1/users/" + (whose == Whose::unknown ? std::string(unknown_id) : town.user());
  };
  operations["get_user"] = [=](Client& client, Whose whose) { return client.get(path_of(whose)); };
  operations["change_user"] = [=, &town](Client& client, Whose whose) {
    const std::string tag(
        town.server.client("administrator@station").get(path_of(Whose::own)).header("etag"));
    return client.patch(path_of(whose), Object{{"display_name", "示例"}}, {{"if-match", tag}});
  };
  operations["put_sample_clock"] = [&town](Client& client, Whose) {
    return client.put("/v1/sample-clock", Object{{"now", town.server.now()}});
  };
}

// What everybody who is logged in may read.
void add_reading(TwoVillages& town, std::map<std::string, Operation>& operations) {
  const std::string form =
      town.server.rulebook().editions().front()->form("note")->digest;
  const auto read = [&](const char* name, const std::string& known, const std::string& unknown) {
    operations[name] = [=](Client& client, Whose whose) {
      return client.get(whose == Whose::unknown ? unknown : known);
    };
  };
  read("list_cases", "/v1/cases", {});
  read("get_inbox", "/v1/inbox", {});
  read("list_notifications", "/v1/notifications", {});
  operations["put_notifications_seen"] = [](Client& client, Whose) {
    return client.send("PUT", "/v1/notifications/seen", R"({"ids":[1]})");
  };
  read("list_signoffs", "/v1/signoffs", {});
  read("me", "/v1/me", {});
  read("listen", "/v1/events", {});
  operations["choose_password"] = [](Client& client, Whose) {
    return client.post("/v1/me/password", Object{{"present", "not the one"}, {"new", "another"}});
  };
  read("list_procedures", "/v1/procedures", {});
  read("get_procedure", "/v1/procedures/assistance", "/v1/procedures/baking");
  read("get_procedure_diagram", "/v1/procedures/assistance/diagram",
       "/v1/procedures/baking/diagram");
  read("get_form", "/v1/forms/" + form, "/v1/forms/0123");
  read("add_to_date", "/v1/calendar/add?from=2026-02-13&days=3", {});
  read("get_calendar_year", "/v1/calendar/2026", "/v1/calendar/1900");
  read("get_organisation", "/v1/organisations", {});
  read("list_posts", "/v1/posts", {});
  read("list_colleagues", "/v1/colleagues", {});
  read("list_texts", "/v1/texts", {});
  read("get_sample_clock", "/v1/sample-clock", {});
}

}  // namespace

std::map<std::string, Operation> all_operations(TwoVillages& town) {
  std::map<std::string, Operation> operations;
  add_cases(town, operations);
  add_people(town, operations);
  add_administration(town, operations);
  add_reading(town, operations);
  add_station_operations(town, operations);
  return operations;
}

}  // namespace yimen::tests
