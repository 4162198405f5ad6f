// Whatever fails, and at whichever step: nothing is half-applied, and the answer is the truth.
#include <filesystem>

#include "tests/persistence/faults.hpp"
#include "tests/persistence/sqlite_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

constexpr int steps_max = 500;

// A commit that touches every table: it opens a case, or moves one.
Move full_move(int number, const LoadedCase* from) {
  const auto change = [&](workflow::Entry& entry) {
    entry.changes.facts.set("subject", id_of(700));
    entry.changes.facts.set("number", "n" + std::to_string(number));
    entry.changes.units = {"village-1", "station"};
    entry.changes.clocks = {clock_of("statutory", "", 0, entry.sequence, 3, 900)};
  };
  Move move = from != nullptr ? step_from(*from, 5, change) : opening(number, 0, 600, change);
  move.effects = {{"notify_unit", workflow::Object{{"unit", "station"}}}};
  move.personal = {{"/name", "sealed"}};
  move.key = IdempotencyKey{id_of(900), id_of(number) + std::to_string(move.next.sequence), "d"};
  return move;
}

// How many rows each table holds, and where the cases stand.
std::string fingerprint(const std::string& path) {
  return Shell(path)(R"(
    SELECT (SELECT count(*) || '/' || total(sequence) FROM cases) || ' ' ||
           (SELECT total(length(document)) FROM case_documents) || ' ' ||
           (SELECT count(*) FROM journal) || ' ' || (SELECT count(*) FROM personal_values) ||
           ' ' || (SELECT count(*) FROM outbox) || ' ' || (SELECT count(*) FROM idempotency) ||
           ' ' || (SELECT count(*) FROM clock_segments) || ' ' || (SELECT count(*) FROM rungs) ||
           ' ' || (SELECT count(*) FROM case_units_by_due) ||
           ' ' || (SELECT count(*) FROM case_units_by_opened) ||
           ' ' || (SELECT count(*) FROM case_persons))");
}

bool is_there(CaseStore& cases, const Move& move) {
  const auto loaded = cases.load(move.next.id);
  return loaded && loaded->subject == move.next && loaded->head_hash == move.entry.hash &&
         cases.journal(move.next.id, move.next.sequence - 1, 10)->size() == 1 &&
         cases.earlier_answer(*move.key)->has_value();
}

// What a restart finds if the process had died now.
struct Afterlife {
  TemporaryFolder folder;
  std::unique_ptr<sqlite::Database> database;

  explicit Afterlife(const SqliteFixture& fixture) {
    sqlite::Options options = fixture.options();
    options.path = folder.file("yimen.db");
    for (const std::string suffix : {"", "-wal"}) {
      std::error_code error;
      std::filesystem::copy_file(fixture.path() + suffix, options.path + suffix, error);
    }
    auto opened = sqlite::open(options);
    REQUIRE(opened);
    database = std::move(*opened);
  }
};

}  // namespace

SCENARIO("a commit whose n-th statement fails leaves nothing behind, for every n") {
  StatementFaults faults;
  SqliteFixture fixture;
  CaseStore& cases = fixture.database().cases();
  const bool is_step = GENERATE(false, true);
  int statements = 0;
  for (int nth = 1; nth < steps_max; ++nth) {
    const Move opened = full_move(nth, nullptr);
    if (is_step) REQUIRE(opened.commit(cases));
    const LoadedCase loaded = opened.loaded();
    const Move move = is_step ? full_move(nth, &loaded) : opened;
    const std::string before = fingerprint(fixture.path());
    faults.break_at(nth);
    const auto committed = move.commit(cases);
    faults.break_at(0);
    if (committed) {
      CHECK(is_there(cases, move));
    } else {
      CHECK(committed.error().kind == StoreErrorKind::unavailable);
      CHECK(fingerprint(fixture.path()) == before);
      CHECK(move.commit(cases));
      ++statements;
    }
    if (committed && statements > 0 && nth > statements + 2) break;
  }
  CHECK(statements >= 12);
  CHECK(fixture.database().not_ready_reason().empty());
  CHECK(fixture.store().integrity_check()->empty());
}

