// What the HTTP server is told at its start, and the rules that these settings must keep.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/exchange.hpp"
#include "api/http/gate.hpp"

namespace yimen::api::http {

struct ServerSettings {
  // An IP address, or localhost (127.0.0.1). "::" serves IPv4 and IPv6.
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0 takes a free one
  int threads = 128;       // each open connection holds one
  int queued_max = 64;     // connections that wait for a thread; beyond them 503
  GateTimes times{};
  std::chrono::milliseconds idle_timeout{5'000};
  int requests_per_connection_max = 100;
  // What Host may say beside the listening address and localhost, as browsers write it.
  std::vector<std::string> allowed_hosts{};
  // A proxy of ours ends TLS. Without one the server listens on loopback only.
  bool behind_proxy = false;
  std::vector<std::string> proxies = {"127.0.0.1", "::1"};  // whose X-Forwarded-For is believed

  // Called after each answer, from the thread that gave it.
  std::function<void(const Request&, const Response&, std::chrono::microseconds)> answered{};
  // Called with what an exception said, which the client is not told.
  std::function<void(std::string_view trace_id, std::string_view what)> defect{};
};

// A sentence saying why a server cannot be started so; nothing when it can.
[[nodiscard]] std::optional<std::string> unusable(const ServerSettings& settings);

// The address to bind: `host`, with localhost spelt out.
[[nodiscard]] std::string listening_address(const ServerSettings& settings);

// "127.0.0.1:8080" or "[::1]:8080".
[[nodiscard]] std::string host_and_port(std::string_view host, std::uint16_t port);

// Everything that Host may say when the server listens on `port`, in lower case.
[[nodiscard]] std::vector<std::string> served_hosts(const ServerSettings& settings,
                                                    std::uint16_t port);

}  // namespace yimen::api::http
