// What the station and its machines ask: batches, documents, board, calendar, tokens, cover.
#include "tests/api/end_to_end_asks.hpp"

namespace yimen::tests {

namespace {

using api::http::Fields;
using workflow::Array;
using workflow::Object;
using workflow::Value;

constexpr const char* nobody_there = "01920000-0000-7000-8000-00000000dead";

Value token_of(const char* access, const char* expires_at = "2026-12-31T00:00:00Z") {
  return Object{{"name", "示例"},
                {"access", access},
                {"expires_at", expires_at},
                {"posts", Array{Object{{"post", "station_clerk"}, {"unit", "station"}}}}};
}

// A machine of the station's clerk.
Client machine(World& world, const char* access) {
  const Answer made = world.server.client("station_clerk@station")
                          .post("/v1/tokens", token_of(access),
                                {{"idempotency-key", fresh_key()}});
  return world.server.client_of({"", made.json()["token"].text()});
}

Ask by_machine(World& world, std::string expected, const char* access, std::string target) {
  return {std::move(expected), [&world, access, target = std::move(target)] {
            return machine(world, access).post(target, Object{},
                                               {{"idempotency-key", fresh_key()}});
          }};
}

void add_board(World& world, Asks& table) {
  asker(world, table, "get_board", "GET")
      .get("200", "/v1/board")
      .get("400 invalid_parameter", "/v1/board?x=1")
      .as("administrator@station")
      .get("200", "/v1/board");
  asker(world, table, "list_post_holders", "GET")
      .get("200", "/v1/posts/holders?post=station_clerk&unit=station")
      .get("400 invalid_parameter", "/v1/posts/holders?name=x")
      .as("village_worker@shili_1")
      .get("403 not_your_post", "/v1/posts/holders");
}

void add_audit(World& world, Asks& table) {
  const std::string year = "?from=2026-01-01&to=2026-12-31";
  const std::string figures = "/v1/audit/time-limits" + year;
  asker(world, table, "get_time_limits", "GET")
      .as("auditor@station")
      .get("200", figures)
      .get("200", figures + "&by=month&clock=state&as_of=2026-01-01T00:00:00Z")
      .get("400 invalid_parameter", "/v1/audit/time-limits?from=2026-01-01")
      .get("400 invalid_parameter", "/v1/audit/time-limits?to=2026-01-01")
      .get("400 invalid_parameter", "/v1/audit/time-limits?from=2026-01-02&to=2026-01-01")
      .get("400 invalid_parameter", "/v1/audit/time-limits?from=1990-01-02&to=2026-01-01")
      .get("400 invalid_parameter", "/v1/audit/time-limits?from=2026-02-29&to=2026-03-01")
      .get("400 invalid_parameter", figures + "&as_of=2099-01-01T00:00:00Z")
      .get("400 invalid_parameter", figures + "&as_of=yesterday")
      .get("400 invalid_parameter", figures + "&by=person")
      .get("400 invalid_parameter", figures + "&clock=wall")
      .get("400 invalid_parameter", figures + "&outcome=late")
      .as("department_clerk@civil_affairs_office")
      .get("403 not_your_post", figures);
  const std::string lines = "/v1/audit/time-limits/cases" + year;
  asker(world, table, "list_time_limit_cases", "GET")
      .get("200", lines + "&clock=discovery&outcome=open_in_time&month=2026-03&limit=1")
      .get("200", lines + "&department=&village=shili_1&category=other&held_by=station")
      .get("400 invalid_parameter", lines + "&outcome=lost")
      .get("400 invalid_parameter", lines + "&month=2026-13")
      .get("400 invalid_parameter", lines + "&cursor=x")
      .get("400 invalid_parameter", lines + "&limit=0")
      .get("400 invalid_parameter", "/v1/audit/time-limits/cases")
      .as("department_head@civil_affairs_office")
      .get("403 not_your_post", lines);
  asker(world, table, "list_overdue", "GET")
      .get("200", "/v1/audit/overdue")
      .get("200", "/v1/audit/overdue?clock=papers&department=civil_affairs_office&limit=200")
      .get("400 invalid_parameter", "/v1/audit/overdue?outcome=late")
      .get("400 invalid_parameter", "/v1/audit/overdue?limit=0")
      .get("400 invalid_parameter", "/v1/audit/overdue?cursor=x")
      .as("village_worker@shili_1")
      .get("403 not_your_post", "/v1/audit/overdue");
  for (const auto& [name, path] : std::map<std::string, std::string>{
           {"list_reveals", "/v1/audit/reveals"},
           {"list_administration", "/v1/audit/administration"}}) {
    asker(world, table, name, "GET")
        .as("auditor@station")
        .get("200", path)
        .get("200", path + "?from=2026-03-01&to=2099-03-31&limit=1")
        .get("400 invalid_parameter", path + "?from=March")
        .get("400 invalid_parameter", path + "?as_of=2026-03-01T00:00:00Z")
        .get("400 invalid_parameter", path + "?limit=0")
        .get("400 invalid_parameter", path + "?cursor=x")
        .as("station_director@station")
        .get("403 not_your_post", path);
  }
  asker(world, table, "verify_journals", "GET")
      .as("auditor@station")
      .get("200", "/v1/audit/verify?limit=1")
      .get("200", std::string("/v1/audit/verify?cursor=") + nobody_there)
      .get("400 invalid_parameter", "/v1/audit/verify?cursor=x")
      .get("400 invalid_parameter", "/v1/audit/verify?limit=0")
      .get("400 invalid_parameter", "/v1/audit/verify?from=2026-01-01")
      .as("station_director@station")
      .get("403 not_your_post", "/v1/audit/verify");
  asker(world, table, "list_audit_entries", "GET")
      .get("200", "/v1/audit/extensions")
      .get("200", "/v1/audit/late-by-county?from=2026-03-01&to=2026-03-31&department=x")
      .get("400 invalid_parameter", "/v1/audit/extensions?from=March")
      .get("400 invalid_parameter", "/v1/audit/extensions?clock=state")
      .get("400 invalid_parameter", "/v1/audit/extensions?limit=201")
      .get("400 invalid_parameter", "/v1/audit/extensions?cursor=x")
      .get("404 not_found", "/v1/audit/late-reasons")
      .as("administrator@station")
      .get("403 not_your_post", "/v1/audit/extensions");
  asker(world, table, "get_case_clocks", "GET")
      .get("200", world.subject.path("/clocks"))
      .get("200", world.subject.path("/clocks?as_of=2026-03-01T00:00:00Z"))
      .get("400 invalid_parameter", world.subject.path("/clocks?as_of=2099-03-01T00:00:00Z"))
      .get("400 invalid_parameter", world.subject.path("/clocks?x=1"))
      .get("404 not_found", "/v1/cases/" + std::string(nobody_there) + "/clocks")
      .as("village_worker@shili_2")
      .get("404 not_found", world.subject.path("/clocks"));
}

void add_batches(World& world, Asks& table) {
  const auto batch = [](const std::string& id, bool is_dry) {
    return Object{{"dry_run", is_dry},
                  {"items", Array{Object{{"case", id}, {"event", "accept"}}}}};
  };
  const std::string path = "/v1/batches";
  asker(world, table, "run_batch", "POST")
      .with("200", path, batch(world.subject.id(), true))
      .with("200", path, batch(nobody_there, false), {{"idempotency-key", "batch"}})
      .with("200", path, batch(nobody_there, false), {{"idempotency-key", "batch"}})
      .with("422 idempotency_key_reused", path, batch(world.subject.id(), false),
            {{"idempotency-key", "batch"}})
      .with("422 form_invalid", path, Object{{"items", Array{}}})
      .with("400 invalid_member", path, Object{{"items", Array{1}}})
      .with("400 invalid_member", path, Object{});
  table["run_batch"].push_back(by_machine(world, "403 not_permitted", "read", path));
}

Ask upload(World& world, std::string expected, std::string who, std::string target,
           Fields headers = {}) {
  if (!headers.has("content-type")) headers.add("content-type", "text/plain");
  if (!headers.has("idempotency-key")) headers.add("idempotency-key", fresh_key());
  headers.add("x-filename", "%E8%AE%B0%E5%BD%95.txt");
  return {std::move(expected), [&world, who = std::move(who), target = std::move(target),
                                headers = std::move(headers)] {
            return world.server.client(who).send("POST", target, "走访记录", headers);
          }};
}

void add_documents(World& world, Asks& table) {
  const std::string clerk = "station_clerk@station";
  const TownshipCase filed(world.server, "shili_1");
  const std::string list = filed.path("/attachments");
  const std::string path = list + "?document_kind=visit_record";
  const std::string nowhere = "/v1/cases/" + std::string(nobody_there) + "/attachments";
  table["attach_document"] = {
      upload(world, "201", clerk, path, {{"idempotency-key", "upload"}}),
      upload(world, "201", clerk, path, {{"idempotency-key", "upload"}}),
      upload(world, "422 idempotency_key_reused", clerk, list + "?document_kind=application",
             {{"idempotency-key", "upload"}}),
      upload(world, "422 form_invalid", clerk, list + "?document_kind=poem"),
      upload(world, "422 form_invalid", clerk, path, {{"content-type", "application/pdf"}}),
      upload(world, "415 unsupported_media_type", clerk, path, {{"content-type", "text/html"}}),
      upload(world, "400 invalid_parameter", clerk, path + "&x=1"),
      upload(world, "404 not_found", clerk, nowhere + "?document_kind=visit_record"),
      upload(world, "404 not_found", "village_worker@shili_2", path),
      upload(world, "403 not_your_post", "auditor@station", path)};
  asker(world, table, "list_attachments", "GET")
      .get("200", list)
      .get("400 invalid_parameter", list + "?x=1")
      .get("404 not_found", nowhere);
  const Answer kept = upload(world, "", clerk, path).send();
  const std::string document = "/v1/attachments/" + kept.json()["id"].text();
  asker(world, table, "get_attachment", "GET")
      .get("200", document)
      .get("400 invalid_parameter", document + "?x=1")
      .get("404 not_found", "/v1/attachments/" + std::string(nobody_there))
      .as("village_worker@shili_2")
      .get("404 not_found", document)
      .as("auditor@station")
      .get("403 not_your_post", document);
}

void add_rules(World& world, Asks& table) {
  const std::string path = "/v1/calendar/2027";
  const Answer known = world.server.client("station_clerk@station").get(path);
  const std::string tag(known.header("etag"));
  Value other_year = known.json();
  other_year.make_object().set("year", 2028);
  asker(world, table, "put_calendar_year", "PUT")
      .with("403 not_your_post", path, known.json(), {{"if-match", tag}})
      .as("administrator@station")
      .with("200", path, known.json(), {{"if-match", tag}})
      .with("428 if_match_required", path, known.json())
      .with("412 stale_revision", path, known.json(), {{"if-match", "\"old\""}})
      .with("412 stale_revision", path, known.json(), {{"if-none-match", "*"}})
      .with("422 form_invalid", path, other_year, {{"if-match", tag}})
      .with("400 invalid_member", path, Object{{"year", 2027}}, {{"if-match", tag}})
      .with("400 invalid_parameter", path + "?x=1", known.json(), {{"if-match", tag}})
      .with("404 not_found", "/v1/calendar/next", known.json(), {{"if-match", tag}});
  const std::string editions = "/v1/procedures/assistance/editions";
  asker(world, table, "list_editions", "GET")
      .get("200", editions)
      .get("400 invalid_parameter", editions + "?x=1")
      .get("404 not_found", "/v1/procedures/baking/editions");
  asker(world, table, "check_edition", "POST")
      .with("403 not_your_post", editions + "/heyu-2021/check", Object{})
      .as("administrator@station")
      .with("200", editions + "/heyu-2021/check", Object{})
      .with("400 invalid_parameter", editions + "/heyu-2021/check?x=1", Object{})
      .with("404 not_found", "/v1/procedures/baking/editions/x/check", Object{});
}

void add_tokens(World& world, Asks& table) {
  const std::string path = "/v1/tokens";
  Value surplus = token_of("read");
  surplus.make_object().set("scope", "all");
  asker(world, table, "add_token", "POST")
      .with("201", path, token_of("read"), {{"idempotency-key", "token"}})
      .with("409 already_known", path, token_of("read"), {{"idempotency-key", "token"}})
      .with("422 idempotency_key_reused", path, token_of("write"), {{"idempotency-key", "token"}})
      .with("422 form_invalid", path, token_of("read", "2020-01-01T00:00:00Z"))
      .with("400 unknown_member", path, surplus)
      .as("commander@station")
      .with("422 form_invalid", path, token_of("read"));
  table["add_token"].push_back(by_machine(world, "403 not_permitted", "write", path));
  const Answer made = world.server.client("station_clerk@station")
                          .post(path, token_of("read"), {{"idempotency-key", fresh_key()}});
  const std::string token = path + "/" + made.json()["id"].text();
  asker(world, table, "list_tokens", "GET")
      .get("200", path)
      .get("400 invalid_parameter", path + "?x=1")
      .get("403 not_your_post", path + "?account=" + nobody_there);
  asker(world, table, "remove_token", "DELETE")
      .as("commander@station")
      .get("404 not_found", token)
      .as("station_clerk@station")
      .get("204", token)
      .get("404 not_found", token);
}

void add_own_sessions(World& world, Asks& table) {
  asker(world, table, "list_sessions", "GET")
      .get("200", "/v1/sessions")
      .get("400 invalid_parameter", "/v1/sessions?x=1");
  table["end_session"] = {{"204", [&world] {
                             Client client = world.server.client_of(world.server.add_staff(
                                 "guest", {{"station_clerk", "station"}}));
                             const Value own = client.get("/v1/sessions").json()["items"];
                             return client.remove("/v1/sessions/" +
                                                  own.items().front()["id"].text());
                           }}};
  asker(world, table, "end_session", "DELETE")
      .get("404 not_found", "/v1/sessions/" + std::string(64, '0'));
}

void add_delegations(World& world, Asks& table) {
  const std::string path = "/v1/delegations";
  (void)world.server.add_staff("deputy", {{"hotline_operator", "station"}});
  const Object cover{{"post", "station_clerk"},
                     {"unit", "station"},
                     {"to_account", "deputy"},
                     {"from", "2099-01-01T00:00:00Z"},
                     {"to", "2099-01-05T00:00:00Z"}};
  Object for_another = cover;
  for_another.set("from_account", "deputy");
  Object longer = cover;
  longer.set("to", "2099-01-06T00:00:00Z");
  Object to_nobody = cover;
  to_nobody.set("to_account", "nobody");
  asker(world, table, "add_delegation", "POST")
      .with("201", path, cover, {{"idempotency-key", "cover"}})
      .with("201", path, cover, {{"idempotency-key", "cover"}})
      .with("422 idempotency_key_reused", path, longer, {{"idempotency-key", "cover"}})
      .with("422 form_invalid", path, to_nobody)
      .with("403 not_your_post", path, for_another)
      .with("400 invalid_member", path, Object{{"post", "x"}});
  asker(world, table, "list_delegations", "GET")
      .get("200", path)
      .get("400 invalid_parameter", path + "?x=1");
  const Answer made = world.server.client("station_clerk@station")
                          .post(path, cover, {{"idempotency-key", fresh_key()}});
  const std::string delegation = path + "/" + made.json()["id"].text();
  asker(world, table, "remove_delegation", "DELETE")
      .as("commander@station")
      .get("404 not_found", delegation)
      .as("station_clerk@station")
      .get("204", delegation)
      .get("404 not_found", delegation);
}

}  // namespace

void add_station_asks(World& world, Asks& table) {
  add_board(world, table);
  add_audit(world, table);
  add_batches(world, table);
  add_documents(world, table);
  add_rules(world, table);
  add_tokens(world, table);
  add_own_sessions(world, table);
  add_delegations(world, table);
}

}  // namespace yimen::tests
