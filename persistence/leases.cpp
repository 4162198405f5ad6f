#include "persistence/leases.hpp"

#include <algorithm>

namespace yimen::persistence {

using workflow::Instant;

Sharing share_out(const std::vector<ShardRow>& shards, const std::string& worker,
                  std::int64_t workers, Instant now, Instant until) {
  const std::int64_t among = std::max<std::int64_t>(workers, 1);
  const auto share = static_cast<std::size_t>((shard_count + among - 1) / among);
  Sharing sharing;
  const auto hold = [&](const Lease& lease) {
    sharing.changes.push_back({lease, until});
    sharing.held.push_back(lease);
  };
  for (const ShardRow& row : shards) {
    if (row.lease.worker != worker || row.expires_at == Instant{}) continue;
    if (sharing.held.size() < share) {
      hold(row.lease);
    } else {
      sharing.changes.push_back({row.lease, Instant{}});
    }
  }
  for (const ShardRow& row : shards) {
    const bool is_free = row.expires_at <= now || row.expires_at > farthest(now, until);
    const bool is_held = std::ranges::find(sharing.held, row.lease) != sharing.held.end();
    if (!is_free || is_held || sharing.held.size() == share) continue;
    hold({row.lease.shard, worker, row.lease.epoch + 1});
  }
  return sharing;
}

Instant farthest(Instant now, Instant until) { return until + (until - now); }

RungEnd rung_end_of(const std::optional<StoreError>& why_not) {
  if (!why_not) return RungEnd::done;
  return why_not->kind == StoreErrorKind::lease_lost ? RungEnd::lease_lost : RungEnd::repeated;
}

std::string digits_of(const std::vector<Lease>& leases) {
  std::string digits;
  for (const Lease& lease : leases) {
    digits.push_back("0123456789abcdef"[static_cast<std::size_t>(lease.shard) % shard_count]);
  }
  return digits;
}

}  // namespace yimen::persistence
