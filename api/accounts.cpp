#include "api/accounts.hpp"

#include <algorithm>
#include <utility>

#include "api/answers.hpp"
#include "api/keyring.hpp"
#include "api/password_rules.hpp"
#include "definitions/digest.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using persistence::PostRow;
using persistence::StoreError;
using persistence::StoreErrorKind;
using workflow::Finding;
using Row = persistence::AccountRow;

// R11: one named person supervises the platform.
constexpr std::string_view held_by_one = "platform_supervisor";
constexpr std::string_view administrator = "administrator";
constexpr int page = 200;

bool holds(const Row& row, std::string_view post) {
  return row.is_active && std::ranges::find(row.posts, post, &PostRow::post) != row.posts.end();
}

std::vector<PostRow> sorted(std::vector<PostRow> posts) {
  std::ranges::sort(posts, {}, [](const PostRow& post) { return std::pair(post.post, post.unit); });
  return posts;
}

workflow::Value posts_value(const std::vector<PostRow>& posts) {
  workflow::Array items;
  for (const PostRow& post : sorted(posts)) {
    items.push_back(workflow::Object{{"post", post.post}, {"unit", post.unit}});
  }
  return items;
}

void append(std::vector<Finding>& findings, std::vector<Finding> more) {
  findings.insert(findings.end(), more.begin(), more.end());
}

}  // namespace

Accounts::Accounts(persistence::AccountStore& store, const definitions::Organisation& organisation,
                   const Clock& clock, IdSource& ids)
    : store_(store), organisation_(organisation), clock_(clock), ids_(ids) {}

Result<Row, Problem> Accounts::add(const NewAccount& wanted,
                                   const std::optional<persistence::IdempotencyKey>& key) {
  auto findings = password_findings(wanted.password, wanted.name);
  append(findings, post_findings(wanted.posts));
  if (!findings.empty()) return refuse(findings_problem(findings));
  const auto now = clock_.now();
  Row row;
  row.id = ids_.uuid(now);
  row.name = wanted.name;
  row.display_name = wanted.display_name;
  row.password_hash = hash_password(wanted.password);
  row.posts = sorted(wanted.posts);
  row.created_at = now;
  const std::lock_guard lock(mutex_);
  if (!store_.account_named(row.name)) {
    if (auto agreed = agrees_with_others(row); !agreed) return refuse(std::move(agreed.error()));
  }
  const auto added = store_.add_account(row, key);
  ++changes_;
  if (added) return row;
  const StoreError& error = added.error();
  if (error.kind == StoreErrorKind::already_exists) return same_as_before(wanted);
  if (error.kind != StoreErrorKind::repeated || !error.earlier) return refuse(store_problem(error));
  auto made = account(error.earlier->subject_id);
  if (made && !is_password(made->password_hash, wanted.password)) {
    return refuse(Problem{.code = ProblemCode::idempotency_key_reused});
  }
  return made;
}

Result<Row, Problem> Accounts::same_as_before(const NewAccount& wanted) const {
  auto row = store_.account_named(wanted.name);
  if (!row) return refuse(store_problem(row.error()));
  const bool is_same = row->is_active && row->display_name == wanted.display_name &&
                       sorted(row->posts) == sorted(wanted.posts) &&
                       is_password(row->password_hash, wanted.password);
  if (is_same) return std::move(*row);
  return refuse(problem_with(ProblemCode::already_known, "name_taken"));
}

Result<Row, Problem> Accounts::change(const std::string& id, const AccountChange& wanted,
                                      const http::EntityTags& expected) {
  const auto known = account(id);
  if (!known) return known;
  std::vector<Finding> findings;
  if (wanted.password) findings = password_findings(*wanted.password, known->name);
  if (wanted.posts) append(findings, post_findings(*wanted.posts));
  if (!findings.empty()) return refuse(findings_problem(findings));
  const std::string hash = wanted.password ? hash_password(*wanted.password) : std::string();

  const std::lock_guard lock(mutex_);
  auto row = account(id);
  if (!row) return row;
  if (!expected.match_strongly(tag(*row))) {
    return refuse(Problem{.code = ProblemCode::stale_revision});
  }
  const bool was_administrator = holds(*row, administrator);
  if (wanted.display_name) row->display_name = *wanted.display_name;
  if (wanted.is_active) row->is_active = *wanted.is_active;
  if (wanted.posts) row->posts = sorted(*wanted.posts);
  if (wanted.password) {
    row->password_hash = hash;
    row->failures = 0;
    row->locked_until.reset();
  }
  if (auto agreed = agrees_with_others(*row); !agreed) return refuse(std::move(agreed.error()));
  if (was_administrator && !holds(*row, administrator)) {
    const auto another = another_holds(std::string(administrator), id);
    if (!another) return refuse(store_problem(another.error()));
    if (!*another) return refuse(problem_with(ProblemCode::conflict, "last_administrator"));
  }
  const auto changed = store_.change_account(*row, wanted.password || !row->is_active);
  ++changes_;
  if (!changed) return refuse(store_problem(changed.error()));
  return row;
}

