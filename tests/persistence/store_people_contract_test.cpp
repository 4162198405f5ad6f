// The contract of every store for persons, households, accounts and sessions.
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

PersonRow person_of(int number, const std::string& identity, std::vector<std::string> tokens) {
  return {id_of(number),     id_of(500), "village-1", std::string("\0sealed", 7), identity,
          std::move(tokens), "wrapped",  minute(number)};
}

bool is_same(const PersonRow& left, const PersonRow& right) {
  return left.id == right.id && left.household == right.household &&
         left.village == right.village && left.sealed == right.sealed &&
         left.identity_index == right.identity_index && left.name_tokens == right.name_tokens &&
         left.wrapped_key == right.wrapped_key && left.created_at == right.created_at;
}

AccountRow account_of(int number, const std::string& name) {
  AccountRow row;
  row.id = id_of(number);
  row.name = name;
  row.display_name = "周文书";
  row.password_hash = "$argon2id$";
  row.posts = {{"station_clerk", "station"}, {"village_worker", "village-1"}};
  row.created_at = minute(0);
  return row;
}

bool is_same(const AccountRow& left, const AccountRow& right) {
  return left.id == right.id && left.name == right.name &&
         left.display_name == right.display_name && left.password_hash == right.password_hash &&
         left.is_active == right.is_active &&
         left.must_change_password == right.must_change_password &&
         left.revision == right.revision && left.posts == right.posts &&
         left.created_at == right.created_at;
}

SessionRow session_of(char digit, int created, int expires) {
  return {std::string(64, digit), id_of(1),         false,
          minute(created),        minute(created), minute(expires)};
}

std::vector<std::string> ids_of(const Result<std::vector<PersonRow>, StoreError>& rows) {
  REQUIRE(rows);
  std::vector<std::string> ids;
  for (const PersonRow& row : *rows) ids.push_back(row.id);
  return ids;
}

}  // namespace

SCENARIO("persons are found by id, identity number, name and household") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  PersonStore& persons = fixture->database().persons();
  const PersonRow li = person_of(1, "hash-1", {"t-li", "t-liming"});
  const PersonRow wang = person_of(2, "", {"t-wang"});
  PersonRow unnamed = person_of(3, "", {});
  unnamed.household = id_of(501);
  unnamed.sealed.clear();
  unnamed.wrapped_key.clear();
  for (const PersonRow& row : {li, wang, unnamed}) REQUIRE(persons.add_person(row, {}));

  CHECK(is_same(*persons.person(id_of(1)), li));
  CHECK(is_same(*persons.person(id_of(3)), unnamed));
  CHECK(persons.person(id_of(9)).error().kind == StoreErrorKind::not_found);
  CHECK(ids_of(persons.find_persons("hash-1", {}, 10)) == std::vector{id_of(1)});
  CHECK(ids_of(persons.find_persons("", {"t-li", "t-liming"}, 10)) == std::vector{id_of(1)});
  CHECK(ids_of(persons.find_persons("", {"t-li", "t-wang"}, 10)).empty());
  CHECK(ids_of(persons.find_persons("", {}, 10)).empty());
  CHECK(ids_of(persons.find_persons("hash-9", {}, 10)).empty());
  CHECK(ids_of(persons.household_members(id_of(500))) == std::vector{id_of(1), id_of(2)});
  const auto named = persons.persons({id_of(3), id_of(9), id_of(1), id_of(3)});
  CHECK(ids_of(named) == std::vector{id_of(1), id_of(3)});
  PersonRow without_tokens = li;
  without_tokens.name_tokens.clear();
  CHECK(is_same(named->front(), without_tokens));
  CHECK(ids_of(persons.persons({})).empty());
}

SCENARIO("an identity number belongs to one person") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  PersonStore& persons = fixture->database().persons();
  REQUIRE(persons.add_person(person_of(1, "hash-1", {"t"}), {}));
  const auto second = persons.add_person(person_of(2, "hash-1", {"t"}), {});
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == StoreErrorKind::already_exists);
  CHECK(second.error().earlier->subject_id == id_of(1));
  const auto same_id = persons.add_person(person_of(1, "hash-2", {"t"}), {});
  CHECK(same_id.error().kind == StoreErrorKind::already_exists);
  CHECK(persons.person(id_of(2)).error().kind == StoreErrorKind::not_found);
}

