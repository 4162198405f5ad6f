#include "api/accounts.hpp"

#include <algorithm>
#include <utility>

#include "api/answers.hpp"
#include "api/keyring.hpp"
#include "api/login_throttle.hpp"
#include "api/password_rules.hpp"

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
const persistence::PostRules& post_rules() {
  static const persistence::PostRules rules{"platform_supervisor", "administrator"};
  return rules;
}

constexpr std::chrono::seconds asked_each{1};

Problem problem_of(const StoreError& error) {
  if (error.kind == StoreErrorKind::post_taken) {
    return problem_with(ProblemCode::conflict, "post_taken",
                        {{"post", post_rules().held_by_one}});
  }
  if (error.kind == StoreErrorKind::post_vacated) {
    return problem_with(ProblemCode::conflict, "last_administrator");
  }
  return store_problem(error);
}

std::vector<PostRow> sorted(std::vector<PostRow> posts) {
  std::ranges::sort(posts, {}, [](const PostRow& post) { return std::pair(post.post, post.unit); });
  return posts;
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
  row.must_change_password = wanted.must_change_password;
  row.posts = sorted(wanted.posts);
  row.created_at = now;
  const auto added = store_.add_account(row, key, post_rules());
  if (added) return row;
  const StoreError& error = added.error();
  if (error.kind == StoreErrorKind::already_exists) return same_as_before(wanted);
  if (error.kind != StoreErrorKind::repeated || !error.earlier) return refuse(problem_of(error));
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
  auto row = account(id);
  if (!row) return row;
  std::vector<Finding> findings;
  if (wanted.password) findings = password_findings(*wanted.password, row->name);
  if (wanted.posts) append(findings, post_findings(*wanted.posts));
  if (!findings.empty()) return refuse(findings_problem(findings));
  if (!expected.match_strongly(tag(*row))) {
    return refuse(Problem{.code = ProblemCode::stale_revision});
  }
  if (wanted.display_name) row->display_name = *wanted.display_name;
  if (wanted.is_active) row->is_active = *wanted.is_active;
  if (wanted.posts) row->posts = sorted(*wanted.posts);
  if (wanted.password) row->password_hash = hash_password(*wanted.password);
  if (wanted.must_change_password) row->must_change_password = *wanted.must_change_password;
  const bool ends_sessions = wanted.password || !row->is_active;
  if (auto kept = keep(*row, ends_sessions ? std::optional<std::string>("") : std::nullopt);
      !kept) {
    return refuse(std::move(kept.error()));
  }
  // Whoever was locked out for guessing the old one has nothing to wait for.
  if (wanted.password) LoginThrottle(store_).forget(row->name);
  return row;
}

Result<void, Problem> Accounts::choose_password(Row row, const std::string& password,
                                                const std::string& session) {
  auto findings = password_findings(password, row.name);
  if (findings.empty() && is_password(row.password_hash, password)) {
    findings.push_back({"/password", "password_unchanged", {}});
  }
  // The member that it comes in.
  for (Finding& finding : findings) finding.pointer = "/new";
  if (!findings.empty()) return refuse(findings_problem(findings));
  row.password_hash = hash_password(password);
  row.must_change_password = false;
  return keep(row, session);
}

// The row becomes as it is kept.
Result<void, Problem> Accounts::keep(Row& row, const std::optional<std::string>& ends_all_but) {
  const auto changed = store_.change_account(row, ends_all_but, post_rules());
  ++changes_;
  if (changed) {
    ++row.revision;
    return {};
  }
  if (changed.error().kind == StoreErrorKind::conflict) {
    return refuse(Problem{.code = ProblemCode::stale_revision});
  }
  return refuse(problem_of(changed.error()));
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

// While one asks the others go on with what is known.
std::uint64_t Accounts::changes() {
  const auto now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (now >= asked_at_ && now - asked_at_ < asked_each) return changes_;
    asked_at_ = now;
  }
  const auto number = store_.access_number();
  const std::lock_guard lock(mutex_);
  if (!number || *number != number_) ++changes_;  // what is not known may have changed
  number_ = number.value_or(number_);
  return changes_;
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
  return "r" + std::to_string(row.revision);
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

}  // namespace yimen::api
