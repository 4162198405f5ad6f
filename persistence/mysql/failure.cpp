#include "persistence/mysql/failure.hpp"

namespace yimen::persistence::mysql {

namespace {

Remedy remedy_before_commit(int code) {
  switch (code) {
    case 1213:  // deadlock, or brought down by another node's writes
    case 1020:  // record has changed since last read
    case 1205:  // lock wait time-out; the transaction still stands and is rolled back by hand
      return Remedy::repeat;
    case 1062:  // duplicate key
    case 1586:  // the same, naming the key
      return Remedy::judge_anew;
    case 1047:  // the node is not in the primary component
    case 1290:  // read-only, by option
    case 1836:  // read-only mode
    case 1040:  // too many connections
    case 1203:  // too many of this user's
    case 1226:  // the user's limit
      return Remedy::reconnect;
    case 1317:  // interrupted
    case 1969:  // max_statement_time
    case 3024:  // max_execution_time
    case 1021:  // disk full
    case 1030:  // error from the storage engine
    case 1037:  // out of memory
    case 1038:  // out of sort memory
    case 1041:  // out of resources
    case 1114:  // table full
    case 1045:  // access denied
    case 1049:  // no such database
      return Remedy::give_up;
    default:
      return is_lost(code) ? Remedy::reconnect : Remedy::refuse;
  }
}

}  // namespace

Remedy remedy_for(int code, Phase phase) {
  if (phase == Phase::before_commit) return remedy_before_commit(code);
  // Refused by certification: nothing was applied. Of anything else at COMMIT nobody knows.
  return code == 1213 || code == 1020 ? Remedy::repeat : Remedy::resolve;
}

bool is_lost(int code) {
  switch (code) {
    case 1053:  // the server shuts down
    case 1129:  // host blocked
    case 1152:  // aborted connection
    case 1153:  // packet too large: the server hangs up
    case 1158:  // network read error
    case 1159:  // network read time-out
    case 1160:  // network write error
    case 1161:  // network write time-out
    case 1180:  // error during commit
    case 1184:  // new connection aborted
    case 1927:  // the connection was killed
    case 2002:  // no connection through a socket
    case 2003:  // no connection to the host
    case 2005:  // unknown host
    case 2006:  // the server has gone away
    case 2012:  // handshake failed
    case 2013:  // lost during a query, time-outs included
    case 2014:  // commands out of sync
    case 2026:  // TLS failed
    case 2027:  // malformed packet
    case 2055:  // lost, with the system's error
      return true;
    default:
      return code == 1040 || code == 1047 || code == 1203 || code == 1226 || code == 1290 ||
             code == 1836;
  }
}

std::string sentence_about(int code) {
  switch (code) {
    case 1044:
    case 1045: return " (access denied): check user, password and grants.";
    case 1049: return " (no such database): create it first, in utf8mb4.";
    case 1142:
    case 1419: return " (the user lacks a right): it needs all rights on this database.";
    case 2002:
    case 2003: return " (no connection): check host and port, and that the server runs.";
    case 2005: return " (unknown host): check the name.";
    default: return ".";
  }
}

StoreError store_error(const Failure& failure, Remedy remedy) {
  const std::string what = "database error " + std::to_string(failure.code());
  switch (remedy) {
    case Remedy::judge_anew:
    case Remedy::refuse: return {StoreErrorKind::invalid, what, {}};
    case Remedy::resolve: return {StoreErrorKind::outcome_unknown, what, {}};
    case Remedy::repeat:
    case Remedy::reconnect:
    case Remedy::give_up: return {StoreErrorKind::unavailable, what, {}};
  }
  return {StoreErrorKind::invalid, what, {}};
}

}  // namespace yimen::persistence::mysql
