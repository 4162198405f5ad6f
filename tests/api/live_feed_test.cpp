// Those who listen, turn by turn of a feed whose thread has not been started.
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using namespace std::chrono_literals;

namespace {

// The client's end of a stream.
class Ear {
 public:
  Ear(Casework& office, const api::http::Fields& headers,
      std::optional<std::int64_t> after = std::nullopt) {
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()) == 0);
    api::http::Request request;
    request.headers = headers;
    REQUIRE_FALSE(office.authentication.authenticate(request));
    auto taken = office.feed.listen(*request.principal, after);
    REQUIRE(taken);
    (*taken)(std::make_unique<api::http::Stream>(ends_[0]));
  }
  ~Ear() { ::close(ends_[1]); }
  Ear(const Ear&) = delete;
  Ear& operator=(const Ear&) = delete;

  // What has come since, or "end".
  std::string heard() {
    std::string text;
    std::array<char, 65536> buffer;
    while (true) {
      const ssize_t count = ::recv(ends_[1], buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0) return text + "end";
      if (count < 0) return text;
    }
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

int count_of(const std::string& text, const std::string& part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

SCENARIO("a listener is greeted with a place, and reminded of it every fifteen seconds") {
  Casework office;
  Ear ear(office, office.as("station_clerk", "station"));
  office.feed.turn();
  CHECK(ear.heard() == "retry: 3000\nid: 0\n\n");
  office.clock.pass(14s);
  office.feed.turn();
  CHECK(ear.heard().empty());
  const std::string id = office.found_case();
  office.feed.turn();
  const std::string first = ear.heard();
  CHECK(contains(first, "event: case\ndata: {\"id\":\"" + id + "\",\"revision\":"));
  const std::string place = first.substr(0, first.find('\n') + 1);
  office.clock.pass(15s);
  office.feed.turn();
  CHECK(ear.heard() == ":\n" + place + "\n");
}

SCENARIO("a stream ends as soon as its reader may not hear it any more") {
  Casework office;
  const std::string id = office.staff("listener", {{"village_worker", "shili_1"}});
  Ear ear(office, office.as(id));
  office.feed.turn();
  (void)ear.heard();
  const auto any = api::http::parse_entity_tags("*").value();
  WHEN("the account is closed") {
    api::AccountChange change;
    change.is_active = false;
    REQUIRE(office.accounts.change(id, change, any));
    office.feed.turn();
    THEN("it is over") { CHECK(ear.heard() == "end"); }
  }
  WHEN("they are given another village") {
    api::AccountChange change;
    change.posts = std::vector<persistence::PostRow>{{"village_worker", "shili_2"}};
    REQUIRE(office.accounts.change(id, change, any));
    (void)office.found_case();
    office.feed.turn();
    THEN("they hear of the first no more") {
      CHECK_FALSE(contains(ear.heard(), "event: case"));
    }
  }
  WHEN("the session has run its time") {
    office.clock.pass(31 * 24h);
    office.feed.turn();
    THEN("it is over") { CHECK(ear.heard() == "end"); }
  }
}

SCENARIO("whoever has missed too much is told so, and then goes on") {
  Casework office;
  const auto reader = office.as("station_clerk", "station");
  const std::string first = office.found_case();
  const auto begin = office.database->news().latest_entry().value();
  WHEN("it is little") {
    for (int number = 0; number < 3; ++number) (void)office.found_case();
    Ear ear(office, reader, begin);
    office.feed.turn();
    THEN("all of it is told, once") {
      const std::string heard = ear.heard();
      CHECK(count_of(heard, "event: case") == 3);
      CHECK_FALSE(contains(heard, first));
      office.feed.turn();
      CHECK(ear.heard().empty());
    }
  }
  WHEN("somebody else listens already") {
    Ear other(office, reader);
    office.feed.turn();
    for (int number = 0; number < 3; ++number) (void)office.found_case();
    office.feed.turn();
    Ear ear(office, reader, begin - 1);
    office.feed.turn();
    THEN("what lies before is told from the store") {
      const std::string heard = ear.heard();
      CHECK(count_of(heard, "event: case") == 4);
      CHECK(contains(heard, first));
      CHECK(count_of(other.heard(), "event: case") == 3);
    }
  }
}
