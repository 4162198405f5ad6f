// The contract of every store under many threads: one winner each, and no answer but the truth.
#include <atomic>
#include <barrier>
#include <map>
#include <set>
#include <thread>

#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

// Runs the work in so many threads that begin together.
void race(int threads, const std::function<void(int)>& work) {
  std::barrier start(threads);
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      start.arrive_and_wait();
      work(thread);
    });
  }
  for (std::thread& thread : running) thread.join();
}

}  // namespace

SCENARIO("of sixteen threads that race on one case exactly one wins each sequence") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  REQUIRE(opening(1).commit(cases));
  constexpr int threads = 16;
  constexpr int rounds = 25;
  std::atomic<int> conflicts = 0;
  std::atomic<int> others = 0;
  std::vector<std::vector<std::int64_t>> won(threads);
  race(threads, [&](int thread) {
    for (int round = 0; round < rounds; ++round) {
      const auto loaded = cases.load(id_of(1));
      if (!loaded) {
        ++others;
        continue;
      }
      const Move move = step_from(*loaded, static_cast<int>(loaded->subject.sequence));
      const auto committed = move.commit(cases);
      if (committed) {
        won[static_cast<std::size_t>(thread)].push_back(move.next.sequence);
      } else if (committed.error().kind == StoreErrorKind::conflict) {
        ++conflicts;
      } else {
        ++others;
      }
    }
  });
  std::multiset<std::int64_t> sequences;
  for (const auto& each : won) sequences.insert(each.begin(), each.end());
  const auto journal = cases.journal(id_of(1), 0, 1'000);
  REQUIRE(journal);
  CHECK(others == 0);
  CHECK(static_cast<int>(sequences.size()) + conflicts == threads * rounds);
  CHECK(sequences.size() + 1 == journal->size());
  CHECK(std::set<std::int64_t>(sequences.begin(), sequences.end()).size() == sequences.size());
  CHECK(workflow::first_broken(*journal, test_digests()) == 0);
}

SCENARIO("a key that is used a hundred times at once has one effect") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  std::atomic<int> done = 0;
  std::atomic<int> repeated = 0;
  std::atomic<int> others = 0;
  race(20, [&](int thread) {
    for (int attempt = 0; attempt < 5; ++attempt) {
      Move move = opening(1 + thread * 5 + attempt);
      move.key = IdempotencyKey{id_of(900), "the-key", "digest"};
      const auto committed = move.commit(cases);
      if (committed) {
        ++done;
      } else if (committed.error().kind == StoreErrorKind::repeated) {
        ++repeated;
      } else {
        ++others;
      }
    }
  });
  CHECK(done == 1);
  CHECK(repeated == 99);
  CHECK(others == 0);
  CHECK(cases.case_ids("", 200)->size() == 1);
}

SCENARIO("threads that work on cases of their own all succeed") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  std::atomic<int> failed = 0;
  race(16, [&](int thread) {
    Move move = opening(thread + 1);
    if (!move.commit(cases)) ++failed;
    for (int step = 1; step < 20; ++step) {
      move = step_from(move.loaded(), step);
      if (!move.commit(cases)) ++failed;
      const auto read = cases.load(id_of(thread + 1));
      if (!read || read->subject != move.next) ++failed;
    }
  });
  CHECK(failed == 0);
}

SCENARIO("who shares a commit with an invalid request does not suffer from it") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  std::atomic<int> invalid = 0;
  std::atomic<int> wrong = 0;
  race(16, [&](int thread) {
    for (int round = 0; round < 10; ++round) {
      const bool is_invalid = thread % 5 == 0;
      const Move move = opening(1 + thread * 10 + round, 0, 600, [&](workflow::Entry& entry) {
        if (is_invalid) entry.changes.state = "dreamt_up";
      });
      const auto committed = move.commit(cases);
      if (is_invalid && !committed && committed.error().kind == StoreErrorKind::invalid) {
        ++invalid;
      } else if (is_invalid || !committed) {
        ++wrong;
      }
    }
  });
  CHECK(invalid == 40);
  CHECK(wrong == 0);
  CHECK(cases.case_ids("", 200)->size() == 120);
}

SCENARIO("numbers are unique across threads") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  std::vector<std::vector<std::int64_t>> given(8);
  race(8, [&](int thread) {
    for (int count = 0; count < 50; ++count) {
      const auto number = cases.next_number(2026);
      given[static_cast<std::size_t>(thread)].push_back(number.value_or(0));
    }
  });
  std::set<std::int64_t> all;
  for (const auto& each : given) all.insert(each.begin(), each.end());
  CHECK(all.size() == 400);
  CHECK_FALSE(all.contains(0));
}

}  // namespace yimen::persistence
