#include "tests/api/end_to_end_asks.hpp"

namespace yimen::tests {

namespace {

using api::http::Fields;
using workflow::Object;
using workflow::Value;

void add_operation(World& world, Asks& table) {
  asker(world, table, "livez", "GET").get("200", "/livez");
  asker(world, table, "readyz", "GET").get("200", "/readyz");
  asker(world, table, "metrics", "GET").get("200", "/metrics");
  asker(world, table, "get_sample_clock", "GET").get("200", "/v1/sample-clock");
  const Value later = Object{{"now", "2026-03-02T02:00:00Z"}};
  const Value past = Object{{"now", "2026-03-02T01:30:00Z"}};
  const Value future = Object{{"now", "2999-01-01T00:00:00Z"}};
  const Value no_day = Object{{"now", "2026-02-29T00:00:00Z"}};
  asker(world, table, "put_sample_clock", "PUT")
      .with("403 not_permitted", "/v1/sample-clock", later)
      .as("administrator@station")
      .with("200", "/v1/sample-clock", later)
      .with("400 invalid_member", "/v1/sample-clock", past)
      .with("400 invalid_member", "/v1/sample-clock", future)
      .with("400 invalid_member", "/v1/sample-clock", no_day)
      .with("400 invalid_member", "/v1/sample-clock", Object{});
}

void add_sessions(World& world, Asks& table) {
  (void)world.server.add_staff("lena", {{"station_clerk", "station"}}, "correct horse battery");
  const auto log_in = [&world](const Value& body, const Fields& headers = {}) {
    return [&world, body, headers] {
      return world.server.nobody().post("/v1/sessions", body, headers);
    };
  };
  const Value right = Object{{"account", "lena"}, {"password", "correct horse battery"}};
  table["log_in"] = {
      {"201", log_in(right)},
      {"401 login_failed", log_in(Object{{"account", "lena"}, {"password", "wrong"}})},
      {"401 login_failed", log_in(Object{{"account", "nobody"}, {"password", "wrong"}})},
      {"400 invalid_member", log_in(Object{{"account", "lena"}})},
      {"400 invalid_member", log_in(Object{{"account", 1}, {"password", "x"}})},
      {"403 csrf_check_failed", log_in(right, {{"origin", "https://elsewhere.example"}})}};
  const auto with_cookie = [&world](const std::string& method, const std::string& target,
                                    const Fields& headers) {
    return [&world, method, target, headers] {
      Client browser = world.server.nobody();
      (void)browser.post("/v1/sessions", Object{{"account", "lena"},
                                                {"password", "correct horse battery"}});
      return browser.send(method, target, {}, headers);
    };
  };
  table["log_out"] = {{"403 csrf_check_failed", with_cookie("DELETE", "/v1/sessions/current", {})},
                      {"204", with_cookie("DELETE", "/v1/sessions/current",
                                          {{"x-yimen-csrf", "1"}})}};
  table["me"] = {{"200", with_cookie("GET", "/v1/me", {})},
                 {"400 credentials_ambiguous",
                  with_cookie("GET", "/v1/me", {{"authorization", "Bearer x"}})}};
  (void)world.server.add_staff("mona", {{"station_clerk", "station"}}, "correct horse battery");
  const auto choosing = [&world](const Value& body, const Fields& headers) {
    return [&world, body, headers] {
      Client browser = world.server.nobody();
      (void)browser.post("/v1/sessions", Object{{"account", "mona"},
                                                {"password", "correct horse battery"}});
      return browser.post("/v1/me/password", body, headers);
    };
  };
  const Fields ours{{"x-yimen-csrf", "1"}};
  const Value wanted = Object{{"present", "correct horse battery"}, {"new", "another horse"}};
  table["choose_password"] = {
      {"403 csrf_check_failed", choosing(wanted, {})},
      {"400 invalid_member", choosing(Object{{"new", "another horse"}}, ours)},
      {"422 form_invalid", choosing(Object{{"present", "wrong"}, {"new", "another horse"}}, ours)},
      {"422 form_invalid",
       choosing(Object{{"present", "correct horse battery"}, {"new", "short"}}, ours)},
      {"204", choosing(wanted, ours)}};
  asker(world, table, "me", "GET").get("200", "/v1/me").as("auditor@station").get("200", "/v1/me");
}

void add_definitions(World& world, Asks& table) {
  const auto* edition = world.server.rulebook().editions().front();
  const std::string form = "/v1/forms/" + edition->form("note")->digest;
  asker(world, table, "list_procedures", "GET")
      .get("200", "/v1/procedures")
      .get("400 invalid_parameter", "/v1/procedures?x=1");
  asker(world, table, "get_procedure", "GET")
      .get("200", "/v1/procedures/assistance")
      .get("200", "/v1/procedures/assistance?edition=heyu-2021")
      .get("404 not_found", "/v1/procedures/assistance?edition=heyu-1999")
      .get("404 not_found", "/v1/procedures/nothing")
      .get("400 invalid_parameter", "/v1/procedures/assistance?x=1");
  const std::string diagram = "/v1/procedures/assistance/diagram";
  asker(world, table, "get_procedure_diagram", "GET")
      .get("200", diagram)
      .get("200", diagram + "?format=mermaid")
      .get("400 invalid_parameter", diagram + "?format=png")
      .get("400 invalid_parameter", diagram + "?x=1")
      .get("404 not_found", "/v1/procedures/baking/diagram");
  asker(world, table, "openapi", "GET").get("200", "/v1/openapi.json");
  asker(world, table, "get_form", "GET")
      .get("200", form)
      .get("304", form, {{"if-none-match", "\"" + edition->form("note")->digest + "\""}})
      .get("404 not_found", "/v1/forms/0123");
  asker(world, table, "add_to_date", "GET")
      .get("200", "/v1/calendar/add?from=2026-02-13&days=3&unit=working_days")
      .get("200", "/v1/calendar/add?from=2026-02-13&days=0")
      .get("400 invalid_parameter", "/v1/calendar/add?from=2026-02-29&days=3")
      .get("400 invalid_parameter", "/v1/calendar/add?from=2026-02-13&days=-1")
      .get("400 invalid_parameter", "/v1/calendar/add?from=2026-02-13&days=3&unit=weeks")
      .get("400 invalid_parameter", "/v1/calendar/add?from=2026-02-13&days=3&x=1")
      .get("400 invalid_parameter", "/v1/calendar/add?days=3");
  asker(world, table, "get_calendar_year", "GET")
      .get("200", "/v1/calendar/2026")
      .get("404 not_found", "/v1/calendar/1900")
      .get("404 not_found", "/v1/calendar/next");
  asker(world, table, "get_organisation", "GET")
      .get("200", "/v1/organisations")
      .get("400 invalid_parameter", "/v1/organisations?x=1");
  asker(world, table, "list_posts", "GET")
      .get("200", "/v1/posts")
      .get("400 invalid_parameter", "/v1/posts?x=1");
  asker(world, table, "list_colleagues", "GET")
      .get("200", "/v1/colleagues")
      .get("400 invalid_parameter", "/v1/colleagues?x=1");
  asker(world, table, "list_texts", "GET")
      .get("200", "/v1/texts")
      .get("400 invalid_parameter", "/v1/texts?x=1");
}

void add_lists(World& world, Asks& table) {
  asker(world, table, "list_cases", "GET")
      .get("200", "/v1/cases")
      .get("200", "/v1/cases?state=discovered&closed=false&sort=opened&limit=1")
      .get("200", "/v1/cases?colour=red&due_before=2026-03-09T00:00:00Z")
      .get("400 invalid_parameter", "/v1/cases?limit=0")
      .get("400 invalid_parameter", "/v1/cases?limit=201")
      .get("400 invalid_parameter", "/v1/cases?limit=ten")
      .get("400 invalid_parameter", "/v1/cases?limit=")
      .get("400 invalid_parameter", "/v1/cases?cursor=nonsense")
      .get("400 invalid_parameter", "/v1/cases?sort=name")
      .get("400 invalid_parameter", "/v1/cases?closed=perhaps")
      .get("200", "/v1/cases?colour=amber&age=4-9&holder_unit=station&waits_for=sign_for")
      .get("400 invalid_parameter", "/v1/cases?colour=pink")
      .get("400 invalid_parameter", "/v1/cases?age=5")
      .get("400 invalid_parameter", "/v1/cases?due_before=2026-02-29T00:00:00Z")
      .get("400 invalid_parameter", "/v1/cases?opened_from=yesterday")
      .get("400 invalid_parameter", "/v1/cases?name=x");
  asker(world, table, "list_signoffs", "GET")
      .get("200", "/v1/signoffs")
      .get("400 invalid_parameter", "/v1/signoffs?x=1");
  asker(world, table, "list_notifications", "GET")
      .get("200", "/v1/notifications?unseen=true&limit=5")
      .get("400 invalid_parameter", "/v1/notifications?unseen=yes")
      .get("400 invalid_parameter", "/v1/notifications?cursor=x")
      .get("400 invalid_parameter", "/v1/notifications?x=1");
  asker(world, table, "listen", "GET")
      .get("200", "/v1/events")
      .get("200", "/v1/events", {{"last-event-id", "1"}})
      .get("400 invalid_parameter", "/v1/events", {{"last-event-id", "yesterday"}})
      .get("400 invalid_parameter", "/v1/events?x=1");
  asker(world, table, "put_notifications_seen", "PUT")
      .with("204", "/v1/notifications/seen", Object{{"ids", workflow::Array{1}}})
      .with("400 invalid_member", "/v1/notifications/seen", Object{{"ids", workflow::Array{}}})
      .with("400 invalid_member", "/v1/notifications/seen", Object{{"ids", workflow::Array{"x"}}})
      .with("400 invalid_member", "/v1/notifications/seen", Object{});
  asker(world, table, "get_inbox", "GET")
      .get("200", "/v1/inbox")
      .get("200", "/v1/inbox?filter=department")
      .get("200", "/v1/inbox?filter=copied")
      .get("200", "/v1/inbox?filter=done&limit=1")
      .get("200", "/v1/inbox?filter=started")
      .get("400 invalid_parameter", "/v1/inbox?filter=everything")
      .get("400 invalid_parameter", "/v1/inbox?limit=0")
      .get("400 invalid_parameter", "/v1/inbox?cursor=nonsense")
      .get("400 invalid_parameter", "/v1/inbox?x=1");
}

}  // namespace

std::string who_may(const std::string& route) {
  const bool administers = route.find("user") != std::string::npos ||
                           route == "put_sample_clock" || route == "put_calendar_year" ||
                           route == "check_edition";
  return administers ? "administrator@station" : "station_clerk@station";
}

Asks asks(World& world) {
  Asks table;
  add_operation(world, table);
  add_sessions(world, table);
  add_definitions(world, table);
  add_lists(world, table);
  add_case_asks(world, table);
  add_move_asks(world, table);
  add_sign_asks(world, table);
  add_registry_asks(world, table);
  add_user_asks(world, table);
  add_station_asks(world, table);
  return table;
}

}  // namespace yimen::tests
