// Tokens of machines, and delegations, in SQLite.
#pragma once

#include "persistence/sqlite/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

class SqliteTokenStore final : public TokenStore {
 public:
  explicit SqliteTokenStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_token(const TokenRow& row,
                                     const std::optional<IdempotencyKey>& idempotency) override;
  Result<TokenRow, StoreError> token_with(const std::string& token_hash) override;
  Result<TokenRow, StoreError> token(const std::string& id) override;
  Result<std::vector<TokenRow>, StoreError> tokens_of(const std::string& account) override;
  Result<void, StoreError> touch_token(const std::string& token_hash,
                                       workflow::Instant used_at) override;
  Result<void, StoreError> remove_token(const std::string& id) override;

 private:
  [[nodiscard]] Result<std::vector<TokenRow>, StoreError> all(std::string_view text,
                                                              const std::string& key);
  [[nodiscard]] Result<TokenRow, StoreError> one(std::string_view text, const std::string& key);

  const Context& context_;
};

class SqliteDelegationStore final : public DelegationStore {
 public:
  explicit SqliteDelegationStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_delegation(
      const DelegationRow& row, const std::optional<IdempotencyKey>& idempotency) override;
  Result<DelegationRow, StoreError> delegation(const std::string& id) override;
  Result<std::vector<DelegationRow>, StoreError> delegations_of(const std::string& account,
                                                                workflow::Instant now) override;
  Result<std::vector<DelegationRow>, StoreError> covers_of(const std::string& delegate,
                                                           workflow::Instant now) override;
  Result<void, StoreError> remove_delegation(const std::string& id) override;

 private:
  [[nodiscard]] Result<std::vector<DelegationRow>, StoreError> all(
      std::string_view text, std::initializer_list<Parameter> parameters);

  const Context& context_;
};

}  // namespace yimen::persistence::sqlite
