#include "persistence/mysql/case_store.hpp"

#include "persistence/mysql/board.hpp"
#include "persistence/mysql/case_lines.hpp"
#include "persistence/mysql/case_queries.hpp"
#include "persistence/mysql/idempotency.hpp"

namespace yimen::persistence::mysql {

namespace {

constexpr int numbers_in_block = 20;

}  // namespace

Result<LoadedCase, StoreError> MysqlCaseStore::load(const std::string& case_id) {
  struct Stored {
    std::string document;
    std::string head_hash;
  };
  const auto stored = one_row(
      context_, select_case, {case_id},
      [](const Rows& rows) { return Stored{rows.text(0), rows.text(1)}; }, "case");
  if (!stored) return refuse(stored.error());
  const auto value = workflow::parse(stored->document);
  if (!value) {
    return refuse(StoreError{StoreErrorKind::unavailable, "damaged document of " + case_id, {}});
  }
  return LoadedCase{workflow::case_from(*value), stored->head_hash};
}

Result<void, StoreError> MysqlCaseStore::commit(const CommitRequest& request) {
  if (std::string why = contradiction_in(request); !why.empty()) {
    return refuse(StoreError{StoreErrorKind::invalid, std::move(why), {}});
  }
  return context_.committer.commit(
      prepare(request, context_.jurisdiction, context_.vocabulary));
}

Result<std::vector<workflow::SealedEntry>, StoreError> MysqlCaseStore::journal(
    const std::string& case_id, std::int64_t after, int limit) {
  return all_rows(context_, select_journal, {case_id, after, std::int64_t{limit}},
                  [](const Rows& rows) {
                    return workflow::SealedEntry{rows.integer(0), rows.text(1), rows.text(2),
                                                 rows.text(3)};
                  });
}

Result<std::vector<PersonalRow>, StoreError> MysqlCaseStore::personal_values(
    const std::string& case_id) {
  return all_rows(context_, select_personal_values, {case_id}, [](const Rows& rows) {
    return PersonalRow{rows.integer(0), {rows.text(1), rows.text(2)}};
  });
}

Result<std::optional<EarlierAnswer>, StoreError> MysqlCaseStore::earlier_answer(
    const IdempotencyKey& key) {
  std::optional<EarlierAnswer> answer;
  const auto read = context_.transactions.read(
      [&](Connection& connection) { answer = answer_of(connection, key); });
  if (!read) return refuse(read.error());
  return answer;
}

Result<CasePage, StoreError> MysqlCaseStore::search(const CaseQuery& query) {
  Result<CasePage, StoreError> page;
  const auto read = context_.transactions.read([&](Connection& connection) {
    page = mysql::search(connection, context_.jurisdiction, query);
  });
  if (!read) return refuse(read.error());
  return page;
}

Result<std::vector<BoardCell>, StoreError> MysqlCaseStore::board(const BoardQuery& query) {
  std::vector<BoardCell> cells;
  const auto read = context_.transactions.read([&](Connection& connection) {
    cells = count_cells(connection, context_.jurisdiction, query);
  });
  if (!read) return refuse(read.error());
  return cells;
}

// A block whose reservation is in doubt is left unused: gaps are allowed, repeats are not.
Result<std::int64_t, StoreError> MysqlCaseStore::next_number(int year) {
  const std::lock_guard lock(blocks_mutex_);
  Block& block = blocks_[year];
  if (block.next == block.end) {
    std::int64_t first = 0;
    const auto reserved = context_.transactions.run_repeatable(
        [&](Connection& connection) -> Result<void, StoreError> {
          const std::string& jurisdiction = context_.jurisdiction;
          connection.prepared(insert_number_block).execute({jurisdiction, std::int64_t{year}});
          Rows rows =
              connection.prepared(lock_number_block).query({jurisdiction, std::int64_t{year}});
          if (!rows.next()) throw Failure(0, "the block of numbers is gone");
          first = rows.integer(0);
          connection.prepared(update_number_block)
              .execute({first + numbers_in_block, jurisdiction, std::int64_t{year}});
          return {};
        });
    if (!reserved) return refuse(reserved.error());
    block = {first, first + numbers_in_block};
  }
  return block.next++;
}

Result<std::vector<std::string>, StoreError> MysqlCaseStore::case_ids(const std::string& after,
                                                                      int limit) {
  return all_rows(context_, select_case_ids, {after, std::int64_t{limit}},
                  [](const Rows& rows) { return rows.text(0); });
}

}  // namespace yimen::persistence::mysql
