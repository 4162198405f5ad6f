#include "persistence/sqlite/case_store.hpp"

#include <Poco/Data/Statement.h>

#include "persistence/sqlite/board.hpp"
#include "persistence/sqlite/case_lines.hpp"
#include "persistence/sqlite/case_queries.hpp"
#include "persistence/sqlite/case_write.hpp"
#include "persistence/sqlite/idempotency.hpp"

namespace yimen::persistence::sqlite {

namespace {

using namespace Poco::Data::Keywords;

constexpr int numbers_in_block = 20;

}  // namespace

Result<LoadedCase, StoreError> SqliteCaseStore::load(const std::string& case_id) {
  std::string document;
  LoadedCase loaded;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_case).query({case_id});
    if (!rows.next()) return;
    document = rows.text(0);
    loaded.head_hash = rows.text(1);
  });
  if (!read) return refuse(read.error());
  if (document.empty()) return refuse(StoreError{StoreErrorKind::not_found, "no such case", {}});
  const auto value = workflow::parse(document);
  if (!value) {
    return refuse(StoreError{StoreErrorKind::unavailable, "damaged document of " + case_id, {}});
  }
  loaded.subject = workflow::case_from(*value);
  return loaded;
}

Result<void, StoreError> SqliteCaseStore::commit(const CommitRequest& request) {
  if (std::string why = contradiction_in(request); !why.empty()) {
    return refuse(StoreError{StoreErrorKind::invalid, std::move(why), {}});
  }
  const CaseWrite prepared = prepare(request, context_.jurisdiction, context_.vocabulary);
  return context_.writer.run(
      [&prepared](Connection& connection) { return write(connection, prepared); });
}

Result<std::vector<workflow::SealedEntry>, StoreError> SqliteCaseStore::journal(
    const std::string& case_id, std::int64_t after, int limit) {
  std::vector<workflow::SealedEntry> entries;
  const auto read = context_.readers.read([&](Connection& connection) {
    entries.clear();
    Rows rows =
        connection.prepared(select_journal).query({case_id, after, std::int64_t{limit}});
    while (rows.next()) {
      entries.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3)});
    }
  });
  if (!read) return refuse(read.error());
  return entries;
}

Result<std::vector<PersonalRow>, StoreError> SqliteCaseStore::personal_values(
    const std::string& case_id) {
  std::vector<PersonalRow> values;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_personal_values).query({case_id});
    while (rows.next()) values.push_back({rows.integer(0), {rows.text(1), rows.text(2)}});
  });
  if (!read) return refuse(read.error());
  return values;
}

Result<std::optional<EarlierAnswer>, StoreError> SqliteCaseStore::earlier_answer(
    const IdempotencyKey& key) {
  std::optional<EarlierAnswer> answer;
  const auto read = context_.readers.read(
      [&](Connection& connection) { answer = answer_of(connection, key); });
  if (!read) return refuse(read.error());
  return answer;
}

Result<CasePage, StoreError> SqliteCaseStore::search(const CaseQuery& query) {
  Result<CasePage, StoreError> page;
  const auto read = context_.readers.read([&](Connection& connection) {
    page = sqlite::search(connection, context_.jurisdiction, query);
  });
  if (!read) return refuse(read.error());
  return page;
}

Result<std::vector<BoardCell>, StoreError> SqliteCaseStore::board(const BoardQuery& query) {
  std::vector<BoardCell> cells;
  const auto read = context_.readers.read([&](Connection& connection) {
    cells = count_cells(connection, context_.jurisdiction, query);
  });
  if (!read) return refuse(read.error());
  return cells;
}

Result<std::int64_t, StoreError> SqliteCaseStore::next_number(int year) {
  const std::lock_guard lock(blocks_mutex_);
  Block& block = blocks_[year];
  if (block.next == block.end) {
    Poco::Int64 end = 0;
    const auto reserved =
        context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
          connection.session() << std::string(reserve_numbers), bind(context_.jurisdiction),
              bind(year), bind(numbers_in_block), into(end), now;
          return {};
        });
    if (!reserved) return refuse(reserved.error());
    block = {end - numbers_in_block, end};
  }
  return block.next++;
}

Result<std::vector<std::string>, StoreError> SqliteCaseStore::case_ids(const std::string& after,
                                                                       int limit) {
  std::vector<std::string> ids;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_case_ids).query({after, std::int64_t{limit}});
    while (rows.next()) ids.push_back(rows.text(0));
  });
  if (!read) return refuse(read.error());
  return ids;
}

}  // namespace yimen::persistence::sqlite
