// The SQL texts of accounts, sessions, tokens and delegations; see queries.hpp.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

// ---- accounts and sessions ----------------------------------------------------------------------

constexpr std::string_view insert_account = R"sql(
  INSERT INTO accounts (
    id, name, display_name, password_hash, is_active, must_change_password, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)
)sql";

constexpr std::string_view select_account_like = R"sql(
  SELECT 1 FROM accounts WHERE id = :id OR name = :name
)sql";

constexpr std::string_view select_account_revision = R"sql(
  SELECT revision FROM accounts WHERE id = :id
)sql";

constexpr std::string_view select_holds = R"sql(
  SELECT 1
  FROM accounts AS a JOIN account_posts AS p ON p.account = a.id
  WHERE a.id = :id AND a.is_active = 1 AND p.post = :post
)sql";

constexpr std::string_view select_another_holds = R"sql(
  SELECT 1
  FROM account_posts AS p JOIN accounts AS a ON a.id = p.account
  WHERE p.post = :post AND a.is_active = 1 AND a.id <> :id
)sql";

constexpr std::string_view update_account = R"sql(
  UPDATE accounts
  SET display_name = ?, password_hash = ?, is_active = ?, must_change_password = ?,
      revision = revision + 1
  WHERE id = ?
)sql";

constexpr std::string_view select_access_number = R"sql(
  SELECT value FROM counters WHERE name = 'access'
)sql";

constexpr std::string_view raise_access_number = R"sql(
  UPDATE counters SET value = value + 1 WHERE name = 'access'
)sql";

constexpr std::string_view select_login_tally = R"sql(
  SELECT value, at FROM login_tallies WHERE slot = :slot
)sql";

constexpr std::string_view upsert_login_tally = R"sql(
  INSERT INTO login_tallies (slot, value, at) VALUES (:slot, :value, :at)
  ON CONFLICT (slot) DO UPDATE SET value = excluded.value, at = excluded.at
)sql";

constexpr std::string_view delete_account_posts = R"sql(
  DELETE FROM account_posts WHERE account = ?
)sql";

constexpr std::string_view insert_account_post = R"sql(
  INSERT INTO account_posts (account, post, unit) VALUES (?, ?, ?)
  ON CONFLICT DO NOTHING
)sql";

#define YIMEN_ACCOUNT                                                        \
  "  SELECT a.id, a.name, a.display_name, a.password_hash, a.is_active,\n"    \
  "         a.must_change_password, a.revision, a.created_at,\n"             \
  "         (SELECT json_group_array(json_array(post, unit)) FROM\n"         \
  "           (SELECT post, unit FROM account_posts WHERE account = a.id\n"  \
  "            ORDER BY post, unit))\n"                                      \
  "  FROM accounts AS a\n"

constexpr std::string_view select_account = YIMEN_ACCOUNT R"sql(
  WHERE a.id = ?
)sql";

constexpr std::string_view select_account_named = YIMEN_ACCOUNT R"sql(
  WHERE a.name = ?
)sql";

constexpr std::string_view select_accounts = YIMEN_ACCOUNT R"sql(
  WHERE a.id > ?
  ORDER BY a.id
  LIMIT ?
)sql";

#undef YIMEN_ACCOUNT

constexpr std::string_view insert_session = R"sql(
  INSERT INTO sessions (token_hash, account, is_bearer, created_at, seen_at, expires_at)
  VALUES (?, ?, ?, ?, ?, ?)
)sql";

constexpr std::string_view delete_expired_sessions = R"sql(
  DELETE FROM sessions WHERE expires_at < ?
)sql";

constexpr std::string_view select_session = R"sql(
  SELECT token_hash, account, is_bearer, created_at, seen_at, expires_at
  FROM sessions
  WHERE token_hash = ?
)sql";

constexpr std::string_view update_session_seen = R"sql(
  UPDATE sessions SET seen_at = max(seen_at, ?) WHERE token_hash = ?
)sql";

constexpr std::string_view delete_session = R"sql(
  DELETE FROM sessions WHERE token_hash = ?
)sql";

constexpr std::string_view delete_account_sessions = R"sql(
  DELETE FROM sessions WHERE account = :account AND token_hash <> :kept
)sql";

constexpr std::string_view select_sessions_of = R"sql(
  SELECT token_hash, account, is_bearer, created_at, seen_at, expires_at
  FROM sessions
  WHERE account = ? AND expires_at > ?
  ORDER BY created_at DESC, token_hash
)sql";

// ---- tokens and delegations ---------------------------------------------------------------------

constexpr std::string_view insert_token = R"sql(
  INSERT INTO tokens (
    id, token_hash, account, name, posts, reads_only, created_at, expires_at, last_used_at)
  VALUES (
    :id, :token_hash, :account, :name, :posts, :reads_only, :created_at, :expires_at,
    :last_used_at)
)sql";

#define YIMEN_TOKEN                                                                            \
  "  SELECT id, token_hash, account, name, posts, reads_only, created_at, expires_at,\n"      \
  "         last_used_at\n"                                                                   \
  "  FROM tokens\n"

constexpr std::string_view select_token_with = YIMEN_TOKEN R"sql(
  WHERE token_hash = :token_hash
)sql";

constexpr std::string_view select_token = YIMEN_TOKEN R"sql(
  WHERE id = :id
)sql";

constexpr std::string_view select_tokens_of = YIMEN_TOKEN R"sql(
  WHERE account = :account
  ORDER BY id
)sql";

#undef YIMEN_TOKEN

constexpr std::string_view update_token_used = R"sql(
  UPDATE tokens
  SET last_used_at = max(coalesce(last_used_at, 0), :used_at)
  WHERE token_hash = :token_hash
)sql";

constexpr std::string_view delete_token = R"sql(
  DELETE FROM tokens WHERE id = :id
)sql";

constexpr std::string_view delete_account_tokens = R"sql(
  DELETE FROM tokens WHERE account = ?
)sql";

constexpr std::string_view insert_delegation = R"sql(
  INSERT INTO delegations (
    id, account, delegate, post, unit, begins_at, ends_at, created_by, created_at)
  VALUES (
    :id, :account, :delegate, :post, :unit, :begins_at, :ends_at, :created_by, :created_at)
)sql";

#define YIMEN_DELEGATION                                                                       \
  "  SELECT id, account, delegate, post, unit, begins_at, ends_at, created_by, created_at\n"  \
  "  FROM delegations\n"

constexpr std::string_view select_delegation = YIMEN_DELEGATION R"sql(
  WHERE id = :id
)sql";

constexpr std::string_view select_delegations = YIMEN_DELEGATION R"sql(
  WHERE ends_at > :now
  ORDER BY begins_at, id
)sql";

constexpr std::string_view select_delegations_of = YIMEN_DELEGATION R"sql(
  WHERE (account = :account OR delegate = :account) AND ends_at > :now
  ORDER BY begins_at, id
)sql";

constexpr std::string_view select_covers_of = YIMEN_DELEGATION R"sql(
  WHERE delegate = :delegate AND ends_at > :now AND begins_at <= :now
  ORDER BY begins_at, id
)sql";

#undef YIMEN_DELEGATION

constexpr std::string_view delete_delegation = R"sql(
  DELETE FROM delegations WHERE id = :id
)sql";

}  // namespace yimen::persistence::sqlite
