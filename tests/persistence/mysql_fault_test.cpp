// Whatever fails between us and the server, and at whichever call: nothing is half done, nothing is
// done twice, and the answer is the truth.
#include <atomic>
#include <thread>

#include "tests/persistence/mysql_faults.hpp"
#include "tests/persistence/mysql_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

using Moment = ServerFaults::Moment;

constexpr int calls_max = 300;
constexpr int lost = 2013;

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
std::string fingerprint(tests::MariadbShell& shell) {
  return shell(R"(
    SELECT concat_ws(' ',
      (SELECT concat(count(*), '/', sum(sequence)) FROM cases),
      (SELECT sum(length(document)) FROM case_documents),
      (SELECT count(*) FROM journal), (SELECT count(*) FROM personal_values),
      (SELECT count(*) FROM outbox), (SELECT count(*) FROM idempotency),
      (SELECT count(*) FROM clock_segments), (SELECT count(*) FROM rungs),
      (SELECT count(*) FROM case_units), (SELECT count(*) FROM case_persons)))");
}

bool is_there(CaseStore& cases, const Move& move) {
  const auto loaded = cases.load(move.next.id);
  return loaded && loaded->subject == move.next && loaded->head_hash == move.entry.hash &&
         cases.journal(move.next.id, move.next.sequence - 1, 10)->size() == 1 &&
         cases.earlier_answer(*move.key)->has_value();
}

struct Fault {
  Moment moment;
  int code;
  // Whether a commit survives it wherever it strikes.
  bool is_survived;
};

}  // namespace

SCENARIO("a commit whose n-th call fails is done once or not at all, for every n") {
  ServerFaults faults;
  MysqlFixture fixture(&faults);
  tests::MariadbShell shell = fixture.shell();
  CaseStore& cases = fixture.database().cases();
  const bool is_step = GENERATE(false, true);
  const Fault fault = GENERATE(Fault{Moment::before, 1213, true}, Fault{Moment::before, 1205, true},
                               Fault{Moment::before, 1047, true}, Fault{Moment::before, lost, true},
                               Fault{Moment::after, lost, true},
                               Fault{Moment::before, 1969, false});
  CAPTURE(is_step, fault.moment, fault.code);
  int struck = 0;
  for (int nth = 1; nth < calls_max; ++nth) {
    const Move opened = full_move(nth, nullptr);
    if (is_step) REQUIRE(opened.commit(cases));
    const LoadedCase loaded = opened.loaded();
    const Move move = is_step ? full_move(nth, &loaded) : opened;
    const std::string before = fingerprint(shell);
    faults.break_at(nth, fault.moment, fault.code);
    const auto committed = move.commit(cases);
    faults.repair();
    CAPTURE(nth);
    if (committed) {
      CHECK(is_there(cases, move));
    } else {
      CHECK_FALSE(fault.is_survived);
      CHECK(committed.error().kind == StoreErrorKind::unavailable);
      CHECK(fingerprint(shell) == before);
      CHECK(move.commit(cases));
    }
    CHECK(move.commit(cases).error().kind == StoreErrorKind::repeated);
    if (!faults.has_struck()) break;
    ++struck;
  }
  CHECK(struck >= 14);
  THEN("each commit has left what one commit leaves") {
    const std::string commits = std::to_string(is_step ? 2 * (struck + 1) : struck + 1);
    CHECK(shell("SELECT count(*) FROM journal") == commits);
    CHECK(shell("SELECT count(*) FROM idempotency") == commits);
    CHECK(shell("SELECT count(*) / 2 = " + commits + " FROM outbox") == "1");
    CHECK(shell("SELECT count(*) FROM personal_values") == commits);
  }
}

SCENARIO("a server that goes away for good at the n-th call leaves the truth behind") {
  ServerFaults faults;
  MysqlFixture fixture(&faults);
  CaseStore& cases = fixture.database().cases();
  const Moment moment = GENERATE(Moment::before, Moment::after);
  int unknown = 0;
  int unavailable = 0;
  for (int nth = 1; nth < calls_max; ++nth) {
    const Move move = full_move(nth, nullptr);
    faults.break_at(nth, moment, lost, true);
    const auto committed = move.commit(cases);
    const bool struck = faults.has_struck();
    faults.repair();
    if (!struck) break;
    REQUIRE_FALSE(committed);
    CAPTURE(nth);
    if (committed.error().kind == StoreErrorKind::outcome_unknown) {
      ++unknown;
      // Only the commit itself is ever in doubt; a lost answer of it means that it was done.
      CHECK(is_there(cases, move) == (moment == Moment::after));
    } else {
      ++unavailable;
      CHECK(committed.error().kind == StoreErrorKind::unavailable);
      CHECK_FALSE(is_there(cases, move));
    }
  }
  CHECK(unknown == 1);
  CHECK(unavailable >= 14);
  CHECK(fixture.database().not_ready_reason().empty());
}

