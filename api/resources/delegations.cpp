#include "api/resources/delegations.hpp"

#include <algorithm>

#include "api/answers.hpp"
#include "api/body.hpp"
#include "api/request_keys.hpp"
#include "workflow/format.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using persistence::AccountRow;
using persistence::DelegationRow;
using persistence::StoreErrorKind;
using workflow::Array;
using workflow::Finding;
using workflow::Instant;
using workflow::Object;
using workflow::Value;

constexpr int days_max = 366;

constexpr std::string_view delegation_form = R"({
  "type": "object", "additionalProperties": false,
  "required": ["from", "post", "to", "to_account", "unit"],
  "properties": {
    "from": {"type": "string", "format": "instant"},
    "from_account": {"type": "string", "minLength": 1, "maxLength": 40, "x-personal": true},
    "post": {"type": "string", "format": "unit_code"},
    "to": {"type": "string", "format": "instant"},
    "to_account": {"type": "string", "minLength": 1, "maxLength": 40, "x-personal": true},
    "unit": {"type": "string", "format": "unit_code"}
  }
})";

Instant instant_in(const Value& body, std::string_view member) {
  return workflow::instant_from(body[member].text()).value_or(Instant{});
}

// Whose work is to watch over the others does not change hands for a holiday.
bool is_delegable(const std::string& post) {
  return post != "auditor" && post != "administrator" && post != "public" && post != "system";
}

std::vector<Finding> findings_about(const DelegationRow& row, const AccountRow& holder,
                                    Instant now) {
  std::vector<Finding> findings;
  const bool holds = std::ranges::find(holder.posts, row.post) != holder.posts.end();
  if (!holds) findings.push_back({"/post", "post_not_held", {}});
  if (!is_delegable(row.post.post)) {
    findings.push_back({"/post", "post_not_delegable", {{"post", row.post.post}}});
  }
  if (row.account == row.delegate) findings.push_back({"/to_account", "delegate_is_holder", {}});
  if (row.ends_at <= row.begins_at) {
    findings.push_back({"/to", "ends_before_beginning", {}});
  } else if (row.ends_at <= now) {
    findings.push_back({"/to", "not_in_the_future", {}});
  } else if (row.ends_at - row.begins_at > std::chrono::days(days_max)) {
    findings.push_back({"/to", "term_too_long", {{"days", days_max}}});
  }
  return findings;
}

}  // namespace

const Value& delegation_schema() {
  static const Value schema = workflow::parse(delegation_form).value();
  return schema;
}

std::vector<http::Route> Delegations::routes() {
  return {{.method = "POST",
           .pattern = "/v1/delegations",
           .name = "add_delegation",
           .summary = "Let a colleague cover a post for a time",
           .idempotency_key = true,
           .handler = [this](const Request& request) { return post(request); }},
          {.method = "GET",
           .pattern = "/v1/delegations",
           .name = "list_delegations",
           .summary = "What the reader gave and received; everybody's for an administrator",
           .handler = [this](const Request& request) { return list(request); }},
          {.method = "DELETE",
           .pattern = "/v1/delegations/{id}",
           .name = "remove_delegation",
           .summary = "End a delegation, at once",
           .handler = [this](const Request& request) { return remove(request); }}};
}

Response Delegations::post(const Request& request) {
  if (!request.principal->token.empty()) return failed(ProblemCode::not_permitted);
  const auto body = body_of(request, delegation_schema());
  if (!body) return failed(body.error());
  if (body->has("from_account") && !request.principal->holds("administrator")) {
    return failed(ProblemCode::not_your_post);
  }
  const auto row = row_of(request, *body);
  if (!row) return failed(row.error());
  if (!tell(request, "delegation_added", *row)) return failed(ProblemCode::unavailable);
  const auto added = store_.add_delegation(*row, key_of(service_, request, *body));
  if (added) {
    accounts_.note_change();
    return shown(201, *row);
  }
  if (added.error().kind != StoreErrorKind::repeated) return failed(store_problem(added.error()));
  const auto earlier = store_.delegation(added.error().earlier->subject_id);
  return earlier ? shown(201, *earlier) : failed(store_problem(earlier.error()));
}

