// What goes by mail: only where a mailbox is named, once, and without anything personal.
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <thread>

#include "api/workers/mailer.hpp"
#include "api/workers/smtp_mail.hpp"
#include "tests/api/worker_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;

namespace {

// Remembers what it was given; refuses on demand.
class Letters final : public api::Mail {
 public:
  bool reaches(const std::string& address) const override { return address == "@shili_1"; }
  Result<void, std::string> send(const std::string& address, const std::string& subject,
                                 const std::string& text) const override {
    if (is_down) return refuse(std::string("no answer"));
    sent.push_back(address + "|" + subject + "|" + text);
    return {};
  }
  mutable std::vector<std::string> sent;
  bool is_down = false;
};

struct MailingCasework : Casework {
  Letters letters;
  api::Workers workers{*database, service, clock, clock, ids, &letters};
  api::Mailer mailer{database->notifications(), rulebook.texts(), letters, workers};
};

// One conversation of a mail server that takes everything.
class MailServer {
 public:
  MailServer() : socket_(Poco::Net::SocketAddress("127.0.0.1", 0)), thread_([this] { serve(); }) {}
  ~MailServer() { thread_.join(); }

  [[nodiscard]] std::uint16_t port() const { return socket_.address().port(); }
  // Once the conversation is over.
  std::string heard() {
    thread_.join();
    thread_ = std::thread([] {});
    return heard_;
  }

 private:
  void serve() {
    Poco::Net::StreamSocket peer = socket_.acceptConnection();
    say(peer, "220 sample");
    bool in_letter = false;
    for (std::string line = read_line(peer); !line.empty(); line = read_line(peer)) {
      heard_ += line;
      if (in_letter) {
        in_letter = line != ".\r\n";
        if (!in_letter) say(peer, "250 taken");
      } else if (line.starts_with("DATA")) {
        in_letter = true;
        say(peer, "354 go on");
      } else {
        say(peer, line.starts_with("QUIT") ? "221 bye" : "250 ok");
      }
    }
  }
  static void say(Poco::Net::StreamSocket& peer, std::string line) {
    line += "\r\n";
    peer.sendBytes(line.data(), static_cast<int>(line.size()));
  }
  // Empty at the end.
  static std::string read_line(Poco::Net::StreamSocket& peer) {
    std::string line;
    char next = 0;
    while (!line.ends_with('\n') && peer.receiveBytes(&next, 1) == 1) line.push_back(next);
    return line;
  }

  Poco::Net::ServerSocket socket_;
  std::string heard_;
  std::thread thread_;
};

}  // namespace

SCENARIO("reminders go by mail to units that have a mailbox") {
  MailingCasework office;
  const std::string id = office.found_case();
  office.clock.pass(std::chrono::hours(24 * 8));
  office.workers.sweep();

  THEN("each once, naming clock and date and nothing personal") {
    const std::size_t sent = office.mailer.deliver();
    CHECK(sent > 3);
    CHECK(office.letters.sent.size() == sent);
    CHECK(office.mailer.deliver() == 0);
    for (const std::string& letter : office.letters.sent) {
      CAPTURE(letter);
      CHECK(letter.starts_with("@shili_1|"));
      CHECK(letter.find("走访得知") == std::string::npos);
      CHECK(letter.find(office.look(id).fact("subject").text()) == std::string::npos);
    }
  }
  THEN("what the server does not take is sent later") {
    office.letters.is_down = true;
    CHECK(office.mailer.deliver() == 0);
    office.letters.is_down = false;
    CHECK(office.mailer.deliver() > 3);
  }
}

SCENARIO("mail is handed on by SMTP") {
  MailServer server;
  const api::SmtpMail mail({.host = "127.0.0.1",
                            .port = server.port(),
                            .from = "yimen@station.example",
                            .mailboxes = {{"@shili_1", "village@station.example"}}});
  CHECK(mail.reaches("@shili_1"));
  CHECK(mail.reaches("village_commander@shili_1"));
  CHECK_FALSE(mail.reaches("@shili_2"));
  CHECK_FALSE(mail.reaches("01920000-0000-7000-8000-0000000000c1"));
  const auto sent = mail.send("village_commander@shili_1", "提醒", "时限将满。");
  CAPTURE(sent ? "" : sent.error());
  CHECK(sent);
  const std::string heard = server.heard();
  CHECK_THAT(heard, Catch::Matchers::Contains("MAIL FROM: <yimen@station.example>"));
  CHECK_THAT(heard, Catch::Matchers::Contains("RCPT TO: <village@station.example>"));
  CHECK_THAT(heard, Catch::Matchers::Contains("Content-Type: text/plain; charset=UTF-8"));
}

SCENARIO("a mail server that is not there is a sentence, no crash") {
  std::uint16_t free_port = 0;
  {
    const Poco::Net::ServerSocket probe(Poco::Net::SocketAddress("127.0.0.1", 0));
    free_port = probe.address().port();
  }
  const api::SmtpMail mail({.host = "127.0.0.1",
                            .port = free_port,
                            .from = "yimen@station.example",
                            .mailboxes = {{"@shili_1", "village@station.example"}}});
  CHECK_FALSE(mail.send("@shili_1", "提醒", "时限将满。"));
  CHECK_FALSE(mail.send("@shili_2", "提醒", "时限将满。"));
}
