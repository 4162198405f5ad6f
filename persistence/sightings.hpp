// When each session was last seen, ahead of what the database knows: a session is written at most
// once a minute. Safe from many threads.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "persistence/access_store.hpp"

namespace yimen::persistence {

class Sightings final {
 public:
  // Sets the row's instant to the latest that is known, here or in the row.
  void remember(SessionRow& row);
  // Whether this one must be written.
  [[nodiscard]] bool is_to_be_written(const std::string& token_hash, workflow::Instant seen_at);
  void forget(const std::string& token_hash);
  void forget_account(const std::string& account);
  void forget_expired(workflow::Instant now);

 private:
  struct Seen {
    workflow::Instant at;
    workflow::Instant written_at;
    workflow::Instant expires_at;
    std::string account;
  };

  std::mutex mutex_;
  std::map<std::string, Seen> seen_;  // by token hash
};

}  // namespace yimen::persistence
