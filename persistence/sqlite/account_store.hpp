// Accounts and sessions in SQLite.
#pragma once

#include <map>
#include <mutex>

#include "persistence/sqlite/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

class SqliteAccountStore final : public AccountStore {
 public:
  explicit SqliteAccountStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_account(
      const AccountRow& row, const std::optional<IdempotencyKey>& idempotency) override;
  Result<AccountRow, StoreError> account(const std::string& id) override;
  Result<AccountRow, StoreError> account_named(const std::string& name) override;
  Result<std::vector<AccountRow>, StoreError> accounts(const std::string& after,
                                                       int limit) override;
  Result<void, StoreError> change_account(const AccountRow& row, bool ends_sessions) override;
  Result<void, StoreError> add_session(const SessionRow& row) override;
  Result<SessionRow, StoreError> session(const std::string& token_hash) override;
  Result<void, StoreError> touch_session(const std::string& token_hash,
                                         workflow::Instant seen_at) override;
  Result<void, StoreError> end_session(const std::string& token_hash) override;
  Result<std::vector<SessionRow>, StoreError> sessions_of(const std::string& account,
                                                          workflow::Instant now) override;

 private:
  // When a session was last seen, ahead of what the database knows.
  struct Seen {
    workflow::Instant at;
    workflow::Instant written_at;
    workflow::Instant expires_at;
    std::string account;
  };

  [[nodiscard]] Result<AccountRow, StoreError> one_account(std::string_view sql,
                                                           const std::string& key);
  void remember(SessionRow& row);

  const Context& context_;
  std::mutex seen_mutex_;
  std::map<std::string, Seen> seen_;  // by token hash
};

}  // namespace yimen::persistence::sqlite
