// A connection that has left the server: what is sent arrives in order, and nobody is waited for.
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "api/http/stream.hpp"
#include "tests/support/catch.hpp"

using yimen::api::http::Stream;

namespace {

struct Pair {
  Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0); }
  ~Pair() { close(); }
  void close() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
  // So many bytes, or what comes before the end.
  std::string read(std::size_t wanted) const {
    std::string text;
    std::array<char, 4096> buffer;
    while (text.size() < wanted) {
      const ssize_t count = ::recv(ends[1], buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
  }

  std::array<int, 2> ends{-1, -1};
};

}  // namespace

TEST_CASE("a stream sends what it is told, and ends with its owner") {
  Pair pair;
  {
    Stream stream(pair.ends[0]);
    CHECK(stream.send("one"));
    CHECK(stream.send());
    CHECK(stream.send(" two"));
  }
  CHECK(pair.read(100) == "one two");
}

TEST_CASE("a client that reads late gets everything") {
  Pair pair;
  const int bytes = 4096;  // of the system's buffer, so that the stream must keep the rest
  REQUIRE(::setsockopt(pair.ends[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes) == 0);
  Stream stream(pair.ends[0]);
  std::string sent;
  for (int number = 0; number < 60; ++number) {
    const std::string text(1000, static_cast<char>('0' + number));
    CHECK(stream.send(text));
    sent += text;
  }
  std::string read;
  while (read.size() < sent.size()) {
    REQUIRE(stream.send());
    read += pair.read(1);
  }
  CHECK(read == sent);
}

TEST_CASE("a client that does not read is given up") {
  Pair pair;
  Stream stream(pair.ends[0]);
  const std::string text(1024, 'x');
  std::size_t sent = 0;
  while (sent < 8 * 1024 * 1024 && stream.send(text)) sent += text.size();
  CHECK(sent >= 64 * 1024);
  CHECK(sent < 8 * 1024 * 1024);
}

TEST_CASE("a client that has gone is noticed before anything is sent") {
  Pair pair;
  Stream stream(pair.ends[0]);
  CHECK(stream.send());
  pair.close();
  CHECK_FALSE(stream.send());
}
