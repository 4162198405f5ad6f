// The contract of every store for those who listen: what has happened, once each and in one order.
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

std::vector<CaseNews> all_after(NewsStore& news, std::int64_t place) {
  const auto found = news.entries_after(place, 1'000);
  REQUIRE(found);
  return *found;
}

}  // namespace

SCENARIO("entries are told with their case's revision and who may see it") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  NewsStore* news = &fixture->database().news();
  CHECK(news->latest_entry() == 0);
  CHECK(all_after(*news, 0).empty());
  const Move first = opening(1);
  REQUIRE(first.commit(fixture->database().cases()));
  const std::int64_t after_first = news->latest_entry().value();
  CHECK(after_first > 0);
  const Move second = step_from(first.loaded(), 5, [](workflow::Entry& entry) {
    entry.changes.units = {"station"};
  });
  REQUIRE(second.commit(fixture->database().cases()));
  REQUIRE(opening(2).commit(fixture->database().cases()));

  const auto told = all_after(*news, after_first);
  REQUIRE(told.size() == 2);
  CHECK(told[0].case_id == id_of(1));
  CHECK(told[0].sequence == 2);
  CHECK(told[0].revision == second.next.revision);
  auto units = told[0].units;
  std::ranges::sort(units);
  CHECK(units == std::vector<std::string>{"station", "village-1"});
  CHECK(told[1].case_id == id_of(2));
  CHECK(told[1].place > told[0].place);
  CHECK(news->latest_entry() == told[1].place);
  CHECK(news->entries_after(0, 1)->size() == 1);
  fixture->reopen();
  news = &fixture->database().news();
  CHECK(all_after(*news, after_first) == told);
}

SCENARIO("whoever follows misses nothing, however many commit at once") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  NewsStore& news = fixture->database().news();
  constexpr int threads = 8;
  constexpr int each = 40;
  std::atomic<int> committed = 0;
  std::atomic<int> finished = 0;
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      for (int number = 0; number < each; ++number) {
        if (opening(1 + thread * each + number).commit(cases)) ++committed;
      }
      ++finished;
    });
  }
  std::multiset<std::string> heard;
  std::int64_t last = 0;
  bool is_in_order = true;
  for (bool at_end = false; !at_end;) {
    at_end = finished == threads;
    while (true) {
      const auto more = news.entries_after(last, 7);
      REQUIRE(more);
      for (const CaseNews& entry : *more) {
        is_in_order = is_in_order && entry.place > last;
        last = entry.place;
        heard.insert(entry.case_id);
      }
      if (more->size() < 7) break;
    }
  }
  for (std::thread& thread : running) thread.join();
  CHECK(committed == threads * each);
  CHECK(is_in_order);
  CHECK(heard.size() == threads * each);
  CHECK(std::set<std::string>(heard.begin(), heard.end()).size() == threads * each);
}

SCENARIO("who is told something is told of by address") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  REQUIRE(opening(1).commit(database.cases()));
  CHECK(database.news().latest_told() == 0);
  const auto leases = database.deadlines().hold_shards("w", minute(0), minute(5));
  const auto due = database.deadlines().due_rungs(*leases, minute(9'000), 10);
  REQUIRE_FALSE(due->empty());
  const RungMark mark{due->front().key,
                      (*leases)[static_cast<std::size_t>(shard_of(due->front().key.case_id))]};
  Notification note;
  note.case_id = id_of(1);
  note.mark = "m";
  note.code = "reminder";
  note.params = "{}";
  note.created_at = minute(6);
  note.address = "@village-1";
  Notification other = note;
  other.address = "auditor@station";
  const auto ends = database.deadlines().finish_rungs({{mark, {note, other}}}, minute(6));
  REQUIRE(ends);
  REQUIRE(ends->at(0) == RungEnd::done);
  const auto told = database.news().told_after(0, 10);
  REQUIRE(told);
  REQUIRE(told->size() == 2);
  CHECK(told->front().address == "@village-1");
  CHECK(told->back().address == "auditor@station");
  CHECK(database.news().latest_told() == told->back().place);
  CHECK(database.news().told_after(told->front().place, 10)->size() == 1);
}

}  // namespace yimen::persistence
