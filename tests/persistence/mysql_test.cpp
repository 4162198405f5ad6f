// What only the store on a server promises: its schema, its pool, its neighbours.
#include <atomic>
#include <thread>

#include "persistence/mysql/connection.hpp"
#include "persistence/mysql/failure.hpp"
#include "persistence/mysql/migrations.hpp"
#include "persistence/mysql/queries.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "tests/persistence/mysql_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

using Catch::Matchers::Contains;

namespace {

mysql::Options options_for(const tests::MariadbSchema& schema) {
  mysql::Options options;
  options.server = schema.server();
  options.jurisdiction = "511623";
  options.vocabulary = test_vocabulary();
  return options;
}

}  // namespace

SCENARIO("both dialects have the same migrations") {
  const auto& sqlite = sqlite::embedded_migrations();
  const auto& mysql = mysql::embedded_migrations();
  REQUIRE(sqlite.size() == mysql.size());
  for (std::size_t place = 0; place < sqlite.size(); ++place) {
    CHECK(sqlite[place].name == mysql[place].name);
    CHECK((place == 0 || mysql[place].version > mysql[place - 1].version));
  }
}

SCENARIO("a schema of every earlier version is brought up to date, with what it holds") {
  const std::vector<Migration>& all = mysql::embedded_migrations();
  for (std::size_t known = 1; known < all.size(); ++known) {
    const tests::MariadbSchema schema;
    {
      mysql::Connection connection(schema.server(), nullptr);
      connection.execute(std::string(mysql::create_schema_migrations));
      for (std::size_t place = 0; place < known; ++place) mysql::apply(connection, all[place]);
      connection.execute("INSERT INTO settings VALUES ('old', 'kept')");
    }
    const auto applied = mysql::migrate(options_for(schema));
    REQUIRE(applied);
    CHECK(applied->size() == all.size() - known);
    const auto opened = mysql::open(options_for(schema));
    REQUIRE(opened);
    CHECK(*(*opened)->setting("old") == "kept");
    CHECK(opening(1).commit((*opened)->cases()));
  }
}

SCENARIO("a commit that the server cuts off is not taken for done") {
  const tests::MariadbSchema schema;
  mysql::Connection connection(schema.server(), nullptr);
  connection.begin();
  std::string id;
  {
    mysql::Rows rows = connection.prepared("SELECT connection_id()").query({});
    REQUIRE(rows.next());
    id = std::to_string(rows.integer(0));
  }
  tests::MariadbShell{schema.server()}("KILL " + id);
  CHECK_THROWS_AS(connection.commit(), mysql::Failure);
}

SCENARIO("a migration that was interrupted is repeated, also beside another one") {
  const tests::MariadbSchema schema;
  REQUIRE(mysql::migrate(options_for(schema)));
  tests::MariadbShell shell(schema.server());
  shell("DELETE FROM schema_migrations WHERE version > 1");
  shell("DROP TABLE tokens");
  std::vector<std::thread> running;
  std::atomic<int> failed = 0;
  for (int node = 0; node < 3; ++node) {
    running.emplace_back([&] {
      if (!mysql::open(options_for(schema))) ++failed;
    });
  }
  for (std::thread& node : running) node.join();
  CHECK(failed == 0);
  CHECK(shell("SELECT count(*) FROM schema_migrations") ==
        std::to_string(mysql::embedded_migrations().size()));
  CHECK(shell("SELECT count(*) FROM tokens") == "0");
}

SCENARIO("a schema that does not match the program is refused") {
  const tests::MariadbSchema schema;
  tests::MariadbShell shell(schema.server());
  WHEN("a migration was changed after it was applied") {
    REQUIRE(mysql::migrate(options_for(schema)));
    shell("UPDATE schema_migrations SET checksum = 'x' WHERE version = 2");
    CHECK_THAT(mysql::open(options_for(schema)).error(), Contains("0002_deadlines"));
  }
  WHEN("a newer program made it") {
    REQUIRE(mysql::migrate(options_for(schema)));
    shell("INSERT INTO schema_migrations VALUES (99, '0099_future', 'x', 0)");
    CHECK_THAT(mysql::open(options_for(schema)).error(), Contains("newer Yimen"));
  }
  WHEN("it is a schema of somebody else") {
    shell("CREATE TABLE theirs (a INTEGER)");
    CHECK_THAT(mysql::open(options_for(schema)).error(), Contains("not those of Yimen"));
    CHECK(shell("SELECT count(*) FROM information_schema.tables "
                "WHERE table_schema = database()") == "1");
  }
  WHEN("it is of another jurisdiction") {
    REQUIRE(mysql::migrate(options_for(schema)));
    mysql::Options options = options_for(schema);
    options.jurisdiction = "511699";
    CHECK_THAT(mysql::open(options).error(), Contains("511623"));
  }
}

