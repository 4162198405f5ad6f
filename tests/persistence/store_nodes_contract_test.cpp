// The contract of every store for what several processes must agree upon: revisions of accounts,
// what holds of all accounts together, attempts that are counted, settings, the number of changes.
#include <atomic>
#include <barrier>
#include <thread>
#include <utility>

#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

const PostRules rules{"platform_supervisor", "administrator"};
const PostRow supervisor{"platform_supervisor", "station"};
const PostRow administrator{"administrator", "station"};

AccountRow account_of(int number, std::vector<PostRow> posts = {}) {
  AccountRow row;
  row.id = id_of(number);
  row.name = "account-" + std::to_string(number);
  row.posts = std::move(posts);
  row.created_at = minute(0);
  return row;
}

StoreErrorKind kind_of(const Result<void, StoreError>& outcome) {
  REQUIRE_FALSE(outcome);
  return outcome.error().kind;
}

// How many of so many threads that begin together succeed.
int winners_of(int threads, const std::function<bool(int)>& attempt) {
  std::barrier start(threads);
  std::atomic<int> won = 0;
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      start.arrive_and_wait();
      if (attempt(thread)) ++won;
    });
  }
  for (std::thread& thread : running) thread.join();
  return won;
}

std::int64_t value_of(AccountStore& accounts, const std::string& slot) {
  std::int64_t value = 0;
  REQUIRE(accounts.change_tallies(
      {slot}, [&](std::vector<Tally>& tallies) { value = tallies.front().value; }));
  return value;
}

}  // namespace

SCENARIO("a change of an account does not take another one back") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore& accounts = fixture->database().accounts();
  REQUIRE(accounts.add_account(account_of(1)));
  AccountRow mine = *accounts.account(id_of(1));
  AccountRow yours = mine;
  CHECK(mine.revision == 1);
  mine.display_name = "mine";
  yours.posts = {supervisor};
  REQUIRE(accounts.change_account(mine));
  CHECK(kind_of(accounts.change_account(yours, "")) == StoreErrorKind::conflict);
  const AccountRow stored = *accounts.account(id_of(1));
  CHECK(stored.display_name == "mine");
  CHECK(stored.posts.empty());
  CHECK(stored.revision == 2);
  AccountRow row = stored;
  CHECK(winners_of(8, [&](int) { return accounts.change_account(row).has_value(); }) == 1);
}

SCENARIO("a post that has one holder gets no second one") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore& accounts = fixture->database().accounts();
  REQUIRE(accounts.add_account(account_of(1, {supervisor}), {}, rules));
  WHEN("a second one is added or given the post") {
    CHECK(kind_of(accounts.add_account(account_of(2, {supervisor}), {}, rules)) ==
          StoreErrorKind::post_taken);
    CHECK(accounts.account(id_of(2)).error().kind == StoreErrorKind::not_found);
    REQUIRE(accounts.add_account(account_of(3), {}, rules));
    AccountRow third = account_of(3, {supervisor});
    CHECK(kind_of(accounts.change_account(third, {}, rules)) == StoreErrorKind::post_taken);
    third.is_active = false;
    CHECK(accounts.change_account(third, {}, rules));
  }
  WHEN("the holder changes in other ways, or is closed") {
    AccountRow first = account_of(1, {supervisor});
    first.display_name = "first";
    CHECK(accounts.change_account(first, {}, rules));
    first.revision = 2;
    first.is_active = false;
    CHECK(accounts.change_account(first, {}, rules));
    CHECK(accounts.add_account(account_of(2, {supervisor}), {}, rules));
    first.revision = 3;
    first.is_active = true;
    CHECK(kind_of(accounts.change_account(first, {}, rules)) == StoreErrorKind::post_taken);
  }
}

SCENARIO("of many who would hold a post together one does") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore& accounts = fixture->database().accounts();
  const auto add = [&](int thread) {
    const auto added = accounts.add_account(account_of(thread + 1, {supervisor}), {}, rules);
    return added || added.error().kind != StoreErrorKind::post_taken;
  };
  CHECK(winners_of(8, add) == 1);
}

