// The sessions seen in the last seconds, so that a request needs no read of the database. Bounded;
// what it holds is believed for five seconds and only while no account has changed since.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "api/http/exchange.hpp"
#include "persistence/store.hpp"

namespace yimen::api {

struct CachedSession {
  persistence::SessionRow row;
  http::Principal principal;
  workflow::Instant read_at;
  workflow::Instant touched_at;  // when seen_at was last written to the store
  std::uint64_t changes = 0;     // of accounts, before it was read
};

class SessionCache {
 public:
  // Nothing when it is not there, too old, or was read before the latest change.
  [[nodiscard]] std::optional<CachedSession> find(const std::string& token_hash,
                                                  workflow::Instant now, std::uint64_t changes);
  // The number to hand to `keep`, taken before the session is read.
  [[nodiscard]] std::uint64_t endings();
  // Keeps it unless a session has ended since `endings`; the later of two sightings stays.
  void keep(CachedSession& session, std::uint64_t endings);
  // Notes a sighting. True once a minute: then the store should hear of it.
  [[nodiscard]] bool see(const std::string& token_hash, workflow::Instant now);
  void forget(const std::string& token_hash);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, CachedSession> sessions_;
  std::uint64_t endings_ = 0;
};

}  // namespace yimen::api
