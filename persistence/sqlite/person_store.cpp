#include "persistence/sqlite/person_store.hpp"

#include <Poco/Data/Statement.h>

#include "persistence/row_readers.hpp"
#include "persistence/row_texts.hpp"
#include "persistence/sqlite/idempotency.hpp"
#include "persistence/sqlite/person_queries.hpp"
#include "persistence/sqlite/type_handlers.hpp"

namespace yimen::persistence::sqlite {

namespace {

using namespace Poco::Data::Keywords;

StoreError no_such(const std::string& what) {
  return {StoreErrorKind::not_found, "no such " + what, {}};
}

// Who already has this identity number; empty when it is new or not known.
std::string person_of_identity(Connection& connection, const std::string& jurisdiction,
                               const std::string& identity_index) {
  std::string person;
  connection.session() << std::string(select_person_of_identity), bind(jurisdiction),
      bind(identity_index), into(person), now;
  return person;
}

std::size_t insert(Connection& connection, const std::string& jurisdiction, const PersonRow& row) {
  Poco::Data::Statement statement(connection.session());
  statement << std::string(insert_person), bind(jurisdiction), bind(row.id), bind(row.household),
      bind(row.village), bind(blob_of(row.sealed)), bind(row.identity_index),
      bind(blob_of(row.wrapped_key)), bind(column_of(row.created_at));
  const std::size_t inserted = statement.execute();
  if (inserted == 0) return 0;
  for (const std::string& token : row.name_tokens) {
    connection.session() << std::string(insert_name_token), bind(jurisdiction), bind(token),
        bind(row.id), now;
  }
  return inserted;
}

}  // namespace

Result<void, StoreError> SqlitePersonStore::add_person(
    const PersonRow& row, const std::optional<IdempotencyKey>& idempotency) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    const std::string known =
        person_of_identity(connection, context_.jurisdiction, row.identity_index);
    if (!known.empty()) {
      return refuse(StoreError{StoreErrorKind::already_exists, "the identity number is known",
                               EarlierAnswer{{}, known, 0}});
    }
    if (insert(connection, context_.jurisdiction, row) == 0) {
      return refuse(StoreError{StoreErrorKind::already_exists, "the person exists",
                               EarlierAnswer{{}, row.id, 0}});
    }
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  });
}

Result<void, StoreError> SqlitePersonStore::add_household(
    const HouseholdRow& row, const std::optional<IdempotencyKey>& idempotency) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    Poco::Data::Statement statement(connection.session());
    statement << std::string(insert_household), bind(context_.jurisdiction), bind(row.id),
        bind(row.village), bind(blob_of(row.sealed)), bind(row.head),
        bind(column_of(row.created_at));
    if (statement.execute() == 0) {
      return refuse(StoreError{StoreErrorKind::already_exists, "the household exists",
                               EarlierAnswer{{}, row.id, 0}});
    }
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  });
}

Result<PersonRow, StoreError> SqlitePersonStore::person(const std::string& id) {
  // Each step of a case that holds personal texts asks for its person's key: a hot path.
  std::optional<PersonRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_person).query({id});
    if (rows.next()) found = person_in(rows);
  });
  if (!read) return refuse(read.error());
  if (!found) return refuse(no_such("person"));
  return std::move(*found);
}

Result<std::vector<PersonRow>, StoreError> SqlitePersonStore::persons(
    const std::vector<std::string>& ids) {
  std::vector<PersonRow> found;
  if (ids.empty()) return found;
  const std::string list = *list_of(ids);
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_persons).query({list});
    while (rows.next()) found.push_back(person_in(rows));
  });
  if (!read) return refuse(read.error());
  return found;
}

Result<HouseholdRow, StoreError> SqlitePersonStore::household(const std::string& id) {
  std::vector<HouseholdRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    connection.session() << std::string(select_household), bind(id), into(found), now;
  });
  if (!read) return refuse(read.error());
  if (found.empty()) return refuse(no_such("household"));
  return found.front();
}

Result<std::vector<PersonRow>, StoreError> SqlitePersonStore::household_members(
    const std::string& household) {
  std::vector<PersonRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    connection.session() << std::string(select_household_members), bind(context_.jurisdiction),
        bind(household), into(found), now;
  });
  if (!read) return refuse(read.error());
  return found;
}

Result<std::vector<PersonRow>, StoreError> SqlitePersonStore::find_persons(
    const std::string& identity_index, const std::vector<std::string>& name_tokens, int limit) {
  std::vector<PersonRow> found;
  if (identity_index.empty() && name_tokens.empty()) return found;
  const std::string tokens = *list_of(name_tokens);
  const auto read = context_.readers.read([&](Connection& connection) {
    if (!identity_index.empty()) {
      connection.session() << std::string(select_persons_by_identity),
          bind(context_.jurisdiction), bind(identity_index), into(found), now;
    } else {
      connection.session() << std::string(select_persons_by_tokens), bind(context_.jurisdiction),
          bind(tokens), bind(limit), into(found), now;
    }
  });
  if (!read) return refuse(read.error());
  return found;
}

}  // namespace yimen::persistence::sqlite
