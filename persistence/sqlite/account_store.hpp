// Accounts and sessions in SQLite.
#pragma once

#include "persistence/sightings.hpp"
#include "persistence/sqlite/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

class SqliteAccountStore final : public AccountStore {
 public:
  explicit SqliteAccountStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_account(
      const AccountRow& row, const std::optional<IdempotencyKey>& idempotency,
      const PostRules& rules) override;
  Result<AccountRow, StoreError> account(const std::string& id) override;
  Result<AccountRow, StoreError> account_named(const std::string& name) override;
  Result<std::vector<AccountRow>, StoreError> accounts(const std::string& after,
                                                       int limit) override;
  Result<void, StoreError> change_account(const AccountRow& row,
                                          const std::optional<std::string>& ends_all_but,
                                          const PostRules& rules) override;
  Result<void, StoreError> add_session(const SessionRow& row) override;
  Result<SessionRow, StoreError> session(const std::string& token_hash) override;
  Result<void, StoreError> touch_session(const std::string& token_hash,
                                         workflow::Instant seen_at) override;
  Result<void, StoreError> end_session(const std::string& token_hash) override;
  Result<std::vector<SessionRow>, StoreError> sessions_of(const std::string& account,
                                                          workflow::Instant now) override;
  Result<std::int64_t, StoreError> access_number() override;
  Result<void, StoreError> change_tallies(
      const std::vector<std::string>& slots,
      const std::function<void(std::vector<Tally>&)>& change) override;

 private:
  [[nodiscard]] Result<AccountRow, StoreError> one_account(std::string_view sql,
                                                           const std::string& key);

  const Context& context_;
  Sightings sightings_;
};

}  // namespace yimen::persistence::sqlite
