#include "persistence/sqlite/account_store.hpp"

#include <Poco/Data/Statement.h>

#include "persistence/post_rules.hpp"
#include "persistence/sqlite/account_queries.hpp"
#include "persistence/sqlite/idempotency.hpp"
#include "persistence/sqlite/type_handlers.hpp"

namespace yimen::persistence::sqlite {

namespace {

using namespace Poco::Data::Keywords;

constexpr HolderQueries holder_queries{select_holds, select_another_holds};

StoreError no_such(const std::string& what) {
  return {StoreErrorKind::not_found, "no such " + what, {}};
}

bool is_there(Connection& connection, std::string_view text,
              std::initializer_list<Parameter> parameters) {
  return connection.prepared(text).query(parameters).next();
}

std::optional<StoreError> why_moved_on(Connection& connection, const AccountRow& row) {
  Rows rows = connection.prepared(select_account_revision).query({row.id});
  if (!rows.next()) return no_such("account");
  if (rows.integer(0) == row.revision) return std::nullopt;
  return StoreError{StoreErrorKind::conflict, "the account has been changed", {}};
}

void insert_posts(Connection& connection, const AccountRow& row) {
  for (const PostRow& post : row.posts) {
    connection.session() << std::string(insert_account_post), bind(row.id), bind(post.post),
        bind(post.unit), now;
  }
}

}  // namespace

Result<void, StoreError> SqliteAccountStore::add_account(
    const AccountRow& row, const std::optional<IdempotencyKey>& idempotency,
    const PostRules& rules) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    if (is_there(connection, select_account_like, {row.id, row.name})) {
      return refuse(StoreError{StoreErrorKind::already_exists, "the name is taken", {}});
    }
    if (auto why = why_against(rules, row, connection, holder_queries)) {
      return refuse(std::move(*why));
    }
    connection.session() << std::string(insert_account), bind(row.id), bind(row.name),
        bind(row.display_name), bind(row.password_hash), bind(row.is_active),
        bind(row.must_change_password), bind(column_of(row.created_at)), now;
    insert_posts(connection, row);
    connection.prepared(raise_access_number).execute({});
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

Result<void, StoreError> SqliteAccountStore::change_account(
    const AccountRow& row, const std::optional<std::string>& ends_all_but,
    const PostRules& rules) {
  auto changed = context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    if (auto why = why_moved_on(connection, row)) return refuse(std::move(*why));
    if (auto why = why_against(rules, row, connection, holder_queries)) {
      return refuse(std::move(*why));
    }
    connection.session() << std::string(update_account), bind(row.display_name),
        bind(row.password_hash), bind(row.is_active), bind(row.must_change_password),
        bind(row.id), now;
    connection.session() << std::string(delete_account_posts), bind(row.id), now;
    insert_posts(connection, row);
    if (ends_all_but) {
      connection.prepared(delete_account_sessions).execute({row.id, *ends_all_but});
      connection.session() << std::string(delete_account_tokens), bind(row.id), now;
    }
    connection.prepared(raise_access_number).execute({});
    return {};
  });
  if (changed && ends_all_but) sightings_.forget_account(row.id);
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
    connection.prepared(raise_access_number).execute({});
    return {};
  });
  sightings_.forget(token_hash);
  return ended;
}

Result<std::int64_t, StoreError> SqliteAccountStore::access_number() {
  std::int64_t number = 0;
  const auto read = context_.readers.read([&](Connection& connection) {
    Rows rows = connection.prepared(select_access_number).query({});
    if (rows.next()) number = rows.integer(0);
  });
  if (!read) return refuse(read.error());
  return number;
}

Result<void, StoreError> SqliteAccountStore::change_tallies(
    const std::vector<std::string>& slots,
    const std::function<void(std::vector<Tally>&)>& change) {
  return context_.writer.run([&](Connection& connection) -> Result<void, StoreError> {
    std::vector<Tally> tallies;
    for (const std::string& slot : slots) {
      Rows rows = connection.prepared(select_login_tally).query({slot});
      tallies.push_back(rows.next() ? Tally{rows.integer(0), rows.instant(1)} : Tally{});
    }
    const std::vector<Tally> before = tallies;
    change(tallies);
    for (std::size_t at = 0; at < slots.size(); ++at) {
      if (tallies[at] == before[at]) continue;
      connection.prepared(upsert_login_tally)
          .execute({slots[at], tallies[at].value, parameter(tallies[at].at)});
    }
    return {};
  });
}

}  // namespace yimen::persistence::sqlite
