// What an error of the server or of the connection means: the whole table, read and compared.
#include <vector>

#include "persistence/mysql/failure.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence::mysql {

namespace {

struct Expectation {
  int code;
  Remedy before_commit;
  Remedy at_commit;
  bool loses_the_connection;
};

}  // namespace

SCENARIO("every error has its remedy, before the commit and at it") {
  using enum Remedy;
  for (const Expectation& expected : std::vector<Expectation>{
           {1213, repeat, repeat, false},       // deadlock or certification
           {1020, repeat, repeat, false},       // changed since last read
           {1205, repeat, resolve, false},      // lock wait
           {1062, judge_anew, resolve, false},  // duplicate key
           {1586, judge_anew, resolve, false},
           {2006, reconnect, resolve, true},    // gone away
           {2013, reconnect, resolve, true},    // lost, or timed out
           {2055, reconnect, resolve, true},
           {1927, reconnect, resolve, true},    // killed
           {1053, reconnect, resolve, true},    // shutting down
           {1180, reconnect, resolve, true},    // error during commit
           {2002, reconnect, resolve, true},    // no connection
           {2003, reconnect, resolve, true},
           {1047, reconnect, resolve, true},    // no primary component
           {1290, reconnect, resolve, true},    // read-only
           {1836, reconnect, resolve, true},
           {1040, reconnect, resolve, true},    // too many connections
           {1203, reconnect, resolve, true},
           {1317, give_up, resolve, false},     // interrupted
           {1969, give_up, resolve, false},     // ran too long
           {3024, give_up, resolve, false},
           {1021, give_up, resolve, false},     // disk full
           {1114, give_up, resolve, false},     // table full
           {1452, refuse, resolve, false},      // no such parent
           {4025, refuse, resolve, false},      // a CHECK fails
           {1644, refuse, resolve, false},      // a trigger says no
           {1406, refuse, resolve, false},      // too long
           {1064, refuse, resolve, false},      // our mistake
           {0, refuse, resolve, false}}) {
    CAPTURE(expected.code);
    CHECK(remedy_for(expected.code, Phase::before_commit) == expected.before_commit);
    CHECK(remedy_for(expected.code, Phase::at_commit) == expected.at_commit);
    CHECK(is_lost(expected.code) == expected.loses_the_connection);
  }
}

SCENARIO("what cannot be mended is told as what it is") {
  const Failure failure(1234, "with 'a value' in it");
  CHECK(store_error(failure, Remedy::refuse).kind == StoreErrorKind::invalid);
  CHECK(store_error(failure, Remedy::judge_anew).kind == StoreErrorKind::invalid);
  CHECK(store_error(failure, Remedy::resolve).kind == StoreErrorKind::outcome_unknown);
  CHECK(store_error(failure, Remedy::repeat).kind == StoreErrorKind::unavailable);
  CHECK(store_error(failure, Remedy::reconnect).kind == StoreErrorKind::unavailable);
  CHECK(store_error(failure, Remedy::give_up).kind == StoreErrorKind::unavailable);
  THEN("the server's words, which may quote values, stay out of it") {
    CHECK(store_error(failure, Remedy::refuse).detail == "database error 1234");
  }
}

}  // namespace yimen::persistence::mysql
