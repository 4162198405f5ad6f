// The HTTP server: Poco's HTTPServer behind our gate. server.cpp is the only file that includes
// Poco/Net, and the only one where an exception ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "api/http/router.hpp"
#include "api/http/server_settings.hpp"
#include "workflow/result.hpp"

namespace yimen::api::http {

// A moment's figures, for /metrics.
struct ServerCounts {
  std::uint64_t connections = 0;  // served since the start
  std::uint64_t refused = 0;      // with 503, for want of a place
  std::uint64_t current = 0;
  std::uint64_t queued = 0;
  std::uint64_t requests = 0;
  std::uint64_t malformed = 0;
  std::uint64_t too_slow = 0;
  std::uint64_t defects = 0;
  std::uint64_t poco_answers = 0;  // what Poco would have said by itself; the gate keeps it 0
  std::uint64_t poco_errors = 0;   // thrown in Poco's own threads; of the whole process
};

class Server {
 public:
  // Binds, listens and serves; the refusal is a sentence saying why it cannot. `router` must
  // outlive the server.
  static Result<std::unique_ptr<Server>, std::string> start(const Router& router,
                                                            ServerSettings settings);
  // Stops, if need be at once.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] ServerCounts counts() const;

  // Accepts no more, ends idle connections, lets requests under way finish for up to `grace`, then
  // cuts what is left. True when nothing had to be cut.
  bool stop(std::chrono::milliseconds grace);

 private:
  class Running;
  explicit Server(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace yimen::api::http
