#include "persistence/mysql/account_store.hpp"

#include <algorithm>
#include <set>

#include "persistence/mysql/account_queries.hpp"
#include "persistence/mysql/idempotency.hpp"
#include "persistence/post_rules.hpp"
#include "persistence/row_texts.hpp"

namespace yimen::persistence::mysql {

namespace {

constexpr HolderQueries holder_queries{select_holds, select_another_holds};

AccountRow account_in(const Rows& rows) {
  AccountRow row;
  row.id = rows.text(0);
  row.name = rows.text(1);
  row.display_name = rows.text(2);
  row.password_hash = rows.text(3);
  row.is_active = rows.integer(4) != 0;
  row.must_change_password = rows.integer(5) != 0;
  row.revision = rows.integer(6);
  row.created_at = rows.instant(7);
  row.posts = posts_in(rows.text(8));
  return row;
}

SessionRow session_in(const Rows& rows) {
  SessionRow row;
  row.token_hash = rows.text(0);
  row.account = rows.text(1);
  row.is_bearer = rows.integer(2) != 0;
  row.created_at = rows.instant(3);
  row.seen_at = rows.instant(4);
  row.expires_at = rows.instant(5);
  return row;
}

StoreError no_such(const std::string& what) {
  return {StoreErrorKind::not_found, "no such " + what, {}};
}

void insert_posts(Connection& connection, const AccountRow& row) {
  RowValues posts(3);
  for (const PostRow& post : row.posts) posts.add({row.id, post.post, post.unit});
  connection.write(insert_account_posts, posts);
}

bool is_there(Connection& connection, std::string_view text, const std::string& key) {
  return connection.prepared(text).query({key}).next();
}

// Whether the account is as the row's change leaves it, and nobody has changed it since.
bool is_change_of(const AccountRow& stored, const AccountRow& row) {
  return stored.revision == row.revision + 1 && stored.display_name == row.display_name &&
         stored.password_hash == row.password_hash && stored.is_active == row.is_active &&
         stored.must_change_password == row.must_change_password &&
         std::ranges::is_permutation(stored.posts, row.posts);
}

// Whoever changes what accounts may do goes first through this row, one after the other: only so
// may they judge what holds of all accounts together.
void raise(Connection& connection) { connection.prepared(raise_access_number).execute({}); }

}  // namespace

Result<void, StoreError> MysqlAccountStore::add_account(
    const AccountRow& row, const std::optional<IdempotencyKey>& idempotency,
    const PostRules& rules) {
  const auto add = [&](Connection& connection) -> Result<void, StoreError> {
    raise(connection);
    if (const auto earlier = earlier_use(connection, idempotency)) return refuse(*earlier);
    if (connection.prepared(select_account_like).query({row.id, row.name}).next()) {
      return refuse(known_or_earlier(
          connection, idempotency, {StoreErrorKind::already_exists, "the name is taken", {}}));
    }
    if (auto why = why_against(rules, row, connection, holder_queries)) {
      return refuse(std::move(*why));
    }
    connection.prepared(insert_account)
        .execute({row.id, row.name, row.display_name, row.password_hash,
                  parameter(row.is_active), parameter(row.must_change_password),
                  parameter(row.created_at)});
    insert_posts(connection, row);
    record_use(connection, idempotency, {{}, row.id, 0}, row.created_at);
    return {};
  };
  return context_.transactions.run(add, [&](Connection& connection) {
    return is_there(connection, select_account, row.id);
  });
}

Result<AccountRow, StoreError> MysqlAccountStore::account(const std::string& id) {
  return one_row(context_, select_account, {id}, account_in, "account");
}

Result<AccountRow, StoreError> MysqlAccountStore::account_named(const std::string& name) {
  return one_row(context_, select_account_named, {name}, account_in, "account");
}

Result<std::vector<AccountRow>, StoreError> MysqlAccountStore::accounts(const std::string& after,
                                                                        int limit) {
  return all_rows(context_, select_accounts, {after, std::int64_t{limit}}, account_in);
}

Result<void, StoreError> MysqlAccountStore::change_account(
    const AccountRow& row, const std::optional<std::string>& ends_all_but,
    const PostRules& rules) {
  const auto change = [&](Connection& connection) -> Result<void, StoreError> {
    raise(connection);
    {
      Rows rows = connection.prepared(lock_account).query({row.id});
      if (!rows.next()) return refuse(no_such("account"));
      if (rows.integer(0) != row.revision) {
        return refuse(StoreError{StoreErrorKind::conflict, "the account has been changed", {}});
      }
    }
    if (auto why = why_against(rules, row, connection, holder_queries)) {
      return refuse(std::move(*why));
    }
    connection.prepared(update_account)
        .execute({row.display_name, row.password_hash, parameter(row.is_active),
                  parameter(row.must_change_password), row.id});
    connection.prepared(delete_account_posts).execute({row.id});
    insert_posts(connection, row);
    if (ends_all_but) {
      connection.prepared(delete_account_sessions).execute({row.id, *ends_all_but});
      connection.prepared(delete_account_tokens).execute({row.id});
    }
    return {};
  };
  auto changed = context_.transactions.run(change, [&](Connection& connection) {
    Rows rows = connection.prepared(select_account).query({row.id});
    return rows.next() && is_change_of(account_in(rows), row);
  });
  if (changed && ends_all_but) sightings_.forget_account(row.id);
  return changed;
}

Result<void, StoreError> MysqlAccountStore::add_session(const SessionRow& row) {
  const auto add = [&](Connection& connection) -> Result<void, StoreError> {
    connection.prepared(delete_expired_sessions).execute({parameter(row.created_at)});
    connection.prepared(insert_session)
        .execute({row.token_hash, row.account, parameter(row.is_bearer),
                  parameter(row.created_at), parameter(row.seen_at), parameter(row.expires_at)});
    return {};
  };
  auto added = context_.transactions.run(add, [&](Connection& connection) {
    return is_there(connection, select_session, row.token_hash);
  });
  if (added) sightings_.forget_expired(row.created_at);
  return added;
}

Result<SessionRow, StoreError> MysqlAccountStore::session(const std::string& token_hash) {
  auto found = one_row(context_, select_session, {token_hash}, session_in, "session");
  if (found) sightings_.remember(*found);
  return found;
}

Result<std::vector<SessionRow>, StoreError> MysqlAccountStore::sessions_of(
    const std::string& account, workflow::Instant at) {
  auto found = all_rows(context_, select_sessions_of, {account, parameter(at)}, session_in);
  if (!found) return found;
  for (SessionRow& row : *found) sightings_.remember(row);
  return found;
}

Result<void, StoreError> MysqlAccountStore::touch_session(const std::string& token_hash,
                                                          workflow::Instant seen_at) {
  if (!sightings_.is_to_be_written(token_hash, seen_at)) return {};
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        if (!is_there(connection, lock_session, token_hash)) return refuse(no_such("session"));
        connection.prepared(update_session_seen).execute({parameter(seen_at), token_hash});
        return {};
      });
}

