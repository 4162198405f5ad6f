// The contract of every store for tokens, delegations and the list of an account's sessions.
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

void add_accounts(AccountStore& accounts) {
  for (const int number : {1, 2}) {
    AccountRow row;
    row.id = id_of(number);
    row.name = "account-" + std::to_string(number);
    row.created_at = minute(0);
    REQUIRE(accounts.add_account(row));
  }
}

TokenRow token_of(int number, char digit) {
  return {id_of(number),
          std::string(64, digit),
          id_of(1),
          "月报导出",
          {{"station_clerk", "station"}, {"village_worker", "village-1"}},
          true,
          minute(0),
          minute(500),
          {}};
}

DelegationRow delegation_of(int number, int begins, int ends) {
  return {id_of(number), id_of(1),     id_of(2),  {"station_clerk", "station"},
          minute(begins), minute(ends), id_of(1), minute(0)};
}

std::vector<std::string> ids_of(const Result<std::vector<DelegationRow>, StoreError>& rows) {
  REQUIRE(rows);
  std::vector<std::string> ids;
  for (const DelegationRow& row : *rows) ids.push_back(row.id);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

SCENARIO("tokens are kept, found by their hash, and gone at once when removed") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  add_accounts(fixture->database().accounts());
  TokenStore* tokens = &fixture->database().tokens();
  const IdempotencyKey key{id_of(1), "k", "d"};
  TokenRow first = token_of(10, 'a');
  REQUIRE(tokens->add_token(first, key));
  CHECK(tokens->add_token(token_of(11, 'b'), key).error().kind == StoreErrorKind::repeated);
  REQUIRE(tokens->add_token(token_of(12, 'c'), {}));

  REQUIRE(tokens->touch_token(first.token_hash, minute(7)));
  REQUIRE(tokens->touch_token(first.token_hash, minute(6)));
  first.last_used_at = minute(7);
  fixture->reopen();
  tokens = &fixture->database().tokens();
  CHECK(*tokens->token_with(first.token_hash) == first);
  CHECK(*tokens->token(id_of(10)) == first);
  CHECK(tokens->tokens_of(id_of(1))->size() == 2);
  CHECK(tokens->tokens_of(id_of(2))->empty());

  REQUIRE(tokens->remove_token(id_of(10)));
  CHECK(tokens->token_with(first.token_hash).error().kind == StoreErrorKind::not_found);
  CHECK(tokens->token(id_of(10)).error().kind == StoreErrorKind::not_found);
  CHECK(tokens->remove_token(id_of(10)).error().kind == StoreErrorKind::not_found);
  CHECK(tokens->touch_token(first.token_hash, minute(9)).error().kind ==
        StoreErrorKind::not_found);
}

SCENARIO("what ends an account's sessions ends its tokens") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore& accounts = fixture->database().accounts();
  TokenStore& tokens = fixture->database().tokens();
  add_accounts(accounts);
  REQUIRE(tokens.add_token(token_of(10, 'a'), {}));
  auto account = accounts.account(id_of(1));
  REQUIRE(accounts.change_account(*account));
  CHECK(tokens.token(id_of(10)));
  account = accounts.account(id_of(1));
  REQUIRE(accounts.change_account(*account, std::string(64, 'f')));
  CHECK(tokens.token(id_of(10)).error().kind == StoreErrorKind::not_found);
}

SCENARIO("delegations are listed for both sides while they are not over") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  add_accounts(fixture->database().accounts());
  DelegationStore* delegations = &fixture->database().delegations();
  const IdempotencyKey key{id_of(1), "k", "d"};
  const DelegationRow later = delegation_of(20, 100, 200);
  REQUIRE(delegations->add_delegation(later, key));
  CHECK(delegations->add_delegation(delegation_of(22, 0, 9), key).error().kind ==
        StoreErrorKind::repeated);
  REQUIRE(delegations->add_delegation(delegation_of(21, 10, 50), {}));
  fixture->reopen();
  delegations = &fixture->database().delegations();

  CHECK(*delegations->delegation(id_of(20)) == later);
  CHECK(ids_of(delegations->delegations_of(id_of(1), minute(0))) == Ids{id_of(21), id_of(20)});
  CHECK(ids_of(delegations->delegations_of(id_of(2), minute(50))) == Ids{id_of(20)});
  CHECK(ids_of(delegations->delegations_of("", minute(0))).size() == 2);
  CHECK(ids_of(delegations->delegations_of(id_of(3), minute(0))).empty());
  CHECK(ids_of(delegations->covers_of(id_of(2), minute(9))).empty());
  CHECK(ids_of(delegations->covers_of(id_of(2), minute(10))) == Ids{id_of(21)});
  CHECK(ids_of(delegations->covers_of(id_of(2), minute(50))).empty());
  CHECK(ids_of(delegations->covers_of(id_of(1), minute(10))).empty());

  REQUIRE(delegations->remove_delegation(id_of(21)));
  CHECK(ids_of(delegations->covers_of(id_of(2), minute(10))).empty());
  CHECK(delegations->remove_delegation(id_of(21)).error().kind == StoreErrorKind::not_found);
  CHECK(delegations->delegation(id_of(21)).error().kind == StoreErrorKind::not_found);
}

SCENARIO("an account's sessions are listed, the newest first, without those that expired") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AccountStore& accounts = fixture->database().accounts();
  add_accounts(accounts);
  const auto begin = [&](char digit, int account, int at, int ends) {
    REQUIRE(accounts.add_session({std::string(64, digit), id_of(account), digit == 'b', minute(at),
                                  minute(at), minute(ends)}));
  };
  begin('a', 1, 0, 100);
  begin('b', 1, 10, 300);
  begin('c', 2, 20, 300);
  const auto rows = accounts.sessions_of(id_of(1), minute(30));
  REQUIRE(rows->size() == 2);
  CHECK(rows->front().token_hash == std::string(64, 'b'));
  CHECK(rows->front().is_bearer);
  CHECK(rows->back().expires_at == minute(100));
  CHECK(accounts.sessions_of(id_of(1), minute(100))->size() == 1);
  CHECK(accounts.sessions_of(id_of(3), minute(0))->empty());
}

}  // namespace yimen::persistence
