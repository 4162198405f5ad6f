// The SQL texts of the database itself, as they are sent; those of each subject stand in headers of
// their own. Parameters are bound in order. A text about many rows repeats its middle part.
#pragma once

#include <string_view>

namespace yimen::persistence::mysql {

// ---- connections --------------------------------------------------------------------------------

// What lies in comments of this kind is MariaDB's own. Reads wait for what other nodes of a cluster
// have committed before; without a cluster that is nothing.
constexpr std::string_view session_state = R"sql(
  SET SESSION
    sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    time_zone = '+00:00',
    collation_connection = 'utf8mb4_bin',
    innodb_lock_wait_timeout = 5
    /*M! , tx_isolation = 'READ-COMMITTED', max_statement_time = 30, wsrep_sync_wait = 1 */
    /*!80000 , transaction_isolation = 'READ-COMMITTED', max_execution_time = 30000 */
)sql";

constexpr std::string_view begin_transaction = "START TRANSACTION";
constexpr std::string_view repeatable_reads =
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
constexpr std::string_view begin_snapshot =
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

// Whether this node takes writes, and how much it keeps of ours.
constexpr std::string_view select_health = R"sql(
  SELECT (SELECT max(version) FROM schema_migrations), @@global.read_only
)sql";

constexpr std::string_view select_size = R"sql(
  SELECT CAST(coalesce(sum(data_length + index_length), 0) AS SIGNED)
  FROM information_schema.tables
  WHERE table_schema = database()
)sql";

// ---- migrations ---------------------------------------------------------------------------------

constexpr std::string_view create_schema_migrations = R"sql(
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version    INTEGER     NOT NULL PRIMARY KEY,
    name       VARCHAR(64) NOT NULL,
    checksum   CHAR(64)    NOT NULL,
    applied_at BIGINT      NOT NULL
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
)sql";

constexpr std::string_view count_tables = R"sql(
  SELECT count(*), CAST(coalesce(sum(table_name = 'schema_migrations'), 0) AS SIGNED)
  FROM information_schema.tables
  WHERE table_schema = database()
)sql";

constexpr std::string_view select_schema_migrations = R"sql(
  SELECT version, name, checksum
  FROM schema_migrations
  ORDER BY version
)sql";

// Two programs that migrate at once do the same.
constexpr std::string_view insert_schema_migration = R"sql(
  INSERT INTO schema_migrations (version, name, checksum, applied_at)
  VALUES (?, ?, ?, CAST(unix_timestamp(now(3)) * 1000 AS SIGNED))
  ON DUPLICATE KEY UPDATE version = version
)sql";

// ---- settings, vocabulary and definitions -------------------------------------------------------

constexpr std::string_view select_setting = R"sql(
  SELECT value FROM settings WHERE name = ?
)sql";

constexpr std::string_view upsert_setting = R"sql(
  INSERT INTO settings (name, value) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE value = VALUES(value)
)sql";

constexpr std::string_view lock_setting = R"sql(
  SELECT value FROM settings WHERE name = ? FOR UPDATE
)sql";

constexpr std::string_view delete_setting = R"sql(
  DELETE FROM settings WHERE name = ?
)sql";

constexpr std::string_view select_is_unused = R"sql(
  SELECT NOT EXISTS (SELECT 1 FROM cases) AND NOT EXISTS (SELECT 1 FROM persons)
    AND NOT EXISTS (SELECT 1 FROM households) AND NOT EXISTS (SELECT 1 FROM accounts)
)sql";

// The first value stays.
constexpr std::string_view insert_setting = R"sql(
  INSERT INTO settings (name, value) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE name = name
)sql";

constexpr std::string_view select_vocabulary = R"sql(
  SELECT `procedure`, state, is_closed FROM vocabulary
)sql";

constexpr std::string_view upsert_vocabulary = R"sql(
  INSERT INTO vocabulary (`procedure`, state, is_closed) VALUES (?, ?, ?)
  ON DUPLICATE KEY UPDATE is_closed = VALUES(is_closed)
)sql";

constexpr std::string_view insert_edition = R"sql(
  INSERT INTO editions (digest, `procedure`, bytes) VALUES (?, ?, ?)
  ON DUPLICATE KEY UPDATE digest = digest
)sql";

constexpr std::string_view select_edition = R"sql(
  SELECT bytes FROM editions WHERE digest = ?
)sql";

constexpr std::string_view insert_calendar = R"sql(
  INSERT INTO calendars (digest, bytes) VALUES (?, ?)
  ON DUPLICATE KEY UPDATE digest = digest
)sql";

constexpr std::string_view select_calendar = R"sql(
  SELECT bytes FROM calendars WHERE digest = ?
)sql";

}  // namespace yimen::persistence::mysql
