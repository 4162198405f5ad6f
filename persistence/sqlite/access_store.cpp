#include "persistence/sqlite/access_store.hpp"

#include "persistence/row_readers.hpp"
#include "persistence/row_texts.hpp"
#include "persistence/sqlite/account_queries.hpp"
#include "persistence/sqlite/idempotency.hpp"

namespace yimen::persistence::sqlite {

namespace {

StoreError no_such(const std::string& what) {
  return {StoreErrorKind::not_found, "no such " + what, {}};
}

// Deletes one row or finds none.
Result<void, StoreError> remove(Writer& writer, std::string_view text, const std::string& id,
                                const std::string& what) {
  return writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (connection.prepared(text).execute({id}) == 0) return refuse(no_such(what));
    connection.prepared(raise_access_number).execute({});
    return {};
  });
}

}  // namespace

// ---- tokens -------------------------------------------------------------------------------------

Result<void, StoreError> SqliteTokenStore::add_token(
    const TokenRow& row, const std::optional<IdempotencyKey>& idempotency) {
  const std::string posts = text_of(row.posts);
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    connection.prepared(insert_token)
        .execute({row.id, row.token_hash, row.account, row.name, posts,
                  parameter(row.reads_only), parameter(row.created_at),
                  parameter(row.expires_at), parameter(row.last_used_at)});
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  });
}

Result<std::vector<TokenRow>, StoreError> SqliteTokenStore::all(std::string_view text,
                                                                const std::string& key) {
  std::vector<TokenRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(text).query({key});
    while (rows.next()) found.push_back(token_in(rows));
  });
  if (!read) return refuse(read.error());
  return found;
}

Result<TokenRow, StoreError> SqliteTokenStore::one(std::string_view text, const std::string& key) {
  auto found = all(text, key);
  if (!found) return refuse(std::move(found.error()));
  if (found->empty()) return refuse(no_such("token"));
  return std::move(found->front());
}

Result<TokenRow, StoreError> SqliteTokenStore::token_with(const std::string& token_hash) {
  return one(select_token_with, token_hash);
}

Result<TokenRow, StoreError> SqliteTokenStore::token(const std::string& id) {
  return one(select_token, id);
}

Result<std::vector<TokenRow>, StoreError> SqliteTokenStore::tokens_of(const std::string& account) {
  return all(select_tokens_of, account);
}

Result<void, StoreError> SqliteTokenStore::touch_token(const std::string& token_hash,
                                                       workflow::Instant used_at) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (connection.prepared(update_token_used).execute({parameter(used_at), token_hash}) == 1) {
      return {};
    }
    return refuse(no_such("token"));
  });
}

Result<void, StoreError> SqliteTokenStore::remove_token(const std::string& id) {
  return remove(context_.writer, delete_token, id, "token");
}

// ---- delegations --------------------------------------------------------------------------------

Result<void, StoreError> SqliteDelegationStore::add_delegation(
    const DelegationRow& row, const std::optional<IdempotencyKey>& idempotency) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    connection.prepared(insert_delegation)
        .execute({row.id, row.account, row.delegate, row.post.post, row.post.unit,
                  parameter(row.begins_at), parameter(row.ends_at), row.created_by,
                  parameter(row.created_at)});
    connection.prepared(raise_access_number).execute({});
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  });
}

Result<std::vector<DelegationRow>, StoreError> SqliteDelegationStore::all(
    std::string_view text, std::initializer_list<Parameter> parameters) {
  std::vector<DelegationRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    found.clear();
    Rows rows = connection.prepared(text).query(parameters);
    while (rows.next()) found.push_back(delegation_in(rows));
  });
  if (!read) return refuse(read.error());
  return found;
}

Result<DelegationRow, StoreError> SqliteDelegationStore::delegation(const std::string& id) {
  auto found = all(select_delegation, {id});
  if (!found) return refuse(std::move(found.error()));
  if (found->empty()) return refuse(no_such("delegation"));
  return std::move(found->front());
}

Result<std::vector<DelegationRow>, StoreError> SqliteDelegationStore::delegations_of(
    const std::string& account, workflow::Instant now) {
  if (account.empty()) return all(select_delegations, {parameter(now)});
  return all(select_delegations_of, {account, parameter(now)});
}

Result<std::vector<DelegationRow>, StoreError> SqliteDelegationStore::covers_of(
    const std::string& delegate, workflow::Instant now) {
  return all(select_covers_of, {delegate, parameter(now)});
}

Result<void, StoreError> SqliteDelegationStore::remove_delegation(const std::string& id) {
  return remove(context_.writer, delete_delegation, id, "delegation");
}

}  // namespace yimen::persistence::sqlite
