// Who is connected: every gate enters and leaves. From here connections are ended, when the server
// stops or when somebody waits for a thread that an idle connection holds.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <unordered_set>

namespace yimen::api::http {

class Gate;

// Safe to use from several threads.
class Lobby {
 public:
  Lobby(std::size_t places, std::uint64_t body_bytes_max)
      : places_(places), body_bytes_max_(body_bytes_max) {}

  void enter(Gate& gate);
  void leave(Gate& gate);

  // More connections than places, that is threads: somebody waits for one.
  [[nodiscard]] bool is_crowded() const { return size_ > places_; }
  [[nodiscard]] bool closing() const { return closing_; }
  [[nodiscard]] std::uint64_t body_bytes_max() const { return body_bytes_max_; }

  // Ends the connection that has been idle longest; false when none is.
  bool end_longest_idle();
  // From now on no connection waits for a further request; the idle ones end at once.
  void close();
  // Ends all connections, whatever they do.
  void cut_all();
  // True when everybody has left before the time was over.
  bool wait_until_empty(std::chrono::milliseconds time);

 private:
  const std::size_t places_;
  const std::uint64_t body_bytes_max_;
  std::mutex mutex_;
  std::condition_variable left_;
  std::unordered_set<Gate*> gates_;
  std::atomic<std::size_t> size_{0};
  std::atomic<bool> closing_{false};
};

}  // namespace yimen::api::http