SCENARIO("a registration that is repeated under its key has one effect") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  PersonStore& persons = fixture->database().persons();
  const IdempotencyKey key{id_of(900), "k", "d"};
  REQUIRE(persons.add_person(person_of(1, "", {}), key));
  const auto again = persons.add_person(person_of(2, "", {}), key);
  CHECK(again.error().kind == StoreErrorKind::repeated);
  CHECK(again.error().earlier->subject_id == id_of(1));
  const HouseholdRow household{id_of(500), "village-1", "sealed", id_of(1), minute(3)};
  CHECK(persons.add_household(household, key).error().kind == StoreErrorKind::repeated);
  REQUIRE(persons.add_household(household, {}));
  CHECK(persons.add_household(household, {}).error().kind == StoreErrorKind::already_exists);
  const auto found = persons.household(id_of(500));
  REQUIRE(found);
  CHECK(found->village == "village-1");
  CHECK(found->sealed == "sealed");
  CHECK(found->head == id_of(1));
  CHECK(found->created_at == minute(3));
  CHECK(persons.household(id_of(501)).error().kind == StoreErrorKind::not_found);
}

SCENARIO("accounts are kept with their posts, and names are unique") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  const AccountRow first = account_of(1, "zhou");
  AccountRow changed = first;
  changed.display_name = "周主任";
  changed.must_change_password = true;
  changed.is_active = false;
  changed.posts = {{"station_director", "station"}};
  AccountStore* accounts = &fixture->database().accounts();
  REQUIRE(accounts->add_account(first));
  REQUIRE(accounts->add_account(account_of(2, "wang")));
  CHECK(accounts->add_account(account_of(3, "zhou")).error().kind ==
        StoreErrorKind::already_exists);
  CHECK(is_same(*accounts->account(id_of(1)), first));
  CHECK(is_same(*accounts->account_named("zhou"), first));
  CHECK(accounts->account_named("li").error().kind == StoreErrorKind::not_found);
  CHECK(accounts->accounts("", 10)->size() == 2);
  CHECK(accounts->accounts(id_of(1), 10)->front().id == id_of(2));
  REQUIRE(accounts->change_account(changed));
  changed.revision = 2;
  CHECK(accounts->change_account(account_of(9, "x")).error().kind == StoreErrorKind::not_found);
  fixture->reopen();
  CHECK(is_same(*fixture->database().accounts().account(id_of(1)), changed));
}

SCENARIO("a session lives until it is ended, expires or its account is changed") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore* accounts = &fixture->database().accounts();
  REQUIRE(accounts->add_account(account_of(1, "zhou")));
  REQUIRE(accounts->add_session(session_of('a', 0, 100)));
  REQUIRE(accounts->add_session(session_of('b', 0, 500)));
  const std::string first(64, 'a');
  const std::string second(64, 'b');

  WHEN("it is seen again") {
    REQUIRE(accounts->session(first));
    REQUIRE(accounts->touch_session(first, minute(5)));
    REQUIRE(accounts->touch_session(first, minute(5) + std::chrono::seconds(30)));
    REQUIRE(accounts->touch_session(first, minute(4)));
    THEN("the latest instant is told, and a restart remembers it to the minute") {
      CHECK(accounts->session(first)->seen_at == minute(5) + std::chrono::seconds(30));
      fixture->reopen();
      CHECK(fixture->database().accounts().session(first)->seen_at == minute(5));
    }
  }
  WHEN("it is ended") {
    REQUIRE(accounts->end_session(first));
    CHECK(accounts->session(first).error().kind == StoreErrorKind::not_found);
    CHECK(accounts->end_session(first).error().kind == StoreErrorKind::not_found);
    CHECK(accounts->touch_session(first, minute(9)).error().kind == StoreErrorKind::not_found);
  }
  WHEN("the account changes and that ends its sessions") {
    REQUIRE(accounts->session(second));
    REQUIRE(accounts->change_account(account_of(1, "zhou"), ""));
    CHECK(accounts->session(first).error().kind == StoreErrorKind::not_found);
    CHECK(accounts->touch_session(second, minute(9)).error().kind == StoreErrorKind::not_found);
  }
  WHEN("the account changes and that ends all but one of its sessions") {
    REQUIRE(accounts->change_account(account_of(1, "zhou"), second));
    CHECK(accounts->session(first).error().kind == StoreErrorKind::not_found);
    CHECK(accounts->session(second));
  }
  WHEN("another session begins after it expired") {
    REQUIRE(accounts->add_session(session_of('c', 200, 900)));
    CHECK(accounts->session(first).error().kind == StoreErrorKind::not_found);
    CHECK(accounts->session(second));
  }
}

}  // namespace yimen::persistence
