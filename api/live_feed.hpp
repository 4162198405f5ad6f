// Those who listen to what they may see, and the one thread that tells them. It follows the store,
// so that what other processes do is heard too: once a second, while somebody listens. Nothing is
// kept for anybody: who takes too little is given up, and comes back with the last id they had.
#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/authentication.hpp"
#include "api/http/stream.hpp"
#include "api/workers/pacer.hpp"

namespace yimen::api {

class LiveFeed {
 public:
  // All of them must outlive the feed.
  LiveFeed(persistence::NewsStore& store, Accounts& accounts, Authentication& authentication,
           const Clock& clock);
  ~LiveFeed();
  LiveFeed(const LiveFeed&) = delete;
  LiveFeed& operator=(const LiveFeed&) = delete;

  void start();
  // Ends all streams.
  void stop();

  // What an answer hands its connection to. What is told begins behind the entry of that place, or
  // with what happens from now on. `overloaded` when too many listen, in all or of the account.
  [[nodiscard]] Result<std::function<void(std::unique_ptr<http::Stream>)>, http::Problem> listen(
      const http::Principal& principal, std::optional<std::int64_t> after);

  // One turn of the thread, for those who have not started it.
  void turn();

 private:
  struct Listener;
  class Seat;

  void join(Listener listener, std::unique_ptr<http::Stream> stream);
  [[nodiscard]] bool follow();
  void follow_told();
  // False when the listener is to be given up.
  [[nodiscard]] bool tell(Listener& listener, workflow::Instant now);
  [[nodiscard]] bool may_go_on(Listener& listener, workflow::Instant now);
  [[nodiscard]] std::optional<std::string> missed(Listener& listener);

  persistence::NewsStore& store_;
  Accounts& accounts_;
  Authentication& authentication_;
  const Clock& clock_;

  std::mutex seats_mutex_;  // guards the next two
  std::size_t seats_ = 0;
  std::map<std::string, int> seats_of_;  // by account

  std::mutex mutex_;  // guards those who come
  std::list<Listener> coming_;

  // The thread's own.
  std::list<Listener> listeners_;
  std::deque<persistence::CaseNews> recent_;
  std::int64_t first_ = 0;  // `recent_` holds everything behind this place …
  std::int64_t last_ = 0;   // … up to this one
  std::set<std::int64_t> told_;
  std::set<std::string> addresses_told_;  // since the last turn

  Pacer pacer_;  // last: its thread uses all of the above
};

}  // namespace yimen::api
