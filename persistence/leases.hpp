// How workers share the shards; every store writes down what this says, in one transaction.
#pragma once

#include <string>
#include <vector>

#include "persistence/deadline_store.hpp"

namespace yimen::persistence {

// A shard as it stands; epoch 0 and the first instant of all where nobody ever had it.
struct ShardRow {
  Lease lease;
  workflow::Instant expires_at;
  bool operator==(const ShardRow&) const = default;
};

struct Sharing {
  std::vector<ShardRow> changes;
  std::vector<Lease> held;  // by the worker that asked
};

// Renews what the worker has, lets go what is more than its share of `workers` and takes what is
// free up to it. Free is also what is held until later than anybody asks for: a clock was put back.
[[nodiscard]] Sharing share_out(const std::vector<ShardRow>& shards, const std::string& worker,
                                std::int64_t workers, workflow::Instant now,
                                workflow::Instant until);

// The latest instant that a lease asked for at `now` may sensibly have.
[[nodiscard]] workflow::Instant farthest(workflow::Instant now, workflow::Instant until);

// What it means for a rung that its effect may not be written, or may.
[[nodiscard]] RungEnd rung_end_of(const std::optional<StoreError>& why_not);

// The shards' digits in one text.
[[nodiscard]] std::string digits_of(const std::vector<Lease>& leases);

}  // namespace yimen::persistence