Result<void, StoreError> MysqlAccountStore::end_session(const std::string& token_hash) {
  const auto end = [&](Connection& connection) -> Result<void, StoreError> {
    raise(connection);
    if (connection.prepared(delete_session).execute({token_hash}) == 1) return {};
    return refuse(no_such("session"));
  };
  auto ended = context_.transactions.run(end, [&](Connection& connection) {
    return !is_there(connection, select_session, token_hash);
  });
  sightings_.forget(token_hash);
  return ended;
}

Result<std::int64_t, StoreError> MysqlAccountStore::access_number() {
  return one_row(
      context_, select_access_number, {}, [](const Rows& rows) { return rows.integer(0); },
      "counter");
}

// Done twice, an attempt is counted twice.
Result<void, StoreError> MysqlAccountStore::change_tallies(
    const std::vector<std::string>& slots,
    const std::function<void(std::vector<Tally>&)>& change) {
  return context_.transactions.run_repeatable(
      [&](Connection& connection) -> Result<void, StoreError> {
        for (const std::string& slot : std::set(slots.begin(), slots.end())) {
          connection.prepared(lock_login_tally).execute({slot});
        }
        std::vector<Tally> tallies;
        for (const std::string& slot : slots) {
          Rows rows = connection.prepared(select_login_tally).query({slot});
          tallies.push_back(rows.next() ? Tally{rows.integer(0), rows.instant(1)} : Tally{});
        }
        change(tallies);
        for (std::size_t at = 0; at < slots.size(); ++at) {
          connection.prepared(update_login_tally)
              .execute({tallies[at].value, parameter(tallies[at].at), slots[at]});
        }
        return {};
      });
}

}  // namespace yimen::persistence::mysql
