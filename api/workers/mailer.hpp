// Hands on what goes by mail, in a thread of its own, so that a slow server holds up no deadline.
// A notification may go twice where the program dies between sending and noting it.
#pragma once

#include "api/workers/pacer.hpp"
#include "api/workers/workers.hpp"

namespace yimen::api {

class Mailer {
 public:
  // All of it outlives the mailer.
  Mailer(persistence::NotificationStore& store, const http::Texts& texts, const Mail& mail,
         Workers& workers)
      : store_(store), texts_(texts), mail_(mail), workers_(workers) {}

  void start();
  void stop() { pacer_.stop(); }
  // Sends what waits for the shards in hand; how many went. Ends with the first that does not.
  std::size_t deliver();

 private:
  persistence::NotificationStore& store_;
  const http::Texts& texts_;
  const Mail& mail_;
  Workers& workers_;
  Pacer pacer_;
};

}  // namespace yimen::api