SCENARIO("a batch whose n-th call fails answers each of its writers with the truth") {
  ServerFaults faults;
  MysqlFixture fixture(&faults);
  tests::MariadbShell shell = fixture.shell();
  CaseStore& cases = fixture.database().cases();
  constexpr int threads = 12;
  const Fault fault = GENERATE(Fault{Moment::before, lost, true}, Fault{Moment::after, lost, true},
                               Fault{Moment::before, 1213, true});
  std::atomic<int> wrong = 0;
  for (int nth = 1; nth <= 60; nth += 2) {
    faults.break_at(nth, fault.moment, fault.code);
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
      running.emplace_back([&, thread] {
        const Move move = full_move(nth * threads + thread, nullptr);
        if (!move.commit(cases)) ++wrong;
      });
    }
    for (std::thread& thread : running) thread.join();
  }
  faults.repair();
  CHECK(wrong == 0);
  const std::string commits = std::to_string(30 * threads);
  CHECK(shell("SELECT count(*) FROM cases") == commits);
  CHECK(shell("SELECT count(*) FROM journal") == commits);
  CHECK(shell("SELECT count(*) / 2 = " + commits + " FROM outbox") == "1");
}

namespace {

// A call of the store, and whether it has been done.
struct Operation {
  std::string name;
  std::function<Result<void, StoreError>(Database&, int)> perform;
  std::function<bool(Database&, int)> is_done;
};

AccountRow account_of(int number) {
  AccountRow row;
  row.id = id_of(number);
  row.name = "account-" + std::to_string(number);
  row.posts = {{"station_clerk", "station"}};
  row.created_at = minute(0);
  return row;
}

// Each change is of an account of its own, which is there beforehand.
int changed_account(int number) { return 1'000 + number; }

std::string token_of(int number) {
  std::string token = std::to_string(number);
  return std::string(64 - token.size(), 'a') + token;
}

PersonRow person_of(int number) {
  return {id_of(number), "",    "village-1", "sealed", "identity-" + std::to_string(number),
          {"token"},     "key", minute(0)};
}

IdempotencyKey key_of(int number) { return {id_of(1), "key-" + std::to_string(number), "d"}; }

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all{
      {"add_account",
       [](Database& database, int number) {
         return database.accounts().add_account(account_of(number), key_of(number));
       },
       [](Database& database, int number) {
         return database.accounts().account(id_of(number)).has_value();
       }},
      {"change_account",
       [](Database& database, int number) {
         AccountRow row = account_of(changed_account(number));
         row.display_name = "changed";
         return database.accounts().change_account(row);
       },
       [](Database& database, int number) {
         const auto row = database.accounts().account(id_of(changed_account(number)));
         return row->display_name == "changed" && row->revision == 2;
       }},
      {"change_tallies",
       [](Database& database, int number) {
         return database.accounts().change_tallies(
             {"slot-" + std::to_string(number), "all"},
             [](std::vector<Tally>& tallies) { ++tallies.front().value; });
       },
       [](Database& database, int number) {
         std::int64_t value = 0;
         const auto read = database.accounts().change_tallies(
             {"slot-" + std::to_string(number)},
             [&](std::vector<Tally>& tallies) { value = tallies.front().value; });
         return read && value >= 1;
       }},
      {"change_setting",
       [](Database& database, int number) {
         return database.change_setting("setting-" + std::to_string(number), "", "set");
       },
       [](Database& database, int number) {
         return database.setting("setting-" + std::to_string(number)) == "set";
       }},
      {"add_session",
       [](Database& database, int number) {
         return database.accounts().add_session(
             {token_of(number), id_of(1), true, minute(0), minute(0), minute(900)});
       },
       [](Database& database, int number) {
         return database.accounts().session(token_of(number)).has_value();
       }},
      {"add_person",
       [](Database& database, int number) {
         return database.persons().add_person(person_of(number), key_of(number));
       },
       [](Database& database, int number) {
         return database.persons().find_persons("identity-" + std::to_string(number), {}, 5)
                    ->size() == 1;
       }},
      {"add_household",
       [](Database& database, int number) {
         return database.persons().add_household(
             {id_of(number), "village-1", "sealed", id_of(1), minute(0)}, key_of(number));
       },
       [](Database& database, int number) {
         return database.persons().household(id_of(number)).has_value();
       }},
      {"add_token",
       [](Database& database, int number) {
         return database.tokens().add_token({id_of(number), token_of(number), id_of(1), "t", {},
                                             true, minute(0), minute(900), {}},
                                            key_of(number));
       },
       [](Database& database, int number) {
         return database.tokens().token(id_of(number)).has_value();
       }},
      {"add_delegation",
       [](Database& database, int number) {
         return database.delegations().add_delegation(
             {id_of(number), id_of(1), id_of(2), {"p", "u"}, minute(0), minute(900), id_of(1),
              minute(0)},
             key_of(number));
       },
       [](Database& database, int number) {
         return database.delegations().delegation(id_of(number)).has_value();
       }},
      {"begin_batch",
       [](Database& database, int number) {
         return database.batches().begin_batch({id_of(number), key_of(number), {}, minute(0)});
       },
       [](Database& database, int number) {
         return database.batches().batch(id_of(number)).has_value();
       }},
      {"add_chunk",
       [](Database& database, int number) {
         return database.attachments().add_chunk(id_of(number), 0, "sealed");
       },
       [](Database& database, int number) {
         const auto again = database.attachments().add_chunk(id_of(number), 0, "sealed");
         return !again && again.error().kind == StoreErrorKind::already_exists;
       }},
      {"set_setting",
       [](Database& database, int number) {
         return database.set_setting("n", std::to_string(number));
       },
       [](Database& database, int number) {
         return *database.setting("n") == std::to_string(number);
       }},
      {"next_number",
       [](Database& database, int number) -> Result<void, StoreError> {
         const auto given = database.cases().next_number(2100 + number);
         if (!given) return refuse(given.error());
         return {};
       },
       [](Database& database, int number) {
         return database.cases().next_number(2100 + number).value_or(0) > 1;
       }}};
  return all;
}

}  // namespace

