#include "api/http/gate.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "api/http/lobby.hpp"

namespace yimen::api::http {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view stand_in_head = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";
constexpr std::size_t linger_bytes_max = 1024 * 1024;

// Poll's time-out: what is left until the deadline, rounded up so as not to wake too early.
int left_until(std::chrono::steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 24 * 3'600'000));
}

milliseconds time_for(std::uint64_t bytes, std::uint64_t bytes_per_second) {
  return milliseconds(bytes * 1000 / bytes_per_second);
}

}  // namespace

Gate::Gate(int socket, const GateTimes& times, Lobby& lobby)
    : socket_(socket), times_(times), lobby_(lobby), idle_since_(Clock::now()) {
  lobby_.enter(*this);
}

Gate::~Gate() { lobby_.leave(*this); }

bool Gate::wait(milliseconds idle_max) {
  if (refusal_ || too_slow_ || body_left_ > 0) return false;
  expecting_head_ = true;
  const auto now = Clock::now();
  idle_since_ = now;
  State expected = state_;
  if (expected == State::ended) return false;
  const bool served_before = expected == State::busy;
  state_.compare_exchange_strong(expected, State::idle);
  // The lobby may have closed or filled just before; it then found this connection busy. A request
  // that has arrived is answered all the same.
  if (lobby_.closing() && arrived_.empty() && !ready(POLLIN, now)) return false;
  if (served_before && arrived_.empty() && lobby_.is_crowded() && !ready(POLLIN, now)) return false;
  if (arrived_.empty() && !ready(POLLIN, now + idle_max)) return false;
  expected = State::idle;
  return state_.compare_exchange_strong(expected, State::busy);
}

int Gate::receive(char* buffer, int length) {
  if (expecting_head_) read_next_head();
  const auto wanted = static_cast<std::size_t>(std::max(length, 0));
  if (passed_ < passing_.size()) {
    const std::size_t count = std::min(wanted, passing_.size() - passed_);
    std::memcpy(buffer, passing_.data() + passed_, count);
    passed_ += count;
    return static_cast<int>(count);
  }
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, body_left_));
  if (count == 0) return 0;
  if (arrived_.empty()) return receive_from_socket(buffer, count);
  const std::size_t taken = std::min(count, arrived_.size());
  std::memcpy(buffer, arrived_.data(), taken);
  arrived_.erase(0, taken);
  body_left_ -= taken;
  return static_cast<int>(taken);
}

int Gate::receive_from_socket(char* buffer, std::size_t length) {
  if (!ready(POLLIN, deadline_)) {
    too_slow_ = true;
    return 0;
  }
  const ssize_t count = ::recv(socket_, buffer, length, MSG_DONTWAIT);
  if (count <= 0) return 0;
  body_left_ -= static_cast<std::uint64_t>(count);
  return static_cast<int>(count);
}

void Gate::read_next_head() {
  expecting_head_ = false;
  deadline_ = Clock::now() + times_.request;
  passing_.clear();
  passed_ = 0;
  // A client may send one empty line too many behind a body (RFC 9112, 2.2).
  std::size_t searched = 0;
  while (true) {
    if (arrived_.starts_with("\r\n")) arrived_.erase(0, 2);
    const std::size_t end = head_end(arrived_, searched);
    if (end != std::string::npos && end <= head_bytes_max) {
      passing_.assign(arrived_, 0, end);
      arrived_.erase(0, end);
      return let_through();
    }
    if (arrived_.size() > head_bytes_max) return stand_in(ProblemCode::headers_too_large);
    searched = arrived_.size() < 3 ? 0 : arrived_.size() - 3;
    if (!fill()) {
      if (too_slow_) stand_in(ProblemCode::request_timeout);
      return;
    }
  }
}

void Gate::let_through() {
  auto head = read_head(passing_);
  if (!head) return stand_in(head.error());
  head_ = std::move(*head);
  body_left_ = head_.content_length;
  deadline_ += time_for(std::min(body_left_, lobby_.body_bytes_max()),
                        times_.bytes_per_second_min);
}

void Gate::stand_in(ProblemCode refused) {
  refusal_ = refused;
  head_ = Head{};
  head_.keep_alive = false;
  body_left_ = 0;
  passing_ = stand_in_head;
}

bool Gate::fill() {
  if (!ready(POLLIN, deadline_)) {
    too_slow_ = true;
    return false;
  }
  std::array<char, 4096> buffer;
  const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count <= 0) return false;
  arrived_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

bool Gate::ready(short events, Clock::time_point deadline) {
  pollfd waiting{socket_, events, 0};
  while (true) {
    const int found = ::poll(&waiting, 1, left_until(deadline));
    if (found > 0) return true;
    if (found == 0 || errno != EINTR) return false;
  }
}

bool Gate::send(std::string_view bytes) {
  const auto deadline = Clock::now() + times_.response +
                        time_for(bytes.size(), times_.bytes_per_second_min);
  while (!bytes.empty()) {
    const ssize_t count =
        ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if ((errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) ||
               !ready(POLLOUT, deadline)) {
      return false;
    }
  }
  return true;
}

void Gate::turn_away(std::string_view bytes) {
  // Whether it arrives is the client's concern: the connection is closed in any case.
  (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(socket_, SHUT_WR);
}

std::unique_ptr<Stream> Gate::hand_over() const {
  const int socket = ::fcntl(socket_, F_DUPFD_CLOEXEC, 0);
  return socket < 0 ? nullptr : std::make_unique<Stream>(socket);
}

void Gate::part() {
  if (!refusal_ && body_left_ == 0 && arrived_.empty()) return;
  ::shutdown(socket_, SHUT_WR);
  const auto deadline = Clock::now() + times_.linger;
  std::array<char, 4096> ignored;
  for (std::size_t total = 0; total < linger_bytes_max;) {
    if (!ready(POLLIN, deadline)) return;
    const ssize_t count = ::recv(socket_, ignored.data(), ignored.size(), MSG_DONTWAIT);
    if (count <= 0) return;
    total += static_cast<std::size_t>(count);
  }
}

bool Gate::end_if_idle() {
  pollfd arriving{socket_, POLLIN, 0};
  if (::poll(&arriving, 1, 0) > 0) return false;
  State expected = State::idle;
  if (!state_.compare_exchange_strong(expected, State::ended)) return false;
  ::shutdown(socket_, SHUT_RD);
  return true;
}

void Gate::cut() {
  state_ = State::ended;
  ::shutdown(socket_, SHUT_RDWR);
}

std::optional<std::chrono::steady_clock::time_point> Gate::idle_since() const {
  if (state_ != State::idle) return std::nullopt;
  return idle_since_.load();
}

}  // namespace yimen::api::http