SCENARIO("who cannot come in is told why, without the password") {
  const tests::MariadbSchema schema;
  mysql::Options options = options_for(schema);
  WHEN("the password is wrong") {
    options.server.password = "not-the-password";
    CHECK_THAT(mysql::open(options).error(), Contains("access denied"));
    CHECK_THAT(mysql::open(options).error(), !Contains("not-the-password"));
  }
  WHEN("there is no such schema") {
    options.server.schema = "nowhere";
    CHECK_THAT(mysql::open(options).error(), Contains("no such database"));
  }
  WHEN("nobody listens") {
    options.server.port = 1;
    CHECK_THAT(mysql::open(options).error(), Contains("check host and port"));
  }
}

SCENARIO("several processes share a schema") {
  MysqlFixture fixture;
  const auto second = mysql::open(fixture.options());
  REQUIRE(second);
  const Move opened = opening(1);
  REQUIRE(opened.commit(fixture.database().cases()));
  CHECK((*second)->cases().load(id_of(1))->subject == opened.next);
  const Move moved = step_from(opened.loaded(), 5);
  REQUIRE(moved.commit((*second)->cases()));
  const auto late = step_from(opened.loaded(), 6).commit(fixture.database().cases());
  CHECK(late.error().kind == StoreErrorKind::conflict);
  CHECK(*fixture.database().cases().next_number(2026) != *(*second)->cases().next_number(2026));
}

SCENARIO("a start leaves alone what another process is bringing") {
  MysqlFixture fixture;
  REQUIRE(fixture.database().attachments().add_chunk(id_of(50), 0, "sealed"));
  mysql::Options options = fixture.options();
  options.uploads_abandoned_after = std::chrono::hours(1);
  REQUIRE(mysql::open(options));
  CHECK(fixture.database().attachments().add_chunk(id_of(50), 0, "again").error().kind ==
        StoreErrorKind::already_exists);
}

SCENARIO("the journal on a server refuses to be changed") {
  MysqlFixture fixture;
  REQUIRE(opening(1).commit(fixture.database().cases()));
  tests::MariadbShell shell = fixture.shell();
  CHECK_THAT(shell("UPDATE journal SET bytes = ''"), Contains("append-only"));
  CHECK_THAT(shell("DELETE FROM journal"), Contains("append-only"));
  CHECK(shell("SELECT count(*) FROM journal") == "1");
}

SCENARIO("connections that were killed are replaced without anybody noticing") {
  MysqlFixture fixture;
  tests::MariadbShell shell = fixture.shell();
  REQUIRE(opening(1).commit(fixture.database().cases()));
  REQUIRE(fixture.database().cases().load(id_of(1)));
  while (true) {
    const std::string id = shell(
        "SELECT id FROM information_schema.processlist "
        "WHERE db = database() AND id <> connection_id() LIMIT 1");
    if (id.empty()) break;
    shell("KILL CONNECTION " + id);
  }
  CHECK(fixture.database().cases().load(id_of(1)));
  CHECK(opening(2).commit(fixture.database().cases()));
}

SCENARIO("there are never more connections than were allowed") {
  MysqlFixture fixture;
  fixture.close();
  mysql::Options options = fixture.options();
  options.connections = 2;
  options.committers = 1;
  const auto opened = mysql::open(options);
  REQUIRE(opened);
  tests::MariadbShell shell = fixture.shell();
  std::atomic<int> failed = 0;
  std::vector<std::thread> running;
  for (int thread = 0; thread < 16; ++thread) {
    running.emplace_back([&, thread] {
      if (!opening(thread + 1).commit((*opened)->cases())) ++failed;
      for (int round = 0; round < 10; ++round) {
        if (!(*opened)->cases().search({})) ++failed;
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  CHECK(failed == 0);
  CHECK(shell("SELECT count(*) FROM information_schema.processlist "
              "WHERE db = database() AND id <> connection_id()") == "3");
}

SCENARIO("every session has our state") {
  const tests::MariadbSchema schema;
  mysql::Connection connection(schema.server(), nullptr);
  mysql::Rows rows =
      connection
          .prepared("SELECT concat_ws(' ', @@tx_isolation, @@time_zone, @@wsrep_sync_wait, "
                    "@@innodb_lock_wait_timeout, @@character_set_client, @@collation_connection, "
                    "@@sql_mode)")
          .query({});
  REQUIRE(rows.next());
  CHECK(rows.text(0) ==
        "READ-COMMITTED +00:00 1 5 utf8mb4 utf8mb4_bin "
        "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION");
}

}  // namespace yimen::persistence