Result<DelegationRow, Problem> Delegations::row_of(const Request& request, const Value& body) {
  const bool is_own = !body.has("from_account");
  const auto holder = named(is_own ? request.principal->account : body["from_account"].text());
  if (!holder) return refuse(holder.error());
  const auto delegate = named(body["to_account"].text());
  if (!delegate) return refuse(delegate.error());
  std::vector<Finding> findings;
  if (!*holder) findings.push_back({"/from_account", "unknown_account", {}});
  if (!*delegate) findings.push_back({"/to_account", "unknown_account", {}});
  if (!findings.empty()) return refuse(findings_problem(findings));
  DelegationRow row;
  row.created_at = clock_.now();
  row.id = ids_.uuid(row.created_at);
  row.account = (*holder)->id;
  row.delegate = (*delegate)->id;
  row.post = {body["post"].text(), body["unit"].text()};
  row.begins_at = instant_in(body, "from");
  row.ends_at = instant_in(body, "to");
  row.created_by = request.principal->account;
  findings = findings_about(row, **holder, row.created_at);
  if (!findings.empty()) return refuse(findings_problem(findings));
  return row;
}

// Nothing for an account that does not exist or is closed.
Result<std::optional<AccountRow>, Problem> Delegations::named(const std::string& id_or_name) {
  const bool is_id = !workflow::format_problem("uuid", id_or_name);
  auto row = is_id ? account_store_.account(id_or_name) : account_store_.account_named(id_or_name);
  if (row && row->is_active) return std::move(*row);
  if (row || row.error().kind == StoreErrorKind::not_found) return std::nullopt;
  return refuse(store_problem(row.error()));
}

Response Delegations::list(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const http::Principal& principal = *request.principal;
  const std::string whose = principal.holds("administrator") ? std::string() : principal.account;
  const auto rows = store_.delegations_of(whose, clock_.now());
  if (!rows) return failed(store_problem(rows.error()));
  Array items;
  for (const DelegationRow& row : *rows) items.push_back(view(row));
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

// Either side may end it, and an administrator.
Response Delegations::remove(const Request& request) {
  const http::Principal& principal = *request.principal;
  if (!principal.token.empty()) return failed(ProblemCode::not_permitted);
  const auto row = store_.delegation(std::string(request.parameters.get("id")));
  if (!row) return failed(store_problem(row.error()));
  const bool is_party =
      row->account == principal.account || row->delegate == principal.account;
  if (!is_party && !principal.holds("administrator")) return failed(ProblemCode::not_found);
  if (!tell(request, "delegation_removed", *row)) return failed(ProblemCode::unavailable);
  const auto removed = store_.remove_delegation(row->id);
  accounts_.note_change();
  return removed ? http::no_content() : failed(store_problem(removed.error()));
}

Response Delegations::shown(int status, const DelegationRow& row) const {
  Response response = http::json(status, view(row));
  response.headers.add("location", "/v1/delegations/" + row.id);
  return response;
}

Value Delegations::view(const DelegationRow& row) const {
  const Instant now = clock_.now();
  return Object{{"id", row.id},
                {"account", row.account},
                {"delegate", row.delegate},
                {"post", row.post.post},
                {"unit", row.post.unit},
                {"from", workflow::to_text(row.begins_at)},
                {"to", workflow::to_text(row.ends_at)},
                {"is_running", row.begins_at <= now && now < row.ends_at},
                {"created_by", row.created_by},
                {"created_at", workflow::to_text(row.created_at)}};
}

bool Delegations::tell(const Request& request, const char* action, const DelegationRow& row) {
  return audit_log_.write({.at = clock_.now(),
                           .action = action,
                           .account = request.principal->account,
                           .subject = row.delegate,
                           .reason = row.post.post,
                           .trace_id = request.trace_id});
}

}  // namespace yimen::api::resources
