#include "api/authentication.hpp"

#include <utility>

#include "api/answers.hpp"
#include "api/base64url.hpp"
#include "api/credentials.hpp"
#include "api/keyring.hpp"
#include "definitions/digest.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using persistence::AccountRow;
using persistence::SessionRow;
using persistence::StoreErrorKind;
using workflow::Instant;

constexpr std::size_t token_bytes = 32;
constexpr std::size_t name_bytes_max = 64;
constexpr std::size_t password_bytes_max = 1024;

Problem wait_for(std::chrono::seconds wait) {
  return {.code = ProblemCode::too_many_requests, .retry_after = wait};
}

// Gives its place back at the end.
class Door {
 public:
  explicit Door(std::counting_semaphore<16>& doors) : doors_(doors), open_(doors.try_acquire()) {}
  ~Door() {
    if (open_) doors_.release();
  }
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;
  [[nodiscard]] bool is_open() const { return open_; }

 private:
  std::counting_semaphore<16>& doors_;
  const bool open_;
};

}  // namespace

Authentication::Authentication(Accounts& accounts, persistence::Database& database,
                               const Clock& clock, IdSource& ids, SessionRules rules)
    : accounts_(accounts),
      store_(database.accounts()),
      tokens_(database.tokens()),
      principals_(accounts, database),
      clock_(clock),
      ids_(ids),
      rules_(rules),
      throttle_(database.accounts()) {}

Result<Session, Problem> Authentication::log_in(const LogIn& attempt) {
  // No account has such a name or password; hashing them would only cost.
  if (attempt.name.size() > name_bytes_max || attempt.password.size() > password_bytes_max) {
    return refuse(Problem{.code = ProblemCode::login_failed});
  }
  const Door door(doors_);
  if (!door.is_open()) {
    return refuse(Problem{.code = ProblemCode::overloaded, .retry_after = std::chrono::seconds(1)});
  }
  auto row = proven(attempt);
  if (!row) return refuse(std::move(row.error()));
  return begin_session(attempt, *row);
}

Result<AccountRow, Problem> Authentication::proven(const LogIn& attempt) {
  const auto wait = throttle_.begin(attempt.name, attempt.address, clock_.now());
  if (!wait) return refuse(store_problem(wait.error()));
  if (*wait) return refuse(wait_for(**wait));
  auto row = store_.account_named(attempt.name);
  if (!row && row.error().kind != StoreErrorKind::not_found) {
    return refuse(store_problem(row.error()));
  }
  const bool matches = is_password(row ? row->password_hash : std::string(), attempt.password);
  if (!matches || !row->is_active) return refuse(Problem{.code = ProblemCode::login_failed});
  throttle_.succeeded(attempt.name, attempt.address);
  return std::move(*row);
}

Result<Session, Problem> Authentication::begin_session(const LogIn& attempt,
                                                       const AccountRow& row) {
  Session session{base64url(ids_.random(token_bytes)), row, {}, attempt.bearer};
  const Instant now = clock_.now();
  session.expires_at = now + (attempt.bearer ? rules_.bearer_longest : rules_.browser_longest);
  const std::string token_hash = definitions::sha256_hex(session.token);
  const auto added = store_.add_session(
      {token_hash, row.id, attempt.bearer, now, now, session.expires_at});
  if (!added) return refuse(store_problem(added.error()));
  // The password may have been changed, or the account closed, while it was being verified.
  const auto fresh = store_.account(row.id);
  if (!fresh || !fresh->is_active || fresh->password_hash != row.password_hash) {
    end(token_hash);
    return refuse(fresh ? Problem{.code = ProblemCode::login_failed}
                        : store_problem(fresh.error()));
  }
  return session;
}

std::optional<Problem> Authentication::authenticate(http::Request& request) {
  const auto brought = credentials_of(request, cookie_name());
  if (!brought) return brought.error();
  if (!*brought) return std::nullopt;
  const Credentials& credentials = **brought;
  const Instant now = clock_.now();
  const std::string token_hash = definitions::sha256_hex(credentials.token);
  auto session = session_of(token_hash, now);
  if (!session) return std::move(session.error());
  if (!*session || (*session)->row.is_bearer != credentials.is_bearer) return std::nullopt;
  if (has_ended((*session)->row, now)) {
    end(token_hash);
    return std::nullopt;
  }
  if (!credentials.is_bearer && !is_safe(request) &&
      (request.headers.get("x-yimen-csrf").empty() ||
       !is_same_origin(request, rules_.behind_proxy))) {
    return Problem{.code = ProblemCode::csrf_check_failed};
  }
  if ((*session)->principal.reads_only && !is_safe(request)) {
    return problem_with(ProblemCode::not_permitted, "token_reads_only");
  }
  if (!see(**session, now)) return std::nullopt;
  request.principal = std::move((*session)->principal);
  return std::nullopt;
}

