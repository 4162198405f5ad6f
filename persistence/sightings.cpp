#include "persistence/sightings.hpp"

#include <algorithm>
#include <chrono>

namespace yimen::persistence {

namespace {

constexpr auto period_min = std::chrono::minutes(1);

}  // namespace

// What was seen in memory is never older than what the database holds.
void Sightings::remember(SessionRow& row) {
  const std::lock_guard lock(mutex_);
  Seen& seen =
      seen_.try_emplace(row.token_hash, Seen{row.seen_at, row.seen_at, row.expires_at, row.account})
          .first->second;
  seen.at = std::max(seen.at, row.seen_at);
  row.seen_at = seen.at;
}

bool Sightings::is_to_be_written(const std::string& token_hash, workflow::Instant seen_at) {
  const std::lock_guard lock(mutex_);
  const auto known = seen_.find(token_hash);
  if (known == seen_.end()) return true;
  known->second.at = std::max(known->second.at, seen_at);
  if (seen_at - known->second.written_at < period_min) return false;
  known->second.written_at = seen_at;
  return true;
}

void Sightings::forget(const std::string& token_hash) {
  const std::lock_guard lock(mutex_);
  seen_.erase(token_hash);
}

void Sightings::forget_account(const std::string& account) {
  const std::lock_guard lock(mutex_);
  std::erase_if(seen_, [&](const auto& entry) { return entry.second.account == account; });
}

void Sightings::forget_expired(workflow::Instant now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(seen_, [&](const auto& entry) { return entry.second.expires_at < now; });
}

}  // namespace yimen::persistence
