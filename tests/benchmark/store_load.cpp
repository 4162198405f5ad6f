#include "tests/benchmark/store_load.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <thread>

namespace yimen::persistence {

namespace {

std::string filler(std::size_t length) { return std::string(length, 'f'); }

Move seeded_case(int number) {
  return opening(number, number % 1'000, 5'000 + number % 3'000, [](workflow::Entry& entry) {
    entry.changes.units = {"village-1", "station", "civil-affairs"};
    for (int fact = 0; fact < 12; ++fact) {
      entry.changes.facts.set("fact_" + std::to_string(fact), filler(100));
    }
    entry.changes.clocks.push_back(clock_of("statutory", "", 0, 1, 0, 9'000));
    entry.changes.clocks.push_back(clock_of("discovery", "", 0, 1, 0, 9'500));
  });
}

// The `place`-th commit of all: one a minute.
Move transition(const Move& from, int place) {
  const int at = 1'500 + place;
  Move move = step_from(from.loaded(), at, [&](workflow::Entry& entry) {
    entry.event = "submit_for_review";
    entry.kind = workflow::EntryKind::transition;
    entry.data = workflow::Object{{"finding", filler(250)}};
    entry.changes.state = "village_review";
    workflow::Clock stopped = from.next.clocks.front();
    stopped.stopped_at = entry.recorded_at;
    stopped.stopped_by = entry.sequence;
    entry.changes.clocks = {stopped, clock_of("state", "village_review", 2, entry.sequence, at,
                                              at + 1'500)};
  });
  const auto scattered = static_cast<std::uint32_t>(place) * 2'654'435'761U;
  move.key = IdempotencyKey{id_of(900), "key-" + std::to_string(scattered), std::string(64, 'd')};
  return move;
}

}  // namespace

Load make_load() {
  Load load;
  for (int number = 1; number <= cases_in_load; ++number) {
    load.seeds.push_back(seeded_case(number));
  }
  std::vector<std::size_t> order(load.seeds.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::shuffle(order, std::mt19937(1));
  for (const std::size_t place : order) {
    load.moves.push_back(transition(load.seeds[place], static_cast<int>(load.moves.size())));
  }
  return load;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "benchmark: %s\n", what);
  std::exit(1);
}

double commits_per_second(CaseStore& store, const std::vector<Move>& moves, std::size_t first,
                          std::size_t count, int threads) {
  std::atomic<std::size_t> next = first;
  std::atomic<int> failed = 0;
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&] {
      for (std::size_t place = next++; place < first + count; place = next++) {
        if (!moves[place].commit(store)) ++failed;
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  require(failed == 0, "a commit failed");
  return static_cast<double>(count) / seconds.count();
}

void print_rates(const char* what, std::vector<double>& rates) {
  std::ranges::sort(rates);
  std::printf("%-32s %9.0f commits/s   (least %.0f, most %.0f of %zu runs)\n", what,
              rates[rates.size() / 2], rates.front(), rates.back(), rates.size());
  std::fflush(stdout);
}

}  // namespace yimen::persistence
