// What a client is told of a store's errors: which of them are worth another try, and when.
#include "api/answers.hpp"
#include "tests/support/catch.hpp"

namespace yimen::api {

using persistence::StoreErrorKind;

SCENARIO("a client is told by status and Retry-After what to do about a store's error") {
  struct Expectation {
    StoreErrorKind kind;
    int status;
    std::string_view code;
    bool is_worth_waiting;
  };
  for (const Expectation& expected : std::vector<Expectation>{
           {StoreErrorKind::not_found, 404, "not_found", false},
           {StoreErrorKind::conflict, 409, "conflict", false},
           {StoreErrorKind::already_exists, 409, "already_known", false},
           {StoreErrorKind::key_reused, 422, "idempotency_key_reused", false},
           {StoreErrorKind::invalid, 500, "internal_error", false},
           {StoreErrorKind::unavailable, 503, "unavailable", true},
           {StoreErrorKind::outcome_unknown, 503, "outcome_unknown", true}}) {
    const http::Problem problem = store_problem({expected.kind, "database error 2013", {}});
    CAPTURE(expected.code);
    CHECK(http::name(problem.code) == expected.code);
    CHECK(http::status(problem.code) == expected.status);
    CHECK(problem.retry_after.has_value() == expected.is_worth_waiting);
    THEN("nothing of the database's words reaches them") {
      CHECK(problem.refusals.empty());
      CHECK(problem.params.empty());
    }
  }
}

}  // namespace yimen::api