SCENARIO("a disk that fails once, at its n-th change, costs one commit and nothing else") {
  FaultyDisk disk;
  SqliteFixture fixture;
  CaseStore& cases = fixture.database().cases();
  const int code = GENERATE(SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC);
  int failed = 0;
  for (int nth = 1; nth < steps_max; ++nth) {
    const Move move = full_move(nth, nullptr);
    const std::string before = fingerprint(fixture.path());
    disk.break_at(nth, code, false);
    const auto committed = move.commit(cases);
    disk.repair();
    if (!disk.has_struck()) break;
    ++failed;
    REQUIRE_FALSE(committed);
    CHECK(committed.error().kind == StoreErrorKind::unavailable);
    CHECK(fingerprint(fixture.path()) == before);
    CHECK_FALSE(is_there(Afterlife(fixture).database->cases(), move));
    CHECK(move.commit(cases));
    CHECK(fixture.database().not_ready_reason().empty());
  }
  CHECK(failed >= 10);
  CHECK(fixture.store().integrity_check()->empty());
}

SCENARIO("a disk that stays broken stops writing until it is repaired") {
  FaultyDisk disk;
  SqliteFixture fixture;
  CaseStore& cases = fixture.database().cases();
  const int code = GENERATE(SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC);
  int unknown = 0;
  for (int nth = 1; nth < steps_max; ++nth) {
    const Move move = full_move(nth, nullptr);
    disk.break_at(nth, code, true);
    const auto committed = move.commit(cases);
    if (!disk.has_struck()) break;
    REQUIRE_FALSE(committed);
    CHECK_FALSE(is_there(cases, move));
    CHECK_FALSE(fixture.database().not_ready_reason().empty());
    CHECK(full_move(nth, nullptr).commit(cases).error().kind == StoreErrorKind::unavailable);
    if (committed.error().kind == StoreErrorKind::outcome_unknown) {
      ++unknown;
    } else {
      CHECK(committed.error().kind == StoreErrorKind::unavailable);
    }
    disk.repair();
    const Afterlife afterlife(fixture);
    CHECK(afterlife.database->integrity_check()->empty());
    const bool is_whole = is_there(afterlife.database->cases(), move) ||
                          !afterlife.database->cases().load(move.next.id);
    CHECK(is_whole);
    CHECK(fixture.database().not_ready_reason().empty());
    CHECK(move.commit(cases));
  }
  CHECK(unknown >= 10);
  CHECK(fixture.store().integrity_check()->empty());
}

SCENARIO("a full database is not ready, and goes on once there is room") {
  StatementFaults faults;
  SqliteFixture fixture;
  CaseStore& cases = fixture.database().cases();
  REQUIRE(full_move(1, nullptr).commit(cases));
  sqlite3_exec(faults.writer(), "PRAGMA max_page_count = 1", nullptr, nullptr, nullptr);
  Result<void, StoreError> committed;
  int number = 1;
  while (committed && number < steps_max) committed = full_move(++number, nullptr).commit(cases);
  REQUIRE_FALSE(committed);
  CHECK(committed.error().kind == StoreErrorKind::unavailable);
  CHECK_THAT(fixture.database().not_ready_reason(), Catch::Matchers::Contains("full"));
  CHECK(cases.load(id_of(number)).error().kind == StoreErrorKind::not_found);
  CHECK(cases.load(id_of(1)));
  CHECK(full_move(1'000, nullptr).commit(cases).error().kind == StoreErrorKind::unavailable);
  sqlite3_exec(faults.writer(), "PRAGMA max_page_count = 1000000", nullptr, nullptr, nullptr);
  CHECK(fixture.database().not_ready_reason().empty());
  CHECK(full_move(number, nullptr).commit(cases));
}

}  // namespace yimen::persistence
