#include "api/http/lobby.hpp"

#include "api/http/gate.hpp"

namespace yimen::api::http {

void Lobby::enter(Gate& gate) {
  const std::lock_guard lock(mutex_);
  gates_.insert(&gate);
  size_ = gates_.size();
}

void Lobby::leave(Gate& gate) {
  const std::lock_guard lock(mutex_);
  gates_.erase(&gate);
  size_ = gates_.size();
  if (gates_.empty()) left_.notify_all();
}

bool Lobby::end_longest_idle() {
  const std::lock_guard lock(mutex_);
  Gate* longest = nullptr;
  auto since = std::chrono::steady_clock::time_point::max();
  for (Gate* gate : gates_) {
    const auto idle = gate->idle_since();
    if (idle && *idle < since) {
      longest = gate;
      since = *idle;
    }
  }
  return longest != nullptr && longest->end_if_idle();
}

void Lobby::close() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  for (Gate* gate : gates_) gate->end_if_idle();
}

void Lobby::cut_all() {
  const std::lock_guard lock(mutex_);
  for (Gate* gate : gates_) gate->cut();
}

bool Lobby::wait_until_empty(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return left_.wait_for(lock, time, [this] { return gates_.empty(); });
}

}  // namespace yimen::api::http
