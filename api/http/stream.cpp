#include "api/http/stream.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace yimen::api::http {

namespace {

constexpr std::size_t kept_bytes_max = 64 * 1024;

bool would_wait() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

// What a client says behind its request is of no interest; that it ends is.
bool is_open(int socket) {
  std::array<char, 1024> ignored;
  const ssize_t count = ::recv(socket, ignored.data(), ignored.size(), MSG_DONTWAIT);
  return count > 0 || (count < 0 && would_wait());
}

}  // namespace

Stream::~Stream() {
  ::shutdown(socket_, SHUT_RDWR);
  ::close(socket_);
}

bool Stream::send(std::string_view text) {
  if (!is_open(socket_)) return false;
  kept_ += text;
  while (!kept_.empty()) {
    const ssize_t count =
        ::send(socket_, kept_.data(), kept_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0) return would_wait() && kept_.size() <= kept_bytes_max;
    kept_.erase(0, static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace yimen::api::http