SCENARIO("the last holder of a post that may not be vacant stays") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore& accounts = fixture->database().accounts();
  for (const int number : {1, 2}) {
    REQUIRE(accounts.add_account(account_of(number, {administrator}), {}, rules));
  }
  REQUIRE(accounts.add_account(account_of(3), {}, rules));
  const auto leave = [&](int thread) {
    AccountRow row = account_of(thread + 1);
    if (thread == 1) {
      row.is_active = false;
      row.posts = {administrator};
    }
    return accounts.change_account(row, {}, rules);
  };
  CHECK(winners_of(2, [&](int thread) {
          const auto left = leave(thread);
          return left || left.error().kind != StoreErrorKind::post_vacated;
        }) == 1);
  CHECK(accounts.change_account(account_of(3), {}, rules));
}

SCENARIO("the number of changes grows with whatever takes rights away or gives them") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  AccountStore& accounts = database.accounts();
  std::int64_t number = accounts.access_number().value();
  const auto has_grown = [&] {
    const std::int64_t before = std::exchange(number, accounts.access_number().value());
    return number > before;
  };
  for (const int account : {1, 2}) REQUIRE(accounts.add_account(account_of(account)));
  CHECK(has_grown());
  REQUIRE(accounts.change_account(account_of(1)));
  CHECK(has_grown());
  const std::string token(64, 'a');
  REQUIRE(accounts.add_session({token, id_of(1), true, minute(0), minute(0), minute(9)}));
  REQUIRE(accounts.touch_session(token, minute(2)));
  CHECK_FALSE(has_grown());
  REQUIRE(accounts.end_session(token));
  CHECK(has_grown());
  CHECK_FALSE(accounts.end_session(token));
  CHECK_FALSE(has_grown());
  REQUIRE(database.tokens().add_token({id_of(10), token, id_of(1), "t", {}, true, minute(0),
                                       minute(9), {}}, {}));
  REQUIRE(database.tokens().remove_token(id_of(10)));
  CHECK(has_grown());
  REQUIRE(database.delegations().add_delegation(
      {id_of(20), id_of(1), id_of(2), administrator, minute(0), minute(9), id_of(1), minute(0)},
      {}));
  CHECK(has_grown());
  REQUIRE(database.delegations().remove_delegation(id_of(20)));
  CHECK(has_grown());
}

SCENARIO("tallies are counted once each, whoever counts them") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore& accounts = fixture->database().accounts();
  const auto count = [](std::vector<Tally>& tallies) {
    for (Tally& tally : tallies) tally = {tally.value + 1, minute(7)};
  };
  const auto count_in = [&](int thread) {
    const std::vector<std::string> slots = thread % 2 == 0
                                               ? std::vector<std::string>{"name", "address"}
                                               : std::vector<std::string>{"address", "name"};
    for (int times = 0; times < 10; ++times) {
      if (!accounts.change_tallies(slots, count)) return false;
    }
    return true;
  };
  CHECK(winners_of(6, count_in) == 6);
  fixture->reopen();
  CHECK(value_of(fixture->database().accounts(), "name") == 60);
  CHECK(value_of(fixture->database().accounts(), "address") == 60);
  CHECK(value_of(fixture->database().accounts(), "other") == 0);
  Tally kept;
  REQUIRE(fixture->database().accounts().change_tallies(
      {"name"}, [&](std::vector<Tally>& tallies) { kept = tallies.front(); }));
  CHECK(kept == Tally{60, minute(7)});
}

SCENARIO("a setting is changed from what it is known to be") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  Database& database = fixture->database();
  CHECK(kind_of(database.change_setting("key", "one", "two")) == StoreErrorKind::conflict);
  CHECK(winners_of(6, [&](int thread) {
          return database.change_setting("key", "", std::to_string(thread)).has_value();
        }) == 1);
  const std::string first = database.setting("key").value();
  CHECK(kind_of(database.change_setting("key", "", "two")) == StoreErrorKind::conflict);
  CHECK(database.change_setting("key", first, "two"));
  CHECK(database.setting("key") == "two");
}

}  // namespace yimen::persistence