Result<std::optional<CachedSession>, Problem> Authentication::session_of(
    const std::string& token_hash, Instant now) {
  if (auto cached = cache_.find(token_hash, now, accounts_.changes())) return cached;
  return read(token_hash, now);
}

Result<std::optional<CachedSession>, Problem> Authentication::read(const std::string& token_hash,
                                                                   Instant now) {
  // Both numbers before both reads: a change in between makes what is kept worthless, not wrong.
  const std::uint64_t changes = accounts_.changes();
  const std::uint64_t endings = cache_.endings();
  auto session = principals_.behind(token_hash, now);
  if (!session || !*session) return session;
  (*session)->changes = changes;
  cache_.keep(**session, endings);
  return session;
}

bool Authentication::has_ended(const SessionRow& row, Instant now) const {
  return now >= row.expires_at || (!row.is_bearer && now - row.seen_at >= rules_.idle);
}

bool Authentication::see(const CachedSession& session, Instant now) {
  const std::string& token_hash = session.row.token_hash;
  if (!cache_.see(token_hash, now)) return true;
  const auto touched = session.principal.token.empty() ? store_.touch_session(token_hash, now)
                                                       : tokens_.touch_token(token_hash, now);
  if (touched || touched.error().kind != StoreErrorKind::not_found) return true;
  cache_.forget(token_hash);
  return false;
}

void Authentication::end(const std::string& token_hash) {
  (void)store_.end_session(token_hash);
  cache_.forget(token_hash);
}

Result<void, Problem> Authentication::choose_password(const http::Principal& principal,
                                                      const std::string& address,
                                                      const std::string& present,
                                                      const std::string& wanted) {
  const auto account = accounts_.account(principal.account);
  if (!account) return refuse(account.error());
  const Door door(doors_);
  if (!door.is_open()) {
    return refuse(Problem{.code = ProblemCode::overloaded, .retry_after = std::chrono::seconds(1)});
  }
  const auto row = proven({.name = account->name, .password = present, .address = address});
  if (!row && row.error().code == ProblemCode::login_failed) {
    return refuse(findings_problem({{"/present", "password_wrong", {}}}));
  }
  if (!row) return refuse(row.error());
  return accounts_.choose_password(*row, wanted, principal.session);
}

Result<std::optional<http::Principal>, Problem> Authentication::renewed(
    const http::Principal& principal) {
  const Instant now = clock_.now();
  auto session = session_of(principal.session, now);
  if (!session) return refuse(std::move(session.error()));
  if (!*session || has_ended((*session)->row, now)) return std::nullopt;
  return std::move((*session)->principal);
}

Result<void, Problem> Authentication::log_out(const http::Principal& principal) {
  const auto ended = store_.end_session(principal.session);
  cache_.forget(principal.session);
  if (ended || ended.error().kind == StoreErrorKind::not_found) return {};
  return refuse(store_problem(ended.error()));
}

Result<std::vector<SessionRow>, Problem> Authentication::sessions_of(
    const http::Principal& principal) {
  const Instant now = clock_.now();
  auto rows = store_.sessions_of(principal.account, now);
  if (!rows) return refuse(store_problem(rows.error()));
  std::erase_if(*rows, [&](const SessionRow& row) { return has_ended(row, now); });
  return std::move(*rows);
}

Result<void, Problem> Authentication::end_session_of(const http::Principal& principal,
                                                     const std::string& token_hash) {
  const auto row = store_.session(token_hash);
  if (!row) return refuse(store_problem(row.error()));
  if (row->account != principal.account) {
    return refuse(Problem{.code = ProblemCode::not_found});
  }
  const auto ended = store_.end_session(token_hash);
  cache_.forget(token_hash);
  if (ended || ended.error().kind == StoreErrorKind::not_found) return {};
  return refuse(store_problem(ended.error()));
}

std::string_view Authentication::cookie_name() const {
  return rules_.behind_proxy ? "__Host-yimen" : "yimen";
}

std::string Authentication::cookie_with(std::string_view value) const {
  std::string cookie(cookie_name());
  cookie.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Strict");
  if (rules_.behind_proxy) cookie.append("; Secure");
  return cookie;
}

std::string Authentication::cookie(const Session& session) const {
  return cookie_with(session.token);
}

std::string Authentication::no_cookie() const { return cookie_with("") + "; Max-Age=0"; }

bool Authentication::may_log_in_from(const http::Request& request) const {
  return is_same_origin(request, rules_.behind_proxy);
}

}  // namespace yimen::api
