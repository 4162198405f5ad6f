// The contract of every store for what people looked up or changed outside the journal of cases.
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

using Catch::Matchers::Contains;

SCENARIO("acts outside the journal of cases are kept for good and told by list") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  AuditStore& audit = fixture->database().audit();
  const auto act = [](const std::string& list, int at) {
    return AuditedAct{list, "reveal", id_of(900), id_of(at), "identity_check", "trace", minute(at)};
  };
  for (const int at : {1, 2, 3}) REQUIRE(audit.record(act("reveals", at)));
  REQUIRE(audit.record(act("administration", 4)));
  fixture->reopen();
  AuditStore& again = fixture->database().audit();

  AuditedActQuery query{"reveals", minute(0), minute(100), {}, 2};
  const AuditedActPage first = again.acts(query).value();
  CHECK(first.items == std::vector{act("reveals", 3), act("reveals", 2)});
  query.cursor = first.next;
  const AuditedActPage second = again.acts(query).value();
  CHECK(second.items == std::vector{act("reveals", 1)});
  CHECK(second.next.empty());
  query = {"reveals", minute(2), minute(3), {}, 50};
  CHECK(again.acts(query)->items == std::vector{act("reveals", 2)});
  query.list = "administration";
  CHECK(again.acts(query)->items.empty());
  query.cursor = "647c30";
  CHECK(again.acts(query).error().kind == StoreErrorKind::invalid);

  CHECK_THAT(fixture->ask("UPDATE audit_log SET account = 'x'").at(0),
             Contains("append-only"));
  CHECK_THAT(fixture->ask("DELETE FROM audit_log").at(0),
             Contains("append-only"));
}

}  // namespace yimen::persistence
