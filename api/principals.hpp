// Who is behind a session or a machine's token, and which posts they hold now: their own, those
// that the token is good for, those of colleagues whom they cover.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/accounts.hpp"
#include "api/session_cache.hpp"

namespace yimen::api {

class Principals {
 public:
  // Both must outlive the principals.
  Principals(const Accounts& accounts, persistence::Database& database)
      : accounts_(accounts), database_(database) {}

  // Nothing for a hash that names no session and no token, or those of a closed account. Whether it
  // has expired is for the caller to see.
  [[nodiscard]] Result<std::optional<CachedSession>, http::Problem> behind(
      const std::string& token_hash, workflow::Instant now) const;

 private:
  using Account = persistence::AccountRow;

  [[nodiscard]] Result<std::optional<CachedSession>, http::Problem> behind_session(
      const persistence::SessionRow& row, workflow::Instant now) const;
  [[nodiscard]] Result<std::optional<CachedSession>, http::Problem> behind_token(
      const persistence::TokenRow& row, workflow::Instant now) const;
  [[nodiscard]] Result<std::optional<Account>, http::Problem> open_account(
      const std::string& id) const;
  [[nodiscard]] Result<void, http::Problem> add_covered(const std::string& delegate,
                                                        workflow::Instant now,
                                                        std::vector<http::Post>& posts) const;

  const Accounts& accounts_;
  persistence::Database& database_;
};

}  // namespace yimen::api
