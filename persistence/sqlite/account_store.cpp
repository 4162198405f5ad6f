#include "persistence/sqlite/account_store.hpp"

#include <Poco/Data/Statement.h>

#include "persistence/sqlite/idempotency.hpp"
#include "persistence/sqlite/queries.hpp"
#include "persistence/sqlite/type_handlers.hpp"

namespace yimen::persistence::sqlite {

namespace {

using namespace Poco::Data::Keywords;

StoreError no_such(const std::string& what) {
  return {StoreErrorKind::not_found, "no such " + what, {}};
}

void insert_posts(Connection& connection, const AccountRow& row) {
  for (const PostRow& post : row.posts) {
    connection.session() << std::string(insert_account_post), bind(row.id), bind(post.post),
        bind(post.unit), now;
  }
}

}  // namespace

Result<void, StoreError> SqliteAccountStore::add_account(
    const AccountRow& row, const std::optional<IdempotencyKey>& idempotency) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    Poco::Data::Statement statement(connection.session());
    statement << std::string(insert_account), bind(row.id), bind(row.name),
        bind(row.display_name), bind(row.password_hash), bind(row.is_active), bind(row.failures),
        bind(column_of(row.locked_until)), bind(column_of(row.created_at));
    if (statement.execute() == 0) {
      return refuse(StoreError{StoreErrorKind::already_exists, "the name is taken", {}});
    }
    insert_posts(connection, row);
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  });
}

Result<AccountRow, StoreError> SqliteAccountStore::one_account(std::string_view sql,
                                                               const std::string& key) {
  std::vector<AccountRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    connection.session() << std::string(sql), bind(key), into(found), now;
  });
  if (!read) return refuse(read.error());
  if (found.empty()) return refuse(no_such("account"));
  return found.front();
}

Result<AccountRow, StoreError> SqliteAccountStore::account(const std::string& id) {
  return one_account(select_account, id);
}

Result<AccountRow, StoreError> SqliteAccountStore::account_named(const std::string& name) {
  return one_account(select_account_named, name);
}

Result<std::vector<AccountRow>, StoreError> SqliteAccountStore::accounts(const std::string& after,
                                                                         int limit) {
  std::vector<AccountRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    connection.session() << std::string(select_accounts), bind(after), bind(limit), into(found),
        now;
  });
  if (!read) return refuse(read.error());
  return found;
}

Result<void, StoreError> SqliteAccountStore::change_account(const AccountRow& row,
                                                            bool ends_sessions) {
  auto changed = context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    Poco::Data::Statement statement(connection.session());
    statement << std::string(update_account), bind(row.display_name), bind(row.password_hash),
        bind(row.is_active), bind(row.failures), bind(column_of(row.locked_until)), bind(row.id);
    if (statement.execute() == 0) return refuse(no_such("account"));
    connection.session() << std::string(delete_account_posts), bind(row.id), now;
    insert_posts(connection, row);
    if (ends_sessions) {
      connection.session() << std::string(delete_account_sessions), bind(row.id), now;
      connection.session() << std::string(delete_account_tokens), bind(row.id), now;
    }
    return {};
  });
  if (changed && ends_sessions) sightings_.forget_account(row.id);
  return changed;
}

Result<void, StoreError> SqliteAccountStore::add_session(const SessionRow& row) {
  auto added = context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    connection.session() << std::string(delete_expired_sessions), bind(column_of(row.created_at)),
        now;
    connection.session() << std::string(insert_session), bind(row.token_hash), bind(row.account),
        bind(row.is_bearer), bind(column_of(row.created_at)), bind(column_of(row.seen_at)),
        bind(column_of(row.expires_at)), now;
    return {};
  });
  if (added) sightings_.forget_expired(row.created_at);
  return added;
}

Result<SessionRow, StoreError> SqliteAccountStore::session(const std::string& token_hash) {
  std::vector<SessionRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    connection.session() << std::string(select_session), bind(token_hash), into(found), now;
  });
  if (!read) return refuse(read.error());
  if (found.empty()) return refuse(no_such("session"));
  sightings_.remember(found.front());
  return found.front();
}

Result<std::vector<SessionRow>, StoreError> SqliteAccountStore::sessions_of(
    const std::string& account, workflow::Instant at) {
  std::vector<SessionRow> found;
  const auto read = context_.readers.read([&](Connection& connection) {
    connection.session() << std::string(select_sessions_of), bind(account), bind(column_of(at)),
        into(found), now;
  });
  if (!read) return refuse(read.error());
  for (SessionRow& row : found) sightings_.remember(row);
  return found;
}

Result<void, StoreError> SqliteAccountStore::touch_session(const std::string& token_hash,
                                                           workflow::Instant seen_at) {
  if (!sightings_.is_to_be_written(token_hash, seen_at)) return {};
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    Poco::Data::Statement statement(connection.session());
    statement << std::string(update_session_seen), bind(column_of(seen_at)), bind(token_hash);
    if (statement.execute() == 0) return refuse(no_such("session"));
    return {};
  });
}

Result<void, StoreError> SqliteAccountStore::end_session(const std::string& token_hash) {
  auto ended = context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    Poco::Data::Statement statement(connection.session());
    statement << std::string(delete_session), bind(token_hash);
    if (statement.execute() == 0) return refuse(no_such("session"));
    return {};
  });
  sightings_.forget(token_hash);
  return ended;
}

}  // namespace yimen::persistence::sqlite
