#include "persistence/mysql/person_store.hpp"

#include <set>

#include "persistence/mysql/idempotency.hpp"
#include "persistence/mysql/person_queries.hpp"
#include "persistence/row_readers.hpp"
#include "persistence/row_texts.hpp"

namespace yimen::persistence::mysql {

namespace {

HouseholdRow household_in(const Rows& rows) {
  HouseholdRow row;
  row.id = rows.text(0);
  row.village = rows.text(1);
  row.sealed = rows.text(2);
  row.head = rows.text(3);
  row.created_at = rows.instant(4);
  return row;
}

// The identifier that a look-up answers; empty where there is none.
std::string found_by(Connection& connection, std::string_view text,
                     std::initializer_list<Parameter> parameters) {
  Rows rows = connection.prepared(text).query(parameters);
  return rows.next() ? rows.text(0) : std::string();
}

StoreError known(const std::string& what, const std::string& id) {
  return {StoreErrorKind::already_exists, what, EarlierAnswer{{}, id, 0}};
}

void insert(Connection& connection, const std::string& jurisdiction, const PersonRow& row) {
  connection.prepared(insert_person)
      .execute({jurisdiction, row.id, row.household, row.village, Blob(row.sealed),
                row.identity_index, Blob(row.wrapped_key), parameter(row.created_at)});
  RowValues tokens(3);
  for (const std::string& token : row.name_tokens) tokens.add({jurisdiction, token, row.id});
  connection.write(insert_name_tokens, tokens);
}

}  // namespace

Result<void, StoreError> MysqlPersonStore::add_person(
    const PersonRow& row, const std::optional<IdempotencyKey>& idempotency) {
  const std::string& jurisdiction = context_.jurisdiction;
  const auto add = [&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    if (!row.identity_index.empty()) {
      const std::string person =
          found_by(connection, select_person_of_identity, {jurisdiction, row.identity_index});
      if (!person.empty()) {
        return refuse(known_or_earlier(connection, idempotency,
                                       known("the identity number is known", person)));
      }
    }
    if (!found_by(connection, select_person_there, {row.id}).empty()) {
      return refuse(known("the person exists", row.id));
    }
    insert(connection, jurisdiction, row);
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  };
  return context_.transactions.run(add, stands_for(idempotency, row.id));
}

Result<void, StoreError> MysqlPersonStore::add_household(
    const HouseholdRow& row, const std::optional<IdempotencyKey>& idempotency) {
  const auto add = [&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    if (!found_by(connection, select_household_there, {row.id}).empty()) {
      return refuse(known("the household exists", row.id));
    }
    connection.prepared(insert_household)
        .execute({context_.jurisdiction, row.id, row.village, Blob(row.sealed), row.head,
                  parameter(row.created_at)});
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  };
  return context_.transactions.run(add, stands_for(idempotency, row.id));
}

Result<PersonRow, StoreError> MysqlPersonStore::person(const std::string& id) {
  return one_row(context_, select_person, {id}, person_in<Rows>, "person");
}

Result<std::vector<PersonRow>, StoreError> MysqlPersonStore::persons(
    const std::vector<std::string>& ids) {
  if (ids.empty()) return {};
  return all_rows(context_, select_persons, {*list_of(ids)}, person_in<Rows>);
}

Result<HouseholdRow, StoreError> MysqlPersonStore::household(const std::string& id) {
  return one_row(context_, select_household, {id}, household_in, "household");
}

Result<std::vector<PersonRow>, StoreError> MysqlPersonStore::household_members(
    const std::string& household) {
  return all_rows(context_, select_household_members, {context_.jurisdiction, household},
                  person_in<Rows>);
}

Result<std::vector<PersonRow>, StoreError> MysqlPersonStore::find_persons(
    const std::string& identity_index, const std::vector<std::string>& name_tokens, int limit) {
  if (!identity_index.empty()) {
    return all_rows(context_, select_persons_by_identity,
                    {context_.jurisdiction, identity_index}, person_in<Rows>);
  }
  if (name_tokens.empty()) return {};
  const std::set<std::string> distinct(name_tokens.begin(), name_tokens.end());
  const std::string tokens = *list_of(name_tokens);
  return all_rows(context_, select_persons_by_tokens,
                  {tokens, context_.jurisdiction, static_cast<std::int64_t>(distinct.size()),
                   std::int64_t{limit}},
                  person_in<Rows>);
}

}  // namespace yimen::persistence::mysql
