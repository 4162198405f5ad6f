// What the server's sockets and handlers share. Sockets may outlive the server by a moment.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "api/http/desk.hpp"
#include "api/http/lobby.hpp"
#include "api/http/server_settings.hpp"
#include "api/http/wire.hpp"

namespace yimen::api::http {

struct ServerState {
  ServerState(const Router& router, ServerSettings given, DeskSettings desk_settings)
      : settings(std::move(given)),
        lobby(static_cast<std::size_t>(settings.threads), router.body_bytes_max()),
        desk(router, std::move(desk_settings)) {}

  const ServerSettings settings;
  Lobby lobby;
  Desk desk;
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> poco_answers{0};

  [[nodiscard]] bool may_be_kept(Gate& gate) const {
    return gate.head().keep_alive && !gate.refusal() && gate.body_left() == 0 &&
           !lobby.closing() && !lobby.is_crowded();
  }

  void tell_answered(const Request& request, const Response& response,
                     std::chrono::steady_clock::time_point started) const {
    if (!settings.answered) return;
    const auto taken = std::chrono::steady_clock::now() - started;
    settings.answered(request, response, std::chrono::floor<std::chrono::microseconds>(taken));
  }

  [[nodiscard]] std::string bytes_of(const Response& response, const Head& head,
                                     bool keep_alive) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return wire_bytes(response, {.minor_version = head.minor_version,
                                 .keep_alive = keep_alive,
                                 .strict_transport = settings.behind_proxy,
                                 .now = now});
  }
};

}  // namespace yimen::api::http
