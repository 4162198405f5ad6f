#include "api/resources/post_holders.hpp"

#include <algorithm>
#include <map>

#include "api/answers.hpp"
#include "api/body.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using persistence::AccountRow;
using persistence::DelegationRow;
using workflow::Array;
using workflow::Object;

bool may_ask(const http::Principal& principal) {
  return std::ranges::any_of(principal.posts, [](const http::Post& post) {
    return post.level == "station" || post.post == "administrator";
  });
}

Result<std::map<std::string, AccountRow>, Problem> open_accounts(const Accounts& accounts) {
  auto rows = accounts.active();
  if (!rows) return refuse(std::move(rows.error()));
  std::map<std::string, AccountRow> all;
  for (AccountRow& row : *rows) all.emplace(row.id, std::move(row));
  return all;
}

Array covers_view(const std::vector<DelegationRow>& covers, const std::string& account,
                  const http::Post& post, const std::map<std::string, AccountRow>& accounts) {
  Array view;
  for (const DelegationRow& cover : covers) {
    const auto delegate = accounts.find(cover.delegate);
    const bool is_of_post = cover.account == account && cover.post.post == post.post &&
                            cover.post.unit == post.unit;
    if (!is_of_post || delegate == accounts.end()) continue;
    view.emplace_back(Object{{"account", cover.delegate},
                             {"display_name", delegate->second.display_name},
                             {"to", workflow::to_text(cover.ends_at)}});
  }
  return view;
}

bool is_wanted(const Request& request, std::string_view name, const std::string& value) {
  const std::string* wanted = request.query.find(name);
  return wanted == nullptr || *wanted == value;
}

}  // namespace

std::vector<http::Route> PostHolders::routes() {
  return {{.method = "GET",
           .pattern = "/v1/posts/holders",
           .name = "list_post_holders",
           .summary = "Who holds which post, and who covers it now",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response PostHolders::get(const Request& request) {
  if (!may_ask(*request.principal)) return failed(ProblemCode::not_your_post);
  if (auto unknown = unknown_parameter(request, {"post", "unit"})) {
    return failed(std::move(*unknown));
  }
  const auto accounts = open_accounts(accounts_);
  if (!accounts) return failed(accounts.error());
  const workflow::Instant now = clock_.now();
  auto covers = delegations_.delegations_of({}, now);
  if (!covers) return failed(store_problem(covers.error()));
  std::erase_if(*covers, [&](const DelegationRow& cover) { return cover.begins_at > now; });
  Array items;
  for (const auto& [id, account] : *accounts) {
    for (const http::Post& post : accounts_.posts_of(account)) {
      if (!is_wanted(request, "post", post.post) || !is_wanted(request, "unit", post.unit)) {
        continue;
      }
      items.emplace_back(Object{{"post", post.post},
                                {"unit", post.unit},
                                {"level", post.level},
                                {"account", id},
                                {"display_name", account.display_name},
                                {"covered_by", covers_view(*covers, id, post, *accounts)}});
    }
  }
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

}  // namespace yimen::api::resources