SCENARIO("every call of the store whose n-th call of the server fails tells the truth") {
  ServerFaults faults;
  MysqlFixture fixture(&faults);
  Database& database = fixture.database();
  for (const int number : {1, 2}) REQUIRE(database.accounts().add_account(account_of(number)));
  for (int number = 100; number < 100 + calls_max; ++number) {
    REQUIRE(database.accounts().add_account(account_of(changed_account(number))));
  }
  const Operation operation = GENERATE(from_range(operations()));
  const Fault fault = GENERATE(Fault{Moment::before, 1213, true}, Fault{Moment::before, lost, true},
                               Fault{Moment::after, lost, true},
                               Fault{Moment::before, 1969, false});
  CAPTURE(operation.name, fault.moment, fault.code);
  int struck = 0;
  for (int nth = 1; nth < calls_max; ++nth) {
    const int number = 100 + nth;
    faults.break_at(nth, fault.moment, fault.code);
    const auto done = operation.perform(database, number);
    const bool has_struck = faults.has_struck();
    faults.repair();
    CAPTURE(nth);
    if (!done) {
      CHECK_FALSE(fault.is_survived);
      CHECK(done.error().kind == StoreErrorKind::unavailable);
    } else {
      CHECK(operation.is_done(database, number));
    }
    if (!has_struck) break;
    ++struck;
  }
  CHECK(struck >= 2);
}

SCENARIO("a commit in doubt that nothing tells of is never tried again") {
  ServerFaults faults;
  MysqlFixture fixture(&faults);
  DeadlineStore& deadlines = fixture.database().deadlines();
  REQUIRE(opening(1).commit(fixture.database().cases()));
  const auto leases = deadlines.hold_shards("w", minute(0), minute(5));
  const auto due = deadlines.due_rungs(*leases, minute(9'000), 10);
  REQUIRE_FALSE(due->empty());
  const RungMark mark{due->front().key,
                      (*leases)[static_cast<std::size_t>(shard_of(due->front().key.case_id))]};
  const Moment moment = GENERATE(Moment::before, Moment::after);
  faults.break_call(mysql::Call::commit, 1, moment, lost);
  const auto finished = deadlines.finish_rungs({{mark, {}}}, minute(6));
  faults.repair();
  REQUIRE_FALSE(finished);
  CHECK(finished.error().kind == StoreErrorKind::outcome_unknown);
  const auto again = deadlines.finish_rungs({{mark, {}}}, minute(6));
  REQUIRE(again);
  CHECK(again->front() == (moment == Moment::before ? RungEnd::done : RungEnd::repeated));
}

SCENARIO("a server that dies under load loses nothing that it acknowledged") {
  MysqlFixture fixture;
  CaseStore& cases = fixture.database().cases();
  std::atomic<bool> stops = false;
  std::vector<std::vector<Move>> done(8);
  std::vector<std::thread> running;
  std::atomic<int> committed = 0;
  for (std::size_t thread = 0; thread < done.size(); ++thread) {
    running.emplace_back([&, thread] {
      Move move = full_move(static_cast<int>(thread) + 1, nullptr);
      while (!stops) {
        const auto outcome = move.commit(cases);
        // What could not be told is asked again under its key.
        const bool is_done =
            outcome || outcome.error().kind == StoreErrorKind::repeated;
        if (!is_done) continue;
        ++committed;
        done[thread].push_back(move);
        const LoadedCase loaded = move.loaded();
        move = full_move(static_cast<int>(thread) + 1, &loaded);
      }
    });
  }
  const auto wait_for = [&](int more) {
    const int until = committed + more;
    while (committed < until) std::this_thread::yield();
  };
  wait_for(100);
  tests::Mariadb::instance().crash();
  tests::Mariadb::instance().start();
  wait_for(100);
  stops = true;
  for (std::thread& thread : running) thread.join();
  CHECK(fixture.database().not_ready_reason().empty());
  for (const auto& moves : done) {
    const auto journal = cases.journal(moves.front().next.id, 0, 100'000);
    REQUIRE(journal);
    REQUIRE(journal->size() >= moves.size());
    for (const Move& move : moves) {
      CHECK((*journal)[static_cast<std::size_t>(move.next.sequence) - 1] == move.entry);
    }
    CHECK(workflow::first_broken(*journal, test_digests()) == 0);
  }
}

}  // namespace yimen::persistence
