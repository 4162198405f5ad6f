// What every store answers besides what was asked for, and the keys that make requests repeatable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "workflow/result.hpp"

namespace yimen::persistence {

enum class StoreErrorKind {
  not_found,
  conflict,         // what is to be changed has moved on; nothing was written
  repeated,         // the idempotency key was used before; see StoreError::earlier
  key_reused,       // the same key came with another request
  already_exists,   // a unique name is taken
  post_taken,       // it has one holder already; nothing was written
  post_vacated,     // it would be without a holder; nothing was written
  lease_lost,       // the shard has passed to another worker; nothing was written
  invalid,          // the request contradicts the contract or the schema: trying again is no use
  unavailable,      // nothing was written; try again later
  outcome_unknown   // the commit may or may not have happened; resolve by the idempotency key
};

// What an idempotency record tells: where the answer lies, not the answer's personal data.
struct EarlierAnswer {
  std::string request_digest;
  std::string subject_id;     // case, person, account …
  std::int64_t sequence = 0;  // the case's entry; 0 for what is not a case
};

struct StoreError {
  StoreErrorKind kind = StoreErrorKind::unavailable;
  std::string detail;  // for the log; without personal data
  std::optional<EarlierAnswer> earlier;
};

struct IdempotencyKey {
  std::string principal;  // account
  std::string key;
  std::string request_digest;
};

}  // namespace yimen::persistence
