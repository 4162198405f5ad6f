// The contract of every store for who may log in, in which posts, by which sessions and tokens, and
// who covers for whom.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/store_error.hpp"
#include "workflow/time.hpp"

namespace yimen::persistence {

struct PostRow {
  std::string post;
  std::string unit;
  bool operator==(const PostRow&) const = default;
};

struct AccountRow {
  std::string id;
  std::string name;           // log-in name, unique
  std::string display_name;
  std::string password_hash;  // PHC string
  bool is_active = true;
  bool must_change_password = false;  // before anything else
  std::int64_t revision = 1;          // of the store's making; grows with every change
  std::vector<PostRow> posts;
  workflow::Instant created_at;
};

// What must hold of all active accounts together. A rule without a post rules nothing.
struct PostRules {
  std::string held_by_one;   // has one holder: a second one is `post_taken`
  std::string never_vacant;  // whoever is the only holder stays it: else `post_vacated`
};

struct SessionRow {
  std::string token_hash;  // SHA-256 of the token, hexadecimal
  std::string account;
  bool is_bearer = false;
  workflow::Instant created_at;
  workflow::Instant seen_at;
  workflow::Instant expires_at;
};

// How often something was tried, and when last: what is counted is the caller's.
struct Tally {
  std::int64_t value = 0;
  workflow::Instant at{};
  bool operator==(const Tally&) const = default;
};

// Processes share one database: what they judge together is judged in the store's transaction.
class AccountStore {
 public:
  virtual ~AccountStore() = default;
  // already_exists when the name is taken; the idempotency key is judged first, the rules last.
  [[nodiscard]] virtual Result<void, StoreError> add_account(
      const AccountRow& row, const std::optional<IdempotencyKey>& idempotency = {},
      const PostRules& rules = {}) = 0;
  [[nodiscard]] virtual Result<AccountRow, StoreError> account(const std::string& id) = 0;
  [[nodiscard]] virtual Result<AccountRow, StoreError> account_named(const std::string& name) = 0;
  [[nodiscard]] virtual Result<std::vector<AccountRow>, StoreError> accounts(
      const std::string& after, int limit) = 0;
  // Replaces everything but id, name and creation, and makes the revision one more; `conflict`
  // unless it is the row's. Where `ends_all_but` is given, the account's tokens end, and its
  // sessions but for the one of that hash.
  [[nodiscard]] virtual Result<void, StoreError> change_account(
      const AccountRow& row, const std::optional<std::string>& ends_all_but = {},
      const PostRules& rules = {}) = 0;
  [[nodiscard]] virtual Result<void, StoreError> add_session(const SessionRow& row) = 0;
  [[nodiscard]] virtual Result<SessionRow, StoreError> session(const std::string& token_hash) = 0;
  [[nodiscard]] virtual Result<void, StoreError> touch_session(const std::string& token_hash,
                                                               workflow::Instant seen_at) = 0;
  [[nodiscard]] virtual Result<void, StoreError> end_session(const std::string& token_hash) = 0;
  // Those that have not expired at `now`, the newest first.
  [[nodiscard]] virtual Result<std::vector<SessionRow>, StoreError> sessions_of(
      const std::string& account, workflow::Instant now) = 0;

  // Grows with every change of accounts and delegations and with every session or token that is
  // ended, whichever process makes it.
  [[nodiscard]] virtual Result<std::int64_t, StoreError> access_number() = 0;
  // Hands the slots' tallies, in their order, to `change` and keeps what it makes of them, in one
  // transaction; one never kept is all zeros. `change` may be called again. Slots are of at most 32
  // characters and differ.
  [[nodiscard]] virtual Result<void, StoreError> change_tallies(
      const std::vector<std::string>& slots,
      const std::function<void(std::vector<Tally>&)>& change) = 0;
};

// ---- tokens and delegations ---------------------------------------------------------------------

struct TokenRow {
  std::string id;
  std::string token_hash;  // SHA-256 of the token, hexadecimal
  std::string account;
  std::string name;
  std::vector<PostRow> posts;
  bool reads_only = true;
  workflow::Instant created_at;
  workflow::Instant expires_at;
  std::optional<workflow::Instant> last_used_at;
  bool operator==(const TokenRow&) const = default;
};

class TokenStore {
 public:
  virtual ~TokenStore() = default;
  [[nodiscard]] virtual Result<void, StoreError> add_token(
      const TokenRow& row, const std::optional<IdempotencyKey>& idempotency) = 0;
  [[nodiscard]] virtual Result<TokenRow, StoreError> token_with(const std::string& token_hash) = 0;
  [[nodiscard]] virtual Result<TokenRow, StoreError> token(const std::string& id) = 0;
  // In the order of their making, expired ones too.
  [[nodiscard]] virtual Result<std::vector<TokenRow>, StoreError> tokens_of(
      const std::string& account) = 0;
  [[nodiscard]] virtual Result<void, StoreError> touch_token(const std::string& token_hash,
                                                             workflow::Instant used_at) = 0;
  [[nodiscard]] virtual Result<void, StoreError> remove_token(const std::string& id) = 0;
};

// For a time the delegate holds a post of the account beside the account itself.
struct DelegationRow {
  std::string id;
  std::string account;
  std::string delegate;
  PostRow post;
  workflow::Instant begins_at;
  workflow::Instant ends_at;
  std::string created_by;
  workflow::Instant created_at;
  bool operator==(const DelegationRow&) const = default;
};

class DelegationStore {
 public:
  virtual ~DelegationStore() = default;
  [[nodiscard]] virtual Result<void, StoreError> add_delegation(
      const DelegationRow& row, const std::optional<IdempotencyKey>& idempotency) = 0;
  [[nodiscard]] virtual Result<DelegationRow, StoreError> delegation(const std::string& id) = 0;
  // Given or received by the account (empty: anybody's) and not over at `now`, by their beginning.
  [[nodiscard]] virtual Result<std::vector<DelegationRow>, StoreError> delegations_of(
      const std::string& account, workflow::Instant now) = 0;
  // Received by the account and running at `now`.
  [[nodiscard]] virtual Result<std::vector<DelegationRow>, StoreError> covers_of(
      const std::string& delegate, workflow::Instant now) = 0;
  [[nodiscard]] virtual Result<void, StoreError> remove_delegation(const std::string& id) = 0;
};

}  // namespace yimen::persistence
