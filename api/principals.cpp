#include "api/principals.hpp"

#include <algorithm>

#include "api/answers.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using persistence::PostRow;
using persistence::StoreErrorKind;
using workflow::Instant;

bool holds(const std::vector<http::Post>& posts, const PostRow& post) {
  return std::ranges::any_of(posts, [&](const http::Post& held) {
    return held.post == post.post && held.unit == post.unit;
  });
}

}  // namespace

Result<std::optional<CachedSession>, Problem> Principals::behind(const std::string& token_hash,
                                                                 Instant now) const {
  const auto session = database_.accounts().session(token_hash);
  if (session) return behind_session(*session, now);
  if (session.error().kind != StoreErrorKind::not_found) {
    return refuse(store_problem(session.error()));
  }
  const auto token = database_.tokens().token_with(token_hash);
  if (token) return behind_token(*token, now);
  if (token.error().kind == StoreErrorKind::not_found) return std::nullopt;
  return refuse(store_problem(token.error()));
}

Result<std::optional<CachedSession>, Problem> Principals::behind_session(
    const persistence::SessionRow& row, Instant now) const {
  const auto account = open_account(row.account);
  if (!account) return refuse(account.error());
  if (!*account) return std::nullopt;
  CachedSession session;
  session.row = row;
  session.principal.account = row.account;
  session.principal.person = row.account;
  session.principal.session = row.token_hash;
  session.principal.must_change_password = (*account)->must_change_password;
  session.principal.posts = accounts_.posts_of(**account);
  auto added = add_covered(row.account, now, session.principal.posts);
  if (!added) return refuse(std::move(added.error()));
  session.read_at = now;
  session.touched_at = row.seen_at;
  return session;
}

// A token is good for posts that its account still holds itself, whatever it covers.
Result<std::optional<CachedSession>, Problem> Principals::behind_token(
    const persistence::TokenRow& row, Instant now) const {
  const auto account = open_account(row.account);
  if (!account) return refuse(account.error());
  if (!*account) return std::nullopt;
  const Instant seen_at = row.last_used_at.value_or(row.created_at);
  CachedSession session;
  session.row = {row.token_hash, row.account, true, row.created_at, seen_at, row.expires_at};
  session.principal.account = row.account;
  session.principal.person = row.account;
  session.principal.session = row.token_hash;
  session.principal.token = row.id;
  session.principal.reads_only = row.reads_only;
  session.principal.must_change_password = (*account)->must_change_password;
  session.principal.posts = accounts_.posts_of(**account);
  std::erase_if(session.principal.posts, [&](const http::Post& post) {
    return std::ranges::find(row.posts, PostRow{post.post, post.unit}) == row.posts.end();
  });
  session.read_at = now;
  // The first use is always written down.
  session.touched_at = row.last_used_at.value_or(Instant{});
  return session;
}

// Nothing for an account that is closed.
Result<std::optional<Principals::Account>, Problem> Principals::open_account(
    const std::string& id) const {
  auto account = database_.accounts().account(id);
  if (!account) return refuse(store_problem(account.error()));
  if (!account->is_active) return std::nullopt;
  return std::move(*account);
}

// A post is covered as long as the one who is covered holds it.
Result<void, Problem> Principals::add_covered(const std::string& delegate, Instant now,
                                              std::vector<http::Post>& posts) const {
  const auto covers = database_.delegations().covers_of(delegate, now);
  if (!covers) return refuse(store_problem(covers.error()));
  for (const persistence::DelegationRow& cover : *covers) {
    const auto holder = open_account(cover.account);
    if (!holder) return refuse(holder.error());
    if (!*holder || holds(posts, cover.post)) continue;
    for (http::Post& post : accounts_.posts_of(**holder)) {
      if (post.post != cover.post.post || post.unit != cover.post.unit) continue;
      post.for_person = cover.account;
      posts.push_back(std::move(post));
    }
  }
  return {};
}

}  // namespace yimen::api
