// Persons and households in MariaDB.
#pragma once

#include "persistence/mysql/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

class MysqlPersonStore final : public PersonStore {
 public:
  explicit MysqlPersonStore(const Context& context) : context_(context) {}

  Result<void, StoreError> add_person(const PersonRow& row,
                                      const std::optional<IdempotencyKey>& idempotency) override;
  Result<void, StoreError> add_household(const HouseholdRow& row,
                                         const std::optional<IdempotencyKey>& idempotency) override;
  Result<PersonRow, StoreError> person(const std::string& id) override;
  Result<std::vector<PersonRow>, StoreError> persons(
      const std::vector<std::string>& ids) override;
  Result<HouseholdRow, StoreError> household(const std::string& id) override;
  Result<std::vector<PersonRow>, StoreError> household_members(
      const std::string& household) override;
  Result<std::vector<PersonRow>, StoreError> find_persons(
      const std::string& identity_index, const std::vector<std::string>& name_tokens,
      int limit) override;

 private:
  const Context& context_;
};

}  // namespace yimen::persistence::mysql
