// The operations of the station and its machines, for the matrix.
#include <stdexcept>

#include "tests/api/end_to_end_operations.hpp"

namespace yimen::tests {

namespace {

using api::http::Fields;
using workflow::Array;
using workflow::Object;
using workflow::Value;

Fields keyed() { return {{"idempotency-key", fresh_key()}}; }

Value first_post(Client& client) { return client.get("/v1/me").json()["posts"].items().front(); }

Value token_of(Client& client) {
  const Value post = first_post(client);
  return Object{{"name", "示例"},
                {"access", "read"},
                {"expires_at", "2026-12-31T00:00:00Z"},
                {"posts", Array{Object{{"post", post["post"]}, {"unit", post["unit"]}}}}};
}

Value cover_of(Client& client, const std::string& delegate) {
  const Value post = first_post(client);
  return Object{{"post", post["post"]},
                {"unit", post["unit"]},
                {"to_account", delegate},
                {"from", "2099-01-01T00:00:00Z"},
                {"to", "2099-01-05T00:00:00Z"}};
}

// Somebody whom no column of the matrix stands for.
Staff colleague(TwoVillages& town) {
  return town.server.add_staff("colleague-" + std::to_string(town.next_order()),
                               {{"hotline_operator", "station"}});
}

Answer upload(Client& client, const std::string& case_id) {
  Fields headers = keyed();
  headers.add("content-type", "text/plain");
  headers.add("x-filename", "note.txt");
  return client.send("POST", "/v1/cases/" + case_id + "/attachments?document_kind=other", "示例",
                     headers);
}

void add_documents(TwoVillages& town, std::map<std::string, Operation>& operations) {
  const std::array<std::string, 3> cases{town.assigned(Whose::own), town.assigned(Whose::other),
                                         std::string(unknown_id)};
  std::array<std::string, 3> documents{"", "", std::string(unknown_id)};
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) {
    Client clerk = town.server.client("station_clerk@station");
    documents[at] = upload(clerk, cases[at]).json()["id"].text();
  }
  operations["attach_document"] = [cases](Client& client, Whose whose) {
    return upload(client, cases[static_cast<std::size_t>(whose)]);
  };
  operations["list_attachments"] = [cases](Client& client, Whose whose) {
    return client.get("/v1/cases/" + cases[static_cast<std::size_t>(whose)] + "/attachments");
  };
  operations["get_attachment"] = [documents](Client& client, Whose whose) {
    return client.get("/v1/attachments/" + documents[static_cast<std::size_t>(whose)]);
  };
}

void add_audit(TwoVillages& town, std::map<std::string, Operation>& operations) {
  for (const auto& [name, path] : std::map<std::string, std::string>{
           {"get_time_limits", "/v1/audit/time-limits?from=2026-01-01&to=2026-12-31"},
           {"list_time_limit_cases",
            "/v1/audit/time-limits/cases?from=2026-01-01&to=2026-12-31"},
           {"list_overdue", "/v1/audit/overdue"},
           {"list_reveals", "/v1/audit/reveals"},
           {"list_administration", "/v1/audit/administration"},
           {"verify_journals", "/v1/audit/verify"}}) {
    operations[name] = [path = path](Client& client, Whose) { return client.get(path); };
  }
  operations["list_audit_entries"] = [](Client& client, Whose whose) {
    return client.get(whose == Whose::own ? "/v1/audit/extensions" : "/v1/audit/nothing");
  };
  const std::array<std::string, 3> cases{town.assigned(Whose::own), town.assigned(Whose::other),
                                         std::string(unknown_id)};
  operations["get_case_clocks"] = [cases](Client& client, Whose whose) {
    return client.get("/v1/cases/" + cases[static_cast<std::size_t>(whose)] + "/clocks");
  };
}

void add_rules(std::map<std::string, Operation>& operations) {
  operations["put_calendar_year"] = [](Client& client, Whose whose) {
    const Answer known = client.get("/v1/calendar/2027");
    const char* path = whose == Whose::own ? "/v1/calendar/2027" : "/v1/calendar/next";
    return client.put(path, known.json(), {{"if-match", std::string(known.header("etag"))}});
  };
  operations["list_editions"] = [](Client& client, Whose whose) {
    return client.get(whose == Whose::own ? "/v1/procedures/assistance/editions"
                                          : "/v1/procedures/baking/editions");
  };
  operations["check_edition"] = [](Client& client, Whose whose) {
    return client.post(whose == Whose::own ? "/v1/procedures/assistance/editions/x/check"
                                           : "/v1/procedures/baking/editions/x/check",
                       Object{});
  };
}

void add_tokens(TwoVillages& town, std::map<std::string, Operation>& operations) {
  operations["add_token"] = [](Client& client, Whose) {
    return client.post("/v1/tokens", token_of(client), keyed());
  };
  operations["list_tokens"] = [&town](Client& client, Whose whose) {
    return client.get(whose == Whose::own ? "/v1/tokens" : "/v1/tokens?account=" + town.user());
  };
  operations["remove_token"] = [&town](Client& client, Whose whose) {
    std::string id(unknown_id);
    if (whose == Whose::own) {
      id = client.post("/v1/tokens", token_of(client), keyed()).json()["id"].text();
    } else if (whose == Whose::other) {
      Client other = town.server.client_of(colleague(town));
      id = other.post("/v1/tokens", token_of(other), keyed()).json()["id"].text();
    }
    return client.remove("/v1/tokens/" + id);
  };
  operations["list_sessions"] = [](Client& client, Whose) { return client.get("/v1/sessions"); };
  operations["end_session"] = [&town](Client& client, Whose whose) {
    std::string id(64, '0');
    if (whose == Whose::other) {
      Client other = town.server.client_of(colleague(town));
      id = other.get("/v1/sessions").json()["items"].items().front()["id"].text();
    }
    return client.remove("/v1/sessions/" + id);
  };
}

void add_delegations(TwoVillages& town, std::map<std::string, Operation>& operations) {
  operations["add_delegation"] = [&town](Client& client, Whose) {
    return client.post("/v1/delegations", cover_of(client, colleague(town).account), keyed());
  };
  operations["list_delegations"] = [](Client& client, Whose) {
    return client.get("/v1/delegations");
  };
  operations["remove_delegation"] = [&town](Client& client, Whose whose) {
    std::string id(unknown_id);
    if (whose != Whose::unknown) {
      Client other = town.server.client_of(colleague(town));
      Client& giver = whose == Whose::own ? client : other;
      id = giver.post("/v1/delegations", cover_of(giver, colleague(town).account), keyed())
               .json()["id"]
               .text();
    }
    return client.remove("/v1/delegations/" + id);
  };
}

}  // namespace

void add_station_operations(TwoVillages& town, std::map<std::string, Operation>& operations) {
  operations["get_board"] = [](Client& client, Whose) { return client.get("/v1/board"); };
  operations["run_batch"] = [](Client& client, Whose) {
    return client.post("/v1/batches",
                       Object{{"dry_run", true},
                              {"items", Array{Object{{"case", unknown_id}, {"event", "accept"}}}}},
                       keyed());
  };
  operations["list_post_holders"] = [](Client& client, Whose) {
    return client.get("/v1/posts/holders");
  };
  add_audit(town, operations);
  add_documents(town, operations);
  add_rules(operations);
  add_tokens(town, operations);
  add_delegations(town, operations);
}

}  // namespace yimen::tests
