// What happens, as it happens: heard by those who may see it, from where they had left off, as long
// as they are logged in and there is room.
#include <chrono>

#include "tests/support/problems.hpp"
#include "tests/support/township_case.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;
using workflow::Value;

namespace {

struct Event {
  std::string id;
  std::string name;
  Value data;
};

class Listener {
 public:
  Listener(TownshipServer& server, const Staff& staff, const std::string& last_id = {})
      : connection_(server.port()) {
    std::string head = "GET /v1/events HTTP/1.1\r\nhost: 127.0.0.1:" +
                       std::to_string(server.port()) + "\r\nauthorization: Bearer " +
                       staff.token + "\r\naccept-language: en\r\n";
    if (!last_id.empty()) head += "last-event-id: " + last_id + "\r\n";
    REQUIRE(connection_.send(head + "\r\n"));
    const auto answer = connection_.read_answer();
    REQUIRE(answer);
    head_ = *answer;
  }

  [[nodiscard]] const Answer& head() const { return head_; }
  [[nodiscard]] const std::string& last_id() const { return last_id_; }

  // The next one that has a name; nothing at the end of the stream.
  std::optional<Event> next() {
    while (const auto block = connection_.read_through("\n\n")) {
      const std::string id = line_of(*block, "id: ");
      if (!id.empty()) last_id_ = id;
      const std::string name = line_of(*block, "event: ");
      if (name.empty()) continue;
      return Event{id, name, workflow::parse(line_of(*block, "data: ")).value()};
    }
    return std::nullopt;
  }
  // The greeting has come: from now on nothing is missed.
  void settle() {
    const auto block = connection_.read_through("\n\n");
    REQUIRE(block);
    last_id_ = line_of(*block, "id: ");
  }

 private:
  static std::string line_of(const std::string& block, const std::string& name) {
    const auto at = block.find(name);
    if (at == std::string::npos) return {};
    const auto begin = at + name.size();
    return block.substr(begin, block.find('\n', begin) - begin);
  }

  RawHttp connection_;
  Answer head_;
  std::string last_id_;
};

void annotate(TownshipCase& subject) { (void)subject.put("station_clerk@station", "note"); }

}  // namespace

SCENARIO("an entry is heard by those who may see the case, and by nobody else") {
  TownshipServer server;
  TownshipCase subject(server, "shili_1");
  TownshipCase other(server, "shili_2");
  Listener station(server, server.staff("station_clerk@station"));
  Listener village(server, server.staff("village_worker@shili_1"));
  Listener stranger(server, server.staff("village_worker@shili_2"));
  Listener administrator(server, server.staff("administrator@station"));
  CHECK(station.head().status == 200);
  CHECK(station.head().header("content-type") == "text/event-stream");
  CHECK(station.head().header("connection") == "close");
  CHECK(station.head().header("content-length").empty());
  CHECK(station.head().header("cache-control") == "no-store");

  annotate(subject);
  for (Listener* listener : {&station, &village}) {
    const auto event = listener->next();
    REQUIRE(event);
    CHECK(event->name == "case");
    CHECK(event->data == Value(Object{{"id", subject.id()},
                                      {"sequence", 2},
                                      {"revision", subject.revision()}}));
  }
  annotate(other);
  // The first that each hears is the one they may: nothing of the other case came before.
  CHECK(station.next()->data["id"].text() == other.id());
  CHECK(stranger.next()->data["id"].text() == other.id());
  annotate(subject);
  CHECK(village.next()->data["id"].text() == subject.id());
  CHECK(server.counts().defects == 0);
}

SCENARIO("whoever comes back with the last id hears what they have missed") {
  TownshipServer server;
  TownshipCase subject(server, "shili_1");
  TownshipCase other(server, "shili_2");
  const Staff& staff = server.staff("village_worker@shili_1");
  std::string last_id;
  {
    Listener before(server, staff);
    annotate(subject);
    REQUIRE(before.next()->data["sequence"].integer() == 2);
    last_id = before.last_id();
  }
  annotate(subject);
  annotate(other);
  annotate(subject);
  Listener after(server, staff, last_id);
  for (const int sequence : {3, 4}) {
    const auto event = after.next();
    REQUIRE(event);
    CHECK(event->data["id"].text() == subject.id());
    CHECK(event->data["sequence"].integer() == sequence);
    CHECK(std::stoll(event->id) > std::stoll(last_id));
  }
  AND_WHEN("the id is one that there has not been") {
    Listener lost(server, staff, "999999999");
    THEN("they are told that they must look for themselves") {
      CHECK(lost.next()->name == "reset");
      annotate(subject);
      CHECK(lost.next()->data["sequence"].integer() == 5);
    }
  }
}

SCENARIO("a stream ends with its session, and one that never read is no burden") {
  TownshipServer server;
  TownshipCase subject(server, "shili_1");
  const Staff leaving = server.add_staff("leaving", {{"station_clerk", "station"}});
  const Staff& staying = server.staff("station_director@station");
  Listener gone(server, leaving);
  Listener here(server, staying);
  gone.settle();
  here.settle();
  REQUIRE(server.client_of(leaving).remove("/v1/sessions/current").status == 204);
  CHECK_FALSE(gone.next());
  annotate(subject);
  CHECK(here.next()->data["id"].text() == subject.id());
}

SCENARIO("who was told something hears that there is news for them") {
  TownshipServer server;
  TownshipCase subject(server, "shili_1");
  server.sweep();
  Listener village(server, server.staff("village_worker@shili_1"));
  Listener stranger(server, server.staff("village_worker@shili_2"));
  village.settle();
  stranger.settle();
  // One turn of the feed has passed once this has come, so what follows is new.
  annotate(subject);
  REQUIRE(village.next()->name == "case");
  server.move_clock("2026-03-30T01:00:00.000Z");
  server.sweep();
  std::string heard;
  while (heard != "notifications") {
    const auto event = village.next();
    REQUIRE(event);
    heard = event->name;
    if (heard == "notifications") CHECK(event->data == Value(Object{}));
  }
  TownshipCase other(server, "shili_2");
  CHECK(stranger.next()->name == "case");
}

SCENARIO("there are so many streams an account, and no more") {
  TownshipServer server;
  const Staff& staff = server.staff("station_clerk@station");
  constexpr int seats = 8;
  std::vector<Listener> listeners;
  for (int number = 0; number < seats; ++number) {
    listeners.emplace_back(server, staff);
    CHECK(listeners.back().head().status == 200);
  }
  const auto ask = [&] { return server.client_of(staff).get("/v1/events"); };
  const Answer refused = ask();
  CHECK(outcome_of(refused) == "503 overloaded");
  CHECK(refused.header("retry-after") == "15");
  CHECK(server.client("station_director@station").get("/v1/events").status == 200);
  WHEN("one of them leaves") {
    listeners.pop_back();
    THEN("there is room again, once it has been noticed") {
      const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
      int status = 503;
      while (status == 503 && std::chrono::steady_clock::now() < end) status = ask().status;
      CHECK(status == 200);
    }
  }
}
