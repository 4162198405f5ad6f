// The parts of cases' commits, a function a table: what all writes leave there goes in statements
// about many rows. For a batch of commits and for a rebuild.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "persistence/case_write.hpp"
#include "persistence/mysql/connection.hpp"

namespace yimen::persistence::mysql {

// What the table holds of a case that is locked.
struct Held {
  std::int64_t sequence = 0;
  std::string head_hash;
  std::int64_t opened_at = 0;
  std::int64_t state_since = 0;
};

struct AcceptedWrite {
  const CaseWrite* write;
  const Held* held;  // null for a new case
};

// Of different cases; at least one.
using Accepted = std::span<const AcceptedWrite>;

void write_cases(Connection& connection, Accepted accepted);
void write_entries(Connection& connection, Accepted accepted);
void write_clocks(Connection& connection, Accepted accepted);
// The rungs of a clock that changed are put anew, the earliest that is not done armed.
void write_rungs(Connection& connection, Accepted accepted);
// All units' rows repeat what the case's row says; they are written when that changes.
void write_units(Connection& connection, Accepted accepted);
void write_persons(Connection& connection, Accepted accepted);
void write_audit(Connection& connection, Accepted accepted);
void write_notifications(Connection& connection, Accepted accepted);
void write_keys(Connection& connection, Accepted accepted);

}  // namespace yimen::persistence::mysql