Result<Row, Problem> Accounts::account(const std::string& id) const {
  auto row = store_.account(id);
  if (!row) return refuse(store_problem(row.error()));
  return std::move(*row);
}

Result<std::vector<Row>, Problem> Accounts::list(const std::string& after, int limit) const {
  auto rows = store_.accounts(after, limit);
  if (!rows) return refuse(store_problem(rows.error()));
  return std::move(*rows);
}

Result<std::vector<Row>, Problem> Accounts::active() const {
  constexpr int page = 200;
  std::vector<Row> all;
  std::string after;
  while (true) {
    auto rows = list(after, page);
    if (!rows) return rows;
    for (Row& row : *rows) {
      after = row.id;
      if (row.is_active) all.push_back(std::move(row));
    }
    if (static_cast<int>(rows->size()) < page) return all;
  }
}

Result<void, StoreError> Accounts::set_lock(const std::string& id, int failures,
                                            std::optional<workflow::Instant> locked_until) {
  const std::lock_guard lock(mutex_);
  auto row = store_.account(id);
  if (!row) return refuse(std::move(row.error()));
  row->failures = failures;
  row->locked_until = locked_until;
  return store_.change_account(*row, false);
}

std::vector<http::Post> Accounts::posts_of(const Row& row) const {
  std::vector<http::Post> posts;
  for (const PostRow& held : row.posts) {
    const definitions::Post* post = organisation_.post(held.post);
    const definitions::Unit* unit = organisation_.unit(held.unit);
    if (post == nullptr || unit == nullptr || post->level != unit->level) continue;
    posts.push_back({held.post, held.unit, post->level});
  }
  return posts;
}

std::string Accounts::tag(const Row& row) {
  const workflow::Object state{{"display_name", row.display_name},
                               {"is_active", row.is_active},
                               {"password", row.password_hash},
                               {"posts", posts_value(row.posts)}};
  return definitions::sha256_hex(workflow::canonical(state)).substr(0, 32);
}

std::vector<Finding> Accounts::post_findings(const std::vector<PostRow>& posts) const {
  std::vector<Finding> findings;
  for (std::size_t at = 0; at < posts.size(); ++at) {
    const std::string pointer = "/posts/" + std::to_string(at);
    const definitions::Post* post = organisation_.post(posts[at].post);
    const definitions::Unit* unit = organisation_.unit(posts[at].unit);
    const auto here = posts.begin() + static_cast<std::ptrdiff_t>(at);
    if (std::find(posts.begin(), here, posts[at]) != here) {
      findings.push_back({pointer, "named_twice", {{"name", posts[at].post}}});
    }
    if (unit == nullptr) findings.push_back({pointer + "/unit", "unknown_unit", {}});
    if (post == nullptr) {
      findings.push_back({pointer + "/post", "unknown_post", {}});
    } else if (post->level == "public" || post->level == "system") {
      findings.push_back({pointer + "/post", "level_not_allowed", {{"level", post->level}}});
    } else if (unit != nullptr && post->level != unit->level) {
      findings.push_back({pointer + "/post", "level_differs",
                          {{"post", post->code}, {"level", post->level}}});
    }
  }
  return findings;
}

Result<void, Problem> Accounts::agrees_with_others(const Row& row) const {
  if (!holds(row, held_by_one)) return {};
  const auto another = another_holds(std::string(held_by_one), row.id);
  if (!another) return refuse(store_problem(another.error()));
  if (!*another) return {};
  return refuse(problem_with(ProblemCode::conflict, "post_taken", {{"post", held_by_one}}));
}

Result<bool, StoreError> Accounts::another_holds(const std::string& post,
                                                 const std::string& id) const {
  std::string after;
  while (true) {
    const auto rows = store_.accounts(after, page);
    if (!rows) return refuse(rows.error());
    const bool found = std::ranges::any_of(
        *rows, [&](const Row& row) { return row.id != id && holds(row, post); });
    if (found) return true;
    if (static_cast<int>(rows->size()) < page) return false;
    after = rows->back().id;
  }
}

}  // namespace yimen::api
