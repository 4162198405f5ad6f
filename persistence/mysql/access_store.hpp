// Tokens of machines, and delegations, in MariaDB.
#pragma once

#include "persistence/mysql/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

class MysqlTokenStore final : public TokenStore {
 public:
  explicit MysqlTokenStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_token(const TokenRow& row,
                                     const std::optional<IdempotencyKey>& idempotency) override;
  Result<TokenRow, StoreError> token_with(const std::string& token_hash) override;
  Result<TokenRow, StoreError> token(const std::string& id) override;
  Result<std::vector<TokenRow>, StoreError> tokens_of(const std::string& account) override;
  Result<void, StoreError> touch_token(const std::string& token_hash,
                                       workflow::Instant used_at) override;
  Result<void, StoreError> remove_token(const std::string& id) override;

 private:
  const Context& context_;
};

class MysqlDelegationStore final : public DelegationStore {
 public:
  explicit MysqlDelegationStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_delegation(
      const DelegationRow& row, const std::optional<IdempotencyKey>& idempotency) override;
  Result<DelegationRow, StoreError> delegation(const std::string& id) override;
  Result<std::vector<DelegationRow>, StoreError> delegations_of(const std::string& account,
                                                                workflow::Instant now) override;
  Result<std::vector<DelegationRow>, StoreError> covers_of(const std::string& delegate,
                                                           workflow::Instant now) override;
  Result<void, StoreError> remove_delegation(const std::string& id) override;

 private:
  const Context& context_;
};

}  // namespace yimen::persistence::mysql
