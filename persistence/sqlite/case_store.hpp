// Cases in SQLite.
#pragma once

#include <map>
#include <mutex>

#include "persistence/sqlite/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

class SqliteCaseStore final : public CaseStore {
 public:
  explicit SqliteCaseStore(const Context& context) : context_(context) {}

  Result<LoadedCase, StoreError> load(const std::string& case_id) override;
  Result<void, StoreError> commit(const CommitRequest& request) override;
  Result<std::vector<workflow::SealedEntry>, StoreError> journal(const std::string& case_id,
                                                                 std::int64_t after,
                                                                 int limit) override;
  Result<std::vector<PersonalRow>, StoreError> personal_values(const std::string& case_id) override;
  Result<std::optional<EarlierAnswer>, StoreError> earlier_answer(
      const IdempotencyKey& key) override;
  Result<CasePage, StoreError> search(const CaseQuery& query) override;
  Result<std::vector<BoardCell>, StoreError> board(const BoardQuery& query) override;
  Result<std::int64_t, StoreError> next_number(int year) override;
  Result<std::vector<std::string>, StoreError> case_ids(const std::string& after,
                                                        int limit) override;

 private:
  // Numbers that are reserved for this process: [next, end).
  struct Block {
    std::int64_t next = 0;
    std::int64_t end = 0;
  };

  const Context& context_;
  std::mutex blocks_mutex_;
  std::map<int, Block> blocks_;
};

}  // namespace yimen::persistence::sqlite
