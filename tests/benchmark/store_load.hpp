// The load that the benchmarks of the stores put on them.
//
// Imitates a county's busy morning: 20,000 open cases, each commit on another random one; a case is
// a document of about 3 KB with three clocks, an entry is about 1 KB, it replaces the state clock
// (two clock rows, its rungs), moves the due date in the lists of three units and carries an
// idempotency key of its own.
#pragma once

#include <cstddef>
#include <vector>

#include "tests/persistence/store_fixture.hpp"

namespace yimen::persistence {

constexpr int cases_in_load = 20'000;

struct Load {
  std::vector<Move> seeds;
  std::vector<Move> moves;  // in random order of cases
};

[[nodiscard]] Load make_load();

// Ends the program with a sentence where it does not hold.
void require(bool holds, const char* what);

// Commits [first, first + count) by so many threads that each wait for their answer; answers how
// many a second.
[[nodiscard]] double commits_per_second(CaseStore& store, const std::vector<Move>& moves,
                                        std::size_t first, std::size_t count, int threads);

// The median, with the least and the most. Sorts them.
void print_rates(const char* what, std::vector<double>& rates);

}  // namespace yimen::persistence
