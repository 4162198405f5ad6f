// How many requests each route answered, with what, and how long they took; and what the steps came
// to that were asked for. Counted with atomics on the way of every answer.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "api/exposition.hpp"
#include "api/http/router.hpp"

namespace yimen::api {

// Safe to use from several threads once it has been told the routes.
class Traffic {
 public:
  // Once, before the first request.
  void expect(const std::vector<http::Route>& routes);
  // A request that matched no route is counted under "none".
  void count(const http::Request& request, const http::Response& response,
             std::chrono::microseconds taken);
  void write(Exposition& out) const;

 private:
  // Upper bounds of the histogram's buckets; the last bucket has none.
  static constexpr std::array<std::uint64_t, 13> bounds{
      500,    1'000,   2'500,   5'000,   10'000,    25'000,   50'000,
      100'000, 250'000, 500'000, 1'000'000, 2'500'000, 10'000'000};

  struct Counts {
    std::array<std::atomic<std::uint64_t>, 5> by_class{};  // of statuses: 1xx … 5xx
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> by_time{};
    std::atomic<std::uint64_t> microseconds{0};
  };

  void count_decision(const http::Response& response);
  void write_decisions(Exposition& out) const;
  void write_times(Exposition& out, std::string_view route, const Counts& counts) const;

  std::map<std::string, std::unique_ptr<Counts>, std::less<>> routes_;
  std::atomic<std::uint64_t> taken_{0};
  std::atomic<std::uint64_t> waiting_{0};  // for signatures
  // By problem code.
  std::vector<std::atomic<std::uint64_t>> refused_ =
      std::vector<std::atomic<std::uint64_t>>(http::all_problem_codes().size());
};

}  // namespace yimen::api
