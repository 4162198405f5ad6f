#include "persistence/mysql/access_store.hpp"

#include "persistence/mysql/account_queries.hpp"
#include "persistence/mysql/idempotency.hpp"
#include "persistence/row_readers.hpp"
#include "persistence/row_texts.hpp"

namespace yimen::persistence::mysql {

namespace {

StoreError no_such(const std::string& what) {
  return {StoreErrorKind::not_found, "no such " + what, {}};
}

bool is_there(Connection& connection, std::string_view text, const std::string& key) {
  return connection.prepared(text).query({key}).next();
}

// Deletes one row or finds none.
Result<void, StoreError> remove(const Context& context, std::string_view deletes,
                                std::string_view selects, const std::string& id,
                                const std::string& what) {
  const auto work = [&](Connection& connection) -> Result<void, StoreError> {
    connection.prepared(raise_access_number).execute({});
    if (connection.prepared(deletes).execute({id}) == 1) return {};
    return refuse(no_such(what));
  };
  return context.transactions.run(
      work, [&](Connection& connection) { return !is_there(connection, selects, id); });
}

}  // namespace

// ---- tokens -------------------------------------------------------------------------------------

Result<void, StoreError> MysqlTokenStore::add_token(
    const TokenRow& row, const std::optional<IdempotencyKey>& idempotency) {
  const std::string posts = text_of(row.posts);
  const auto add = [&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    connection.prepared(insert_token)
        .execute({row.id, row.token_hash, row.account, row.name, posts,
                  parameter(row.reads_only), parameter(row.created_at),
                  parameter(row.expires_at), parameter(row.last_used_at)});
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  };
  return context_.transactions.run(
      add, [&](Connection& connection) { return is_there(connection, select_token, row.id); });
}

Result<TokenRow, StoreError> MysqlTokenStore::token_with(const std::string& token_hash) {
  return one_row(context_, select_token_with, {token_hash}, token_in<Rows>, "token");
}

Result<TokenRow, StoreError> MysqlTokenStore::token(const std::string& id) {
  return one_row(context_, select_token, {id}, token_in<Rows>, "token");
}

Result<std::vector<TokenRow>, StoreError> MysqlTokenStore::tokens_of(const std::string& account) {
  return all_rows(context_, select_tokens_of, {account}, token_in<Rows>);
}

Result<void, StoreError> MysqlTokenStore::touch_token(const std::string& token_hash,
                                                      workflow::Instant used_at) {
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        if (!is_there(connection, lock_token, token_hash)) return refuse(no_such("token"));
        connection.prepared(update_token_used).execute({parameter(used_at), token_hash});
        return {};
      });
}

Result<void, StoreError> MysqlTokenStore::remove_token(const std::string& id) {
  return remove(context_, delete_token, select_token, id, "token");
}

// ---- delegations --------------------------------------------------------------------------------

Result<void, StoreError> MysqlDelegationStore::add_delegation(
    const DelegationRow& row, const std::optional<IdempotencyKey>& idempotency) {
  const auto add = [&](Connection& connection) -> Result<void, StoreError> {
    connection.prepared(raise_access_number).execute({});
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    connection.prepared(insert_delegation)
        .execute({row.id, row.account, row.delegate, row.post.post, row.post.unit,
                  parameter(row.begins_at), parameter(row.ends_at), row.created_by,
                  parameter(row.created_at)});
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  };
  return context_.transactions.run(add, [&](Connection& connection) {
    return is_there(connection, select_delegation, row.id);
  });
}

Result<DelegationRow, StoreError> MysqlDelegationStore::delegation(const std::string& id) {
  return one_row(context_, select_delegation, {id}, delegation_in<Rows>, "delegation");
}

Result<std::vector<DelegationRow>, StoreError> MysqlDelegationStore::delegations_of(
    const std::string& account, workflow::Instant now) {
  if (account.empty()) {
    return all_rows(context_, select_delegations, {parameter(now)}, delegation_in<Rows>);
  }
  return all_rows(context_, select_delegations_of, {account, account, parameter(now)},
                  delegation_in<Rows>);
}

Result<std::vector<DelegationRow>, StoreError> MysqlDelegationStore::covers_of(
    const std::string& delegate, workflow::Instant now) {
  return all_rows(context_, select_covers_of, {delegate, parameter(now), parameter(now)},
                  delegation_in<Rows>);
}

Result<void, StoreError> MysqlDelegationStore::remove_delegation(const std::string& id) {
  return remove(context_, delete_delegation, select_delegation, id, "delegation");
}

}  // namespace yimen::persistence::mysql
