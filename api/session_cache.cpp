#include "api/session_cache.hpp"

#include <algorithm>

namespace yimen::api {

namespace {

constexpr std::chrono::seconds believed_for{5};
constexpr std::chrono::minutes written_each{1};
constexpr std::size_t sessions_max = 4'096;

}  // namespace

std::optional<CachedSession> SessionCache::find(const std::string& token_hash,
                                                workflow::Instant now, std::uint64_t changes) {
  const std::lock_guard lock(mutex_);
  const auto at = sessions_.find(token_hash);
  if (at == sessions_.end()) return std::nullopt;
  const CachedSession& session = at->second;
  const bool is_fresh = now >= session.read_at && now - session.read_at < believed_for;
  if (!is_fresh || session.changes != changes) return std::nullopt;
  return session;
}

std::uint64_t SessionCache::endings() {
  const std::lock_guard lock(mutex_);
  return endings_;
}

void SessionCache::keep(CachedSession& session, std::uint64_t endings) {
  const std::lock_guard lock(mutex_);
  if (endings != endings_) return;
  if (const auto at = sessions_.find(session.row.token_hash); at != sessions_.end()) {
    session.row.seen_at = std::max(session.row.seen_at, at->second.row.seen_at);
    session.touched_at = std::max(session.touched_at, at->second.touched_at);
  } else if (sessions_.size() >= sessions_max) {
    sessions_.erase(sessions_.begin());
  }
  sessions_.insert_or_assign(session.row.token_hash, session);
}

bool SessionCache::see(const std::string& token_hash, workflow::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto at = sessions_.find(token_hash);
  if (at == sessions_.end()) return true;
  CachedSession& session = at->second;
  session.row.seen_at = std::max(session.row.seen_at, now);
  if (now - session.touched_at < written_each) return false;
  session.touched_at = now;
  return true;
}

void SessionCache::forget(const std::string& token_hash) {
  const std::lock_guard lock(mutex_);
  ++endings_;
  sessions_.erase(token_hash);
}

}  // namespace yimen::api
