// Who asks: logging in, the session or token behind each request, logging out. Its clock is the
// real one, on a sample database too. Safe from many threads.
#pragma once

#include <chrono>
#include <optional>
#include <semaphore>
#include <string>

#include "api/accounts.hpp"
#include "api/login_throttle.hpp"
#include "api/principals.hpp"
#include "api/session_cache.hpp"

namespace yimen::api {

struct SessionRules {
  // Behind a proxy that ends TLS the cookie is `__Host-yimen` and Secure. Without one the server
  // listens on loopback only, in plain HTTP, where clients refuse such a cookie: it is `yimen`
  // there.
  bool behind_proxy = false;
  std::chrono::minutes idle{30};           // browsers
  std::chrono::hours browser_longest{12};
  std::chrono::hours bearer_longest{24};
};

struct LogIn {
  std::string name;
  std::string password;
  std::string address;
  bool bearer = false;
};

struct Session {
  std::string token;
  persistence::AccountRow account;
  workflow::Instant expires_at;
  bool is_bearer = false;
};

class Authentication {
 public:
  // All of them must outlive the authentication.
  Authentication(Accounts& accounts, persistence::Database& database, const Clock& clock,
                 IdSource& ids, SessionRules rules = {});

  // login_failed for whatever is wrong with account or password, in the same time;
  // too_many_requests for a locked account (known or not) or a busy address; overloaded when a
  // crowd is logging in.
  [[nodiscard]] Result<Session, http::Problem> log_in(const LogIn& attempt);

  // Fills the principal of a request with a live session or token. A problem for credentials of two
  // kinds, a browser's unsafe request without X-Yimen-CSRF or from another origin, an unsafe
  // request with a token that only reads, or an unavailable store; a request that brings nothing
  // valid stays nobody's.
  [[nodiscard]] std::optional<http::Problem> authenticate(http::Request& request);

  // Gives the principal's account the new password once the present one is proven, as at a log-in;
  // a wrong one is form_invalid. Other sessions of the account end, and its tokens.
  [[nodiscard]] Result<void, http::Problem> choose_password(const http::Principal& principal,
                                                            const std::string& address,
                                                            const std::string& present,
                                                            const std::string& wanted);

  // The principal as it is now; nothing once its session or token has ended. No sign of life of the
  // session.
  [[nodiscard]] Result<std::optional<http::Principal>, http::Problem> renewed(
      const http::Principal& principal);

  // Ends the session that the principal came with.
  [[nodiscard]] Result<void, http::Problem> log_out(const http::Principal& principal);

  // The live sessions of the principal's account, the newest first.
  [[nodiscard]] Result<std::vector<persistence::SessionRow>, http::Problem> sessions_of(
      const http::Principal& principal);
  // Ends one of them by its hash; not_found for any other.
  [[nodiscard]] Result<void, http::Problem> end_session_of(const http::Principal& principal,
                                                           const std::string& token_hash);
  // To be called once a token is removed: from now on it is nobody's.
  void forget(const std::string& token_hash) { cache_.forget(token_hash); }

  // Set-Cookie for a browser's session, and to take the cookie away.
  [[nodiscard]] std::string cookie(const Session& session) const;
  [[nodiscard]] std::string no_cookie() const;
  // Whether a browser's request to log in comes from our own page.
  [[nodiscard]] bool may_log_in_from(const http::Request& request) const;

 private:
  [[nodiscard]] std::string_view cookie_name() const;
  [[nodiscard]] std::string cookie_with(std::string_view value) const;
  [[nodiscard]] Result<persistence::AccountRow, http::Problem> proven(const LogIn& attempt);
  [[nodiscard]] Result<Session, http::Problem> begin_session(const LogIn& attempt,
                                                             const persistence::AccountRow& row);
  [[nodiscard]] Result<std::optional<CachedSession>, http::Problem> session_of(
      const std::string& token_hash, workflow::Instant now);
  [[nodiscard]] Result<std::optional<CachedSession>, http::Problem> read(
      const std::string& token_hash, workflow::Instant now);
  [[nodiscard]] bool has_ended(const persistence::SessionRow& row, workflow::Instant now) const;
  // False when the session or token was ended elsewhere.
  [[nodiscard]] bool see(const CachedSession& session, workflow::Instant now);
  void end(const std::string& token_hash);

  Accounts& accounts_;
  persistence::AccountStore& store_;
  persistence::TokenStore& tokens_;
  const Principals principals_;
  const Clock& clock_;
  IdSource& ids_;
  const SessionRules rules_;
  LoginThrottle throttle_;
  SessionCache cache_;
  std::counting_semaphore<16> doors_{16};
};

}  // namespace yimen::api
