// What only the embedded store promises: its schema, its lock, its backup.
#include "persistence/sqlite/database.hpp"

#include <filesystem>
#include <fstream>

#include "persistence/sqlite/backup.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/queries.hpp"
#include "tests/persistence/sqlite_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

using Catch::Matchers::Contains;

namespace {

// With the first `version` migrations applied, as a program of that time left it.
void make_old_database(const std::string& path, int version) {
  sqlite::Connection connection(path, sqlite::Access::read_write);
  connection.execute(std::string(sqlite::create_schema_migrations));
  for (const Migration& migration : sqlite::embedded_migrations()) {
    if (migration.version > version) return;
    connection.execute(migration.text);
    connection.execute("INSERT INTO schema_migrations VALUES (" +
                       std::to_string(migration.version) + ", '" + migration.name + "', '" +
                       migration.checksum + "', 0)");
  }
}

}  // namespace

SCENARIO("a new database gets every migration, and none again") {
  SqliteFixture fixture;
  const auto all = std::to_string(sqlite::embedded_migrations().size());
  CHECK(Shell(fixture.path())("SELECT count(*) FROM schema_migrations") == all);
  fixture.close();
  CHECK(sqlite::migrate(fixture.options())->empty());
}

SCENARIO("a database of any earlier schema gets what it lacks") {
  for (int version = 1; version < sqlite::newest_version(); ++version) {
    CAPTURE(version);
    const TemporaryFolder folder;
    sqlite::Options options = SqliteFixture().options();
    options.path = folder.file("old.db");
    make_old_database(options.path, version);
    const auto applied = sqlite::migrate(options);
    REQUIRE(applied);
    CHECK(std::ssize(*applied) ==
          std::ranges::count_if(sqlite::embedded_migrations(), [&](const Migration& migration) {
            return migration.version > version;
          }));
    CHECK((*sqlite::open(options))->not_ready_reason().empty());
  }
}

SCENARIO("who sees a case and has to do with it is kept when the lists are laid out anew") {
  const TemporaryFolder folder;
  sqlite::Options options = SqliteFixture().options();
  options.path = folder.file("old.db");
  make_old_database(options.path, 9);
  const std::string key = "'" + id_of(1) + "'";
  Shell shell(options.path);
  shell("INSERT INTO vocabulary VALUES ('assistance', 'discovered', 0)");
  shell("INSERT INTO cases VALUES (" + key + ", '511623', 'assistance', 'e', 1, 1, zeroblob(32), "
        "'discovered', 0, '', '', '', '', 0, 'village-1', '', 5, 5, 7, NULL)");
  shell("INSERT INTO case_units VALUES (" + key + ", 'village-1', '511623', 0, 7, 5)");
  shell("INSERT INTO case_persons VALUES (" + key + ", 'p', 'acted', '511623')");
  shell("INSERT INTO case_persons VALUES (" + key + ", 'q', 'subject', '511623')");
  for (const std::string clock : {"'state', 1, 1, '511623', 'discovered'", "'sign_for', 1, 1, "
                                  "'511623', ''", "'papers', 1, 1, '511623', ''"}) {
    shell("INSERT INTO clock_segments VALUES (" + key + ", " + clock +
          ", 1, 5, NULL, NULL, '', 7, 7, 5, NULL)");
  }
  shell("UPDATE clock_segments SET stopped_at = 6 WHERE clock = 'papers'");
  REQUIRE(sqlite::migrate(options));
  CHECK(shell("SELECT subject || waits_for FROM cases") == R"(q["sign_for"])");
  CHECK(shell("SELECT unit || due_at || case_id FROM case_units_by_due") ==
        "village-17" + id_of(1));
  CHECK(shell("SELECT unit || opened_at || case_id FROM case_units_by_opened") ==
        "village-15" + id_of(1));
  CHECK(shell("SELECT person || role || case_id FROM case_persons WHERE role = 'acted'") ==
        "pacted" + id_of(1));
  CHECK(shell("SELECT value FROM settings WHERE name = 'audit_unfilled'") == "0");
}

SCENARIO("migrations are numbered without a gap") {
  int expected = 1;
  for (const Migration& migration : sqlite::embedded_migrations()) {
    CHECK(migration.version == expected++);
    CHECK(migration.checksum.size() == 64);
  }
}

SCENARIO("a database that does not match the program's migrations is refused") {
  SqliteFixture fixture;
  fixture.close();
  WHEN("a migration was changed after it was applied") {
    Shell(fixture.path())("UPDATE schema_migrations SET checksum = 'x' WHERE version = 2");
    CHECK_THAT(sqlite::open(fixture.options()).error(), Contains("0002_deadlines"));
  }
  WHEN("a newer program made it") {
    Shell(fixture.path())("INSERT INTO schema_migrations VALUES (99, '0099_future', 'x', 0)");
    CHECK_THAT(sqlite::open(fixture.options()).error(), Contains("newer Yimen"));
  }
}

