// An answer without an end: a connection that has left the server behind its head. Nothing here
// waits; a client that does not take what it is sent is given up, not waited for.
#pragma once

#include <string>
#include <string_view>

namespace yimen::api::http {

// Used by one thread at a time.
class Stream {
 public:
  // Owns the socket.
  explicit Stream(int socket) : socket_(socket) {}
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Sends what the client takes now and keeps the rest for the next call, with or without text.
  // False when the client is gone, or has left more than 64 KiB lying: then it is over.
  [[nodiscard]] bool send(std::string_view text = {});

 private:
  const int socket_;
  std::string kept_;
};

}  // namespace yimen::api::http
