#include "tests/api/end_to_end_asks.hpp"

namespace yimen::tests {

using workflow::Array;
using workflow::Object;
using workflow::Value;

void add_registry_asks(World& world, Asks& table) {
  const auto [known, home] = world.server.household("shili_1");
  const std::string elsewhere = world.server.person("shili_2");
  const std::string nobody = "/v1/persons/" + std::string(unknown_id);
  const auto body = [](int order, const std::string& village, const std::string& name = "示例") {
    return Object{{"name", name},
                  {"village", village},
                  {"identity", Object{{"type", "identity_number"},
                                      {"number", identity_number(order)}}}};
  };
  asker(world, table, "add_person", "POST")
      .with("201", "/v1/persons", body(901, "shili_1"), {{"idempotency-key", "person"}})
      .with("201", "/v1/persons", body(901, "shili_1"), {{"idempotency-key", "person"}})
      .with("422 idempotency_key_reused", "/v1/persons", body(902, "shili_1"),
            {{"idempotency-key", "person"}})
      .with("409 already_known", "/v1/persons", body(901, "shili_2"))
      .with("422 form_invalid", "/v1/persons", body(903, "nowhere"))
      .with("400 invalid_member", "/v1/persons", Object{{"name", "示例"}})
      .as("village_worker@shili_1")
      .with("403 not_your_post", "/v1/persons", body(904, "shili_2"))
      .as("auditor@station")
      .with("403 not_your_post", "/v1/persons", body(904, "shili_1"));
  asker(world, table, "get_person", "GET")
      .get("200", "/v1/persons/" + known)
      .get("404 not_found", nobody)
      .as("village_worker@shili_1")
      .get("404 not_found", "/v1/persons/" + elsewhere);
  const Value reason = Object{{"reason", "contact"}};
  asker(world, table, "reveal_person", "POST")
      .with("200", "/v1/persons/" + known + "/reveal", reason)
      .with("404 not_found", nobody + "/reveal", reason)
      .with("422 form_invalid", "/v1/persons/" + known + "/reveal",
            Object{{"reason", "curiosity"}})
      .with("400 invalid_member", "/v1/persons/" + known + "/reveal", Object{})
      .as("auditor@station")
      .with("403 not_your_post", "/v1/persons/" + known + "/reveal", reason);
  asker(world, table, "search_persons", "POST")
      .with("200", "/v1/persons/search", Object{{"name", "示例"}})
      .with("200", "/v1/persons/search", Object{{"identity_number", identity_number(1)}})
      .with("400 invalid_member", "/v1/persons/search", Object{})
      .with("422 form_invalid", "/v1/persons/search",
            Object{{"name", "示例"}, {"identity_number", identity_number(1)}})
      .with("422 form_invalid", "/v1/persons/search", Object{{"identity_number", "123"}})
      .as("administrator@station")
      .with("403 not_your_post", "/v1/persons/search", Object{{"name", "示例"}});
  const auto house = [](const std::string& village, const std::string& head) {
    return Object{{"village", village}, {"head", head}, {"address", "示例组二号"}};
  };
  asker(world, table, "add_household", "POST")
      .with("201", "/v1/households", house("shili_1", known), {{"idempotency-key", "house"}})
      .with("201", "/v1/households", house("shili_1", known), {{"idempotency-key", "house"}})
      .with("422 idempotency_key_reused", "/v1/households", house("shili_2", elsewhere),
            {{"idempotency-key", "house"}})
      .with("422 form_invalid", "/v1/households", house("shili_1", std::string(unknown_id)))
      .with("422 form_invalid", "/v1/households", house("shili_1", elsewhere))
      .with("400 invalid_member", "/v1/households", Object{{"village", "shili_1"}})
      .as("commander@station")
      .with("403 not_your_post", "/v1/households", house("shili_1", known));
  asker(world, table, "get_household", "GET")
      .get("200", "/v1/households/" + home)
      .get("404 not_found", "/v1/households/" + std::string(unknown_id))
      .as("village_worker@shili_2")
      .get("404 not_found", "/v1/households/" + home);
}

void add_user_asks(World& world, Asks& table) {
  const auto user = [](const std::string& name, const std::string& post) {
    return Object{{"name", name},
                  {"display_name", "示例"},
                  {"password", "correct horse battery"},
                  {"posts", Array{Object{{"post", post}, {"unit", "station"}}}}};
  };
  const std::string path =
      "/v1/users/" + world.server.add_staff("changed", {{"auditor", "station"}}).account;
  const std::string tag(world.server.client("administrator@station").get(path).header("etag"));
  const Value change = Object{{"display_name", "另一名"}};
  asker(world, table, "add_user", "POST")
      .with("403 not_your_post", "/v1/users", user("maria", "auditor"))
      .as("administrator@station")
      .with("201", "/v1/users", user("maria", "auditor"), {{"idempotency-key", "user"}})
      .with("201", "/v1/users", user("maria", "auditor"), {{"idempotency-key", "user"}})
      .with("422 idempotency_key_reused", "/v1/users", user("nadia", "auditor"),
            {{"idempotency-key", "user"}})
      .with("422 idempotency_key_reused", "/v1/users", user("maria", "commander"),
            {{"idempotency-key", "user"}})
      .with("409 already_known", "/v1/users", user("maria", "commander"))
      .with("422 form_invalid", "/v1/users", user("nadia", "baker"))
      .with("422 form_invalid", "/v1/users", user("nadia", "village_worker"))
      .with("400 invalid_member", "/v1/users", Object{{"name", "nadia"}});
  asker(world, table, "list_users", "GET")
      .get("403 not_your_post", "/v1/users")
      .as("administrator@station")
      .get("200", "/v1/users?limit=2")
      .get("400 invalid_parameter", "/v1/users?limit=0")
      .get("400 invalid_parameter", "/v1/users?cursor=x")
      .get("400 invalid_parameter", "/v1/users?x=1");
  asker(world, table, "get_user", "GET")
      .get("403 not_your_post", path)
      .as("administrator@station")
      .get("200", path)
      .get("404 not_found", "/v1/users/" + std::string(unknown_id));
  asker(world, table, "change_user", "PATCH")
      .with("403 not_your_post", path, change, {{"if-match", tag}})
      .as("administrator@station")
      .with("404 not_found", "/v1/users/" + std::string(unknown_id), change, {{"if-match", tag}})
      .with("412 stale_revision", path, change, {{"if-match", "\"r99\""}})
      .with("400 invalid_member", path, Object{{"is_active", "no"}}, {{"if-match", tag}})
      .with("422 form_invalid", path, Object{{"password", "12345678"}}, {{"if-match", tag}})
      .with("200", path, change, {{"if-match", tag}})
      .with("412 stale_revision", path, change, {{"if-match", tag}});
}

}  // namespace yimen::tests
