#include "api/resources/notifications.hpp"

#include <charconv>

#include "api/answers.hpp"
#include "api/body.hpp"
#include "api/paging.hpp"
#include "api/workers/addresses.hpp"

namespace yimen::api::resources {

namespace {

using http::ProblemCode;
using http::Request;
using http::Response;
using persistence::Notification;
using workflow::Array;
using workflow::Object;
using workflow::Value;

constexpr std::size_t seen_at_once_max = 200;

Object view(const Notification& row, const http::Texts& texts, http::Language language) {
  const Value params = workflow::parse(row.params).value_or(Value(Object{}));
  Object view{{"id", row.place},
              {"case", row.case_id},
              {"code", row.code},
              {"params", params},
              {"message", texts.text(language, "notification." + row.code, params.members())},
              {"address", row.address},
              {"created_at", workflow::to_text(row.created_at)},
              {"seen", row.seen_at.has_value()}};
  if (row.seen_at) view.set("seen_at", workflow::to_text(*row.seen_at));
  return view;
}

// The place in a cursor; nothing for what is none of ours.
std::optional<std::int64_t> place_in(std::string_view text) {
  std::int64_t place = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), place);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || place <= 0) {
    return std::nullopt;
  }
  return place;
}

}  // namespace

std::vector<http::Route> Notifications::routes() {
  return {{.method = "GET", .pattern = "/v1/notifications", .name = "list_notifications",
           .summary = "What the reader was told, the latest first",
           .handler = [this](const Request& request) { return list(request); }},
          {.method = "PUT", .pattern = "/v1/notifications/seen", .name = "put_notifications_seen",
           .summary = "Mark notifications as seen by the reader",
           .handler = [this](const Request& request) { return put_seen(request); }}};
}

Response Notifications::list(const Request& request) {
  if (auto unknown = unknown_parameter(request, {"cursor", "limit", "unseen"})) {
    return failed(std::move(*unknown));
  }
  const auto limit = limit_of(request);
  if (!limit) return failed(limit.error());
  persistence::NotificationQuery query;
  query.addresses = addresses_of(*request.principal);
  query.account = request.principal->account;
  query.limit = *limit;
  if (const std::string* unseen = request.query.find("unseen")) {
    if (*unseen != "true" && *unseen != "false") return failed(invalid_parameter("unseen"));
    query.unseen_only = *unseen == "true";
  }
  if (const std::string* cursor = request.query.find("cursor")) {
    const auto place = place_in(*cursor);
    if (!place) return failed(invalid_parameter("cursor"));
    query.before = *place;
  }
  const auto rows = store_.notifications(query);
  if (!rows) return failed(store_problem(rows.error()));
  Array items;
  for (const Notification& row : *rows) items.emplace_back(view(row, texts_, request.language));
  const bool is_full = rows->size() == static_cast<std::size_t>(*limit);
  return page_of(request, std::move(items), "cursor",
                 is_full ? std::to_string(rows->back().place) : std::string());
}

Response Notifications::put_seen(const Request& request) {
  const auto body = body_with(request, {{"ids", MemberKind::array, true}});
  if (!body) return failed(body.error());
  std::vector<std::int64_t> places;
  for (const Value& id : (*body)["ids"].items()) {
    if (!id.is_integer()) {
      return http::failed({.code = ProblemCode::invalid_member, .params = {{"member", "/ids"}}});
    }
    places.push_back(id.integer());
  }
  if (places.empty() || places.size() > seen_at_once_max) {
    return http::failed({.code = ProblemCode::invalid_member, .params = {{"member", "/ids"}}});
  }
  const http::Principal& principal = *request.principal;
  const auto marked =
      store_.mark_seen(principal.account, addresses_of(principal), places, clock_.now());
  return marked ? http::no_content() : failed(store_problem(marked.error()));
}

}  // namespace yimen::api::resources
