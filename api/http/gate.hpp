// The gate between a client's socket and Poco: it lets one whole, well-formed head through at a
// time, then exactly its body. A head that is refused reaches Poco as a harmless stand-in, so that
// every answer is written in one place. Each wait has a deadline for the whole, not for each byte.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/head.hpp"
#include "api/http/stream.hpp"

namespace yimen::api::http {

class Lobby;

struct GateTimes {
  std::chrono::milliseconds request{10'000};   // from the first byte to the last of a request
  std::chrono::milliseconds response{10'000};  // until the client has taken the whole answer
  std::chrono::milliseconds linger{1'000};     // for a refused client to read its answer
  std::uint64_t bytes_per_second_min = 64 * 1024;  // long bodies may take longer at this pace
};

// Used by the one thread that serves the connection; `end_if_idle` and `cut` by any thread.
class Gate {
 public:
  // `socket` and `lobby` must outlive the gate.
  Gate(int socket, const GateTimes& times, Lobby& lobby);
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // Waits for the next request's first byte. False: nothing came, or the connection is to end.
  bool wait(std::chrono::milliseconds idle_max);
  // The next bytes of head or body, never beyond one request; 0 at its end, or when it failed.
  int receive(char* buffer, int length);
  // Sends everything; false when the client did not take it.
  bool send(std::string_view bytes);
  // Sends what fits without waiting, to a client that is not going to be served.
  void turn_away(std::string_view bytes);
  // The connection for somebody else, who has it after the gate is gone; nothing where the process
  // has no descriptor left.
  [[nodiscard]] std::unique_ptr<Stream> hand_over() const;
  // Before the connection is closed: lets the client read the answer although bytes of its own are
  // unread. Closing at once would reset the connection and take the answer with it.
  void part();

  // Of the request whose head was last received.
  [[nodiscard]] Head& head() { return head_; }
  [[nodiscard]] std::optional<ProblemCode> refusal() const { return refusal_; }
  [[nodiscard]] bool too_slow() const { return too_slow_; }
  [[nodiscard]] std::uint64_t body_left() const { return body_left_; }

  // Ends the connection if no request is under way; says whether it did.
  bool end_if_idle();
  // Ends the connection now.
  void cut();
  // Since when the connection has been waiting for a request; nothing while it serves one.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> idle_since() const;

 private:
  using Clock = std::chrono::steady_clock;
  enum class State { queued, idle, busy, ended };

  void read_next_head();
  void let_through();
  void stand_in(ProblemCode refused);
  // Appends what has arrived to `arrived_`; false at the end of the stream or of the time.
  bool fill();
  int receive_from_socket(char* buffer, std::size_t length);
  bool ready(short events, Clock::time_point deadline);

  const int socket_;
  const GateTimes& times_;
  Lobby& lobby_;
  std::atomic<State> state_{State::queued};
  std::atomic<Clock::time_point> idle_since_;
  Clock::time_point deadline_{};
  std::string arrived_;  // bytes not yet passed on
  std::string passing_;  // the head on its way to Poco
  std::size_t passed_ = 0;
  Head head_;
  std::optional<ProblemCode> refusal_;
  bool expecting_head_ = true;
  bool too_slow_ = false;
  std::uint64_t body_left_ = 0;
};

}  // namespace yimen::api::http
