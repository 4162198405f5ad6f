// A plain socket that speaks HTTP byte by byte, for tests that send what no decent client would.
// Nothing sleeps: a read blocks until the server answers or closes, ten seconds at most.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "api/http/exchange.hpp"

namespace yimen::tests {

struct Answer {
  int status = 0;
  std::string version;
  api::http::Fields headers;  // names in lower case, repeated ones kept
  std::string body;

  [[nodiscard]] std::string_view header(std::string_view name) const { return headers.get(name); }
  // The null value when the body is not JSON.
  [[nodiscard]] workflow::Value json() const { return workflow::parse(body).value_or(nullptr); }
};

class RawHttp {
 public:
  explicit RawHttp(std::uint16_t port, const std::string& address = "127.0.0.1")
      : socket_(connected(port, address)) {}
  ~RawHttp() { close(); }
  RawHttp(RawHttp&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), arrived_(std::move(other.arrived_)) {}
  RawHttp& operator=(RawHttp&&) = delete;

  // False once the server has gone.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  void end_sending() const { ::shutdown(socket_, SHUT_WR); }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  // What one read gives: the segments that are there, or nothing at the end.
  std::string read_once() const {
    std::array<char, 65536> buffer;
    const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    return count <= 0 ? std::string{}
                      : std::string(buffer.data(), static_cast<std::size_t>(count));
  }

  // Whether something to read, or the end, is there within this time.
  [[nodiscard]] bool is_readable(std::chrono::milliseconds within) const {
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(within.count())) > 0;
  }

  // The next whole answer; nothing when the server closes before its end.
  std::optional<Answer> read_answer(bool to_head = false) {
    std::size_t end = 0;
    while ((end = arrived_.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more()) return std::nullopt;
    }
    Answer answer = parsed(std::string_view(arrived_).substr(0, end + 2));
    arrived_.erase(0, end + 4);
    const std::string_view length = answer.header("content-length");
    if (to_head || length.empty()) return answer;
    const auto wanted = static_cast<std::size_t>(std::stoul(std::string(length)));
    while (arrived_.size() < wanted) {
      if (!read_more()) return std::nullopt;
    }
    answer.body = arrived_.substr(0, wanted);
    arrived_.erase(0, wanted);
    return answer;
  }

  // What comes up to and with these bytes; nothing when the server closes before.
  std::optional<std::string> read_through(std::string_view end) {
    std::size_t at = 0;
    while ((at = arrived_.find(end)) == std::string::npos) {
      if (!read_more()) return std::nullopt;
    }
    std::string text = arrived_.substr(0, at + end.size());
    arrived_.erase(0, text.size());
    return text;
  }

  // Blocks until the server closes; true when it did, without a further byte.
  bool is_closed() { return arrived_.empty() && read_once().empty(); }

 private:
  static int connected(std::uint16_t port, const std::string& address) {
    const bool six = address.find(':') != std::string::npos;
    sockaddr_in6 to6{};
    sockaddr_in to4{};
    to6.sin6_family = AF_INET6;
    to6.sin6_port = htons(port);
    to4.sin_family = AF_INET;
    to4.sin_port = htons(port);
    ::inet_pton(six ? AF_INET6 : AF_INET, address.c_str(),
                six ? static_cast<void*>(&to6.sin6_addr) : &to4.sin_addr);
    const int socket = ::socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval longest{10, 0};
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto* to = six ? reinterpret_cast<const sockaddr*>(&to6)
                         : reinterpret_cast<const sockaddr*>(&to4);
    if (::connect(socket, to, six ? sizeof to6 : sizeof to4) != 0) {
      ::close(socket);
      throw std::runtime_error("cannot connect to " + address + " port " + std::to_string(port));
    }
    return socket;
  }

  bool read_more() {
    const std::string more = read_once();
    arrived_ += more;
    return !more.empty();
  }

  static Answer parsed(std::string_view head) {
    Answer answer;
    bool first = true;
    while (!head.empty()) {
      const auto end = std::min(head.find("\r\n"), head.size());
      const std::string_view line = head.substr(0, end);
      head.remove_prefix(std::min(end + 2, head.size()));
      if (std::exchange(first, false)) {
        answer.version = line.substr(0, 8);
        answer.status = std::stoi(std::string(line.substr(9, 3)));
        continue;
      }
      const auto colon = line.find(": ");
      std::string name(line.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
      });
      answer.headers.add(std::move(name), std::string(line.substr(colon + 2)));
    }
    return answer;
  }

  int socket_;
  std::string arrived_;
};

}  // namespace yimen::tests
