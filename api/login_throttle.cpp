#include "api/login_throttle.hpp"

#include <algorithm>
#include <cmath>

namespace yimen::api {

namespace {

using std::chrono::seconds;
using workflow::Instant;

constexpr double burst = 20;
constexpr double seconds_per_token = 6;
constexpr std::size_t remembered_max = 10'000;

double tokens_at(double tokens, Instant filled_at, Instant now) {
  const std::chrono::duration<double> passed = now - filled_at;
  return std::clamp(tokens + passed.count() / seconds_per_token, 0.0, burst);
}

seconds until(Instant at, Instant now) {
  return std::max(seconds(1), std::chrono::ceil<seconds>(at - now));
}

}  // namespace

LoginThrottle::Attempt LoginThrottle::begin(const std::string& name, const std::string& address,
                                            Instant now) {
  const std::lock_guard lock(mutex_);
  make_room(now);
  if (const auto wait = take_token(address, now)) return {.wait = wait, .locks = false};
  Failures& failures = failures_[name];
  if (now >= failures.last_at + login_lock) failures.count = 0;
  if (failures.count >= login_failures_max) {
    return {.wait = until(failures.last_at + login_lock, now), .locks = false};
  }
  failures.last_at = now;
  return {.wait = std::nullopt, .locks = ++failures.count == login_failures_max};
}

void LoginThrottle::succeeded(const std::string& name, const std::string& address) {
  const std::lock_guard lock(mutex_);
  failures_.erase(name);
  give_token_back(address);
}

void LoginThrottle::undo(const std::string& name, const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto at = failures_.find(name);
  if (at != failures_.end() && at->second.count > 0) --at->second.count;
  give_token_back(address);
}

std::optional<seconds> LoginThrottle::take_token(const std::string& address, Instant now) {
  Bucket& bucket = buckets_.try_emplace(address, Bucket{burst, now}).first->second;
  bucket.tokens = tokens_at(bucket.tokens, bucket.filled_at, now);
  bucket.filled_at = now;
  if (bucket.tokens < 1) {
    return seconds(static_cast<int>(std::ceil((1 - bucket.tokens) * seconds_per_token)));
  }
  bucket.tokens -= 1;
  return std::nullopt;
}

void LoginThrottle::give_token_back(const std::string& address) {
  const auto at = buckets_.find(address);
  if (at != buckets_.end()) at->second.tokens = std::min(burst, at->second.tokens + 1);
}

// What has lapsed goes first; when a flood of names or addresses leaves nothing lapsed, any goes.
void LoginThrottle::make_room(Instant now) {
  if (buckets_.size() >= remembered_max) {
    std::erase_if(buckets_, [&](const auto& entry) {
      return tokens_at(entry.second.tokens, entry.second.filled_at, now) >= burst;
    });
    if (buckets_.size() >= remembered_max) buckets_.erase(buckets_.begin());
  }
  if (failures_.size() >= remembered_max) {
    std::erase_if(failures_, [&](const auto& entry) {
      return now >= entry.second.last_at + login_lock;
    });
    if (failures_.size() >= remembered_max) failures_.erase(failures_.begin());
  }
}

}  // namespace yimen::api
