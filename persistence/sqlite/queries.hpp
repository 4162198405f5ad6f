// The SQL texts of the database itself, as they are sent; those of each subject stand in headers of
// their own. Named parameters are bound in the order in which they first occur; texts with `?`
// belong to Poco::Data, which binds in order.
#pragma once

#include <string_view>

namespace yimen::persistence::sqlite {

// ---- connections --------------------------------------------------------------------------------

// Nobody but the writer checkpoints, and it does so by its own hand (the WAL-reset bug of 3.40).
constexpr std::string_view writer_pragmas = R"sql(
  PRAGMA busy_timeout = 100;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA foreign_keys = ON;
  PRAGMA recursive_triggers = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -65536;
)sql";

constexpr std::string_view reader_pragmas = R"sql(
  PRAGMA busy_timeout = 5000;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA query_only = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16384;
)sql";

constexpr std::string_view begin_snapshot = "BEGIN DEFERRED";
constexpr std::string_view begin_immediate = "BEGIN IMMEDIATE";
constexpr std::string_view commit_transaction = "COMMIT";

// What settles a commit whose outcome is in doubt, and tells whether the disk takes writes again:
// a row that needs room, then its removal.
constexpr std::string_view write_probe = R"sql(
  BEGIN IMMEDIATE;
  INSERT OR REPLACE INTO settings (name, value) VALUES ('probe', hex(zeroblob(32768)));
  COMMIT;
  DELETE FROM settings WHERE name = 'probe';
)sql";

// ---- migrations ---------------------------------------------------------------------------------

constexpr std::string_view create_schema_migrations = R"sql(
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version    INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    checksum   TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
  ) STRICT
)sql";

constexpr std::string_view count_tables = R"sql(
  SELECT count(*), count(*) FILTER (WHERE name = 'schema_migrations')
  FROM sqlite_schema
  WHERE type = 'table'
)sql";

constexpr std::string_view select_schema_migrations = R"sql(
  SELECT version, name, checksum
  FROM schema_migrations
  ORDER BY version
)sql";

constexpr std::string_view insert_schema_migration = R"sql(
  INSERT INTO schema_migrations (version, name, checksum, applied_at)
  VALUES (?, ?, ?, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))
)sql";

constexpr std::string_view select_schema_version = R"sql(
  SELECT max(version) FROM schema_migrations
)sql";

constexpr std::string_view check_integrity = R"sql(
  SELECT integrity_check FROM pragma_integrity_check
)sql";

constexpr std::string_view check_references = R"sql(
  SELECT printf('a row of %s has no %s', "table", parent) FROM pragma_foreign_key_check
)sql";

// ---- settings and vocabulary --------------------------------------------------------------------

constexpr std::string_view select_setting = R"sql(
  SELECT value FROM settings WHERE name = ?
)sql";

constexpr std::string_view upsert_setting = R"sql(
  INSERT INTO settings (name, value) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value
)sql";

constexpr std::string_view upsert_vocabulary = R"sql(
  INSERT INTO vocabulary (procedure, state, is_closed) VALUES (?, ?, ?)
  ON CONFLICT (procedure, state) DO UPDATE SET is_closed = excluded.is_closed
  WHERE is_closed <> excluded.is_closed
)sql";

constexpr std::string_view insert_edition = R"sql(
  INSERT INTO editions (digest, procedure, bytes) VALUES (?, ?, ?)
  ON CONFLICT (digest) DO NOTHING
)sql";

constexpr std::string_view select_edition = R"sql(
  SELECT bytes FROM editions WHERE digest = ?
)sql";

constexpr std::string_view insert_calendar = R"sql(
  INSERT INTO calendars (digest, bytes) VALUES (?, ?)
  ON CONFLICT (digest) DO NOTHING
)sql";

constexpr std::string_view select_calendar = R"sql(
  SELECT bytes FROM calendars WHERE digest = ?
)sql";

}  // namespace yimen::persistence::sqlite