SCENARIO("what is no database of ours is refused and left as it is") {
  const TemporaryFolder folder;
  sqlite::Options options;
  options.path = folder.file("other.db");
  WHEN("it is a database of somebody else") {
    std::ofstream(options.path).close();
    Shell(options.path)("CREATE TABLE theirs (a)");
    CHECK_THAT(sqlite::open(options).error(), Contains("not one of Yimen's"));
    CHECK(Shell(options.path)("SELECT count(*) FROM sqlite_schema") == "1");
  }
  WHEN("it is no database") {
    std::ofstream(options.path) << std::string(4'096, 'x');
    CHECK_THAT(sqlite::open(options).error(), Contains("not a database"));
  }
  WHEN("its folder does not exist") {
    options.path = folder.file("none/yimen.db");
    CHECK_THAT(sqlite::open(options).error(), Contains("No such file"));
  }
}

SCENARIO("one process serves a database") {
  SqliteFixture fixture;
  CHECK_THAT(sqlite::open(fixture.options()).error(), Contains("Another Yimen"));
  CHECK_THAT(sqlite::migrate(fixture.options()).error(), Contains("Another Yimen"));
  fixture.close();
  CHECK(sqlite::open(fixture.options()));
}

SCENARIO("a database keeps the jurisdiction and the mark that it was made with") {
  SqliteFixture fixture;
  fixture.close();
  sqlite::Options options = fixture.options();
  options.sample = false;
  CHECK((*sqlite::open(options))->is_sample());
  options.jurisdiction = "511699";
  CHECK_THAT(sqlite::open(options).error(), Contains("511623"));
}

SCENARIO("only its owner may read the database") {
  SqliteFixture fixture;
  using std::filesystem::perms;
  for (const std::string suffix : {"", "-wal", ".lock"}) {
    const perms given = std::filesystem::status(fixture.path() + suffix).permissions();
    CHECK((given & (perms::group_all | perms::others_all)) == perms::none);
  }
}

SCENARIO("the journal refuses to be changed") {
  SqliteFixture fixture;
  REQUIRE(opening(1).commit(fixture.database().cases()));
  Shell shell(fixture.path());
  CHECK_THAT(shell("UPDATE journal SET bytes = x'00'"), Contains("append-only"));
  CHECK_THAT(shell("DELETE FROM journal"), Contains("append-only"));
  CHECK_THAT(shell("UPDATE cases SET state = 'dreamt_up'"), !Contains("append-only"));
  CHECK(shell("SELECT count(*) FROM journal") == "1");
}

SCENARIO("an entry leaves rows for workers and readers") {
  SqliteFixture fixture;
  Move opened = opening(1);
  opened.effects = {{"notify_unit", workflow::Object{{"unit", "station"}}}};
  REQUIRE(opened.commit(fixture.database().cases()));
  const Move suspended = step_from(opened.loaded(), 5, [&](workflow::Entry& entry) {
    workflow::Clock clock = opened.next.clocks.front();
    clock.suspensions = {{minute(5), {}, "papers", entry.sequence}};
    entry.changes.clocks = {clock};
  });
  Shell shell(fixture.path());
  CHECK(shell("SELECT count(*) FROM outbox WHERE number IS NULL") == "2");
  CHECK(shell("SELECT details FROM outbox WHERE ordinal = 1") == R"({"unit":"station"})");
  CHECK(shell("SELECT count(*) FROM rungs WHERE done_at IS NULL") == "2");
  CHECK(shell("SELECT count(*) FROM case_units_by_due WHERE unit = 'village-1'") == "1");
  CHECK(shell("SELECT group_concat(rung) FROM rungs WHERE is_armed") == "half");
  shell("UPDATE rungs SET done_at = 1, is_armed = 0 WHERE rung = 'half'");

  WHEN("its clock is suspended") {
    REQUIRE(suspended.commit(fixture.database().cases()));
    THEN("the rungs that are not done are disarmed, and both versions of the clock are kept") {
      CHECK(shell("SELECT group_concat(rung) FROM rungs") == "half");
      CHECK(shell("SELECT count(*) FROM clock_segments") == "2");
      CHECK(shell("SELECT recorded_by FROM clock_segments WHERE superseded_at IS NULL") == "2");
      CHECK(shell("SELECT count(*) FROM clock_segments WHERE suspended_at IS NULL AND "
                  "recorded_at <= 1772413200000 AND superseded_at > 1772413200000") == "1");
      CHECK(fixture.database().cases().search({})->items.front().suspended_at == minute(5));
    }
    AND_WHEN("it runs again") {
      const Move resumed = step_from(suspended.loaded(), 9, [&](workflow::Entry& entry) {
        workflow::Clock clock = suspended.next.clocks.front();
        clock.suspensions.front().to = minute(9);
        for (workflow::Rung& rung : clock.rungs) rung.at += std::chrono::minutes(4);
        entry.changes.clocks = {clock};
      });
      REQUIRE(resumed.commit(fixture.database().cases()));
      THEN("what is not done is armed at its new instant, what is done stays done") {
        CHECK(shell("SELECT group_concat(rung) FROM rungs WHERE is_armed") == "expired");
        CHECK(shell("SELECT group_concat(rung) FROM rungs WHERE done_at IS NULL") == "expired");
        CHECK(shell("SELECT due_at - 604 * 60000 FROM rungs WHERE rung = 'expired'") ==
              "1772413200000");
      }
    }
  }
}

SCENARIO("a backup is a sound database of its own") {
  SqliteFixture fixture;
  REQUIRE(opening(1).commit(fixture.database().cases()));
  const std::string copy = fixture.folder().file("copy.db");
  REQUIRE(fixture.store().backup(copy));
  CHECK_THAT(fixture.store().backup(copy).error(), Contains("exists"));
  CHECK_FALSE(fixture.store().backup(fixture.folder().file("none/copy.db")));
  CHECK(fixture.store().integrity_check()->empty());
  REQUIRE(opening(2).commit(fixture.database().cases()));

  sqlite::Options options = fixture.options();
  options.path = copy;
  const auto restored = sqlite::open(options);
  REQUIRE(restored);
  CHECK((*restored)->integrity_check()->empty());
  CHECK((*restored)->cases().load(id_of(1))->subject == opening(1).next);
  CHECK((*restored)->cases().load(id_of(2)).error().kind == StoreErrorKind::not_found);
}

SCENARIO("a backup is restored where there is no database, and only a whole one") {
  SqliteFixture fixture;
  REQUIRE(opening(1).commit(fixture.database().cases()));
  const TemporaryFolder folder;
  const std::string copy = folder.file("copy.db");
  REQUIRE(fixture.store().backup(copy));
  sqlite::Options options = fixture.options();
  options.path = folder.file("restored.db");

  CHECK_THAT(sqlite::restore(copy, fixture.path()).error(), Contains("already serves"));
  REQUIRE(sqlite::restore(copy, options.path));
  CHECK((*sqlite::open(options))->cases().load(id_of(1))->subject == opening(1).next);
  CHECK_THAT(sqlite::restore(copy, options.path).error(), Contains("exists"));

  options.path = folder.file("another.db");
  CHECK_THAT(sqlite::restore(folder.file("none.db"), options.path).error(), Contains("no file"));
  std::ofstream(folder.file("text")) << std::string(10'000, 'x');
  CHECK_THAT(sqlite::restore(folder.file("text"), options.path).error(), Contains("not restored"));
  std::ofstream(folder.file("foreign.db")).flush();
  Shell(folder.file("foreign.db"))("CREATE TABLE other (id)");
  CHECK_THAT(sqlite::restore(folder.file("foreign.db"), options.path).error(),
             Contains("not one of Yimen's"));
  std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
  CHECK_THAT(sqlite::restore(copy, options.path).error(), Contains("not restored"));
  CHECK_FALSE(std::filesystem::exists(options.path));
}

SCENARIO("an interrupted rebuild keeps the database closed until one comes to its end") {
  SqliteFixture fixture;
  REQUIRE(opening(1).commit(fixture.database().cases()));
  fixture.close();
  Shell(fixture.path())("INSERT INTO settings VALUES ('rebuild', 'begun')");
  CHECK_THAT(sqlite::open(fixture.options()).error(), Contains("yimen rebuild"));
  sqlite::Options options = fixture.options();
  options.rebuilds = true;
  CHECK((*sqlite::open(options))->rebuild(test_digests(), {}) == 1);
  fixture.reopen();
  CHECK(fixture.database().cases().load(id_of(1))->subject == opening(1).next);
}

SCENARIO("the check finds a row without its parent") {
  SqliteFixture fixture;
  Shell shell(fixture.path());
  shell("INSERT INTO case_persons VALUES ('511623', 'p', 'nobody', 'person')");
  const auto findings = fixture.store().integrity_check();
  REQUIRE(findings->size() == 1);
  CHECK(findings->front() == "a row of case_persons has no cases");
}

}  // namespace yimen::persistence
