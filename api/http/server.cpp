#include "api/http/server.hpp"

#include <Poco/ErrorHandler.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/ServerSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <Poco/ThreadPool.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "api/http/server_state.hpp"

namespace yimen::api::http {

namespace {

namespace net = Poco::Net;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

using Shared = std::shared_ptr<ServerState>;

// A connection as Poco sees it: its reads and waits pass the gate.
class GateSocket final : public net::StreamSocketImpl {
 public:
  GateSocket(int socket, net::SocketAddress peer, Shared state)
      : StreamSocketImpl(socket),
        peer_(std::move(peer)),
        own_(StreamSocketImpl::address()),
        peer_text_(peer_.host().toString()),
        state_(std::move(state)),
        gate_(socket, state_->settings.times, state_->lobby) {}

  Gate& gate() { return gate_; }
  // An IPv4 client of a socket for both families is named as such.
  [[nodiscard]] std::string_view peer() const {
    return std::string_view(peer_text_).substr(peer_text_.starts_with("::ffff:") ? 7 : 0);
  }

  bool poll(const Poco::Timespan& time, int) override {
    return gate_.wait(milliseconds(time.totalMilliseconds()));
  }
  int receiveBytes(void* buffer, int length, int) override {
    return gate_.receive(static_cast<char*>(buffer), length);
  }
  // Our answers do not come this way. What Poco would say by itself is kept from the client: 100
  // is ours to say, and for an empty 400 the gate leaves no cause; should there be one, it counts.
  int sendBytes(const void* bytes, int length, int) override {
    const std::string_view text(static_cast<const char*>(bytes), static_cast<std::size_t>(length));
    if (!text.starts_with("HTTP/1.1 100")) ++state_->poco_answers;
    return length;
  }
  // Poco asks for both with every request.
  net::SocketAddress peerAddress() override { return peer_; }
  net::SocketAddress address() override { return own_; }

 private:
  const net::SocketAddress peer_;
  const net::SocketAddress own_;
  const std::string peer_text_;
  const Shared state_;
  Gate gate_;
};

class GateListener final : public net::ServerSocketImpl {
 public:
  void serve(Shared state) { state_ = std::move(state); }
  // Wakes the accepting thread, which would otherwise look up only every quarter of a second.
  void end() {
    ended_ = true;
    ::shutdown(sockfd(), SHUT_RD);
  }

  bool poll(const Poco::Timespan& time, int) override {
    pollfd waiting{sockfd(), POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(time.totalMilliseconds())) > 0 && !ended_;
  }
  net::SocketImpl* acceptConnection(net::SocketAddress& peer) override {
    sockaddr_storage from{};
    socklen_t length = sizeof from;
    const int socket = ::accept4(sockfd(), reinterpret_cast<sockaddr*>(&from), &length,
                                 SOCK_CLOEXEC);
    if (socket < 0) {
      // Out of descriptors, perhaps: the client stays in the backlog, and we do not spin.
      if (errno != ECONNABORTED) ::poll(nullptr, 0, 50);
      throw net::NetException("accept");
    }
    peer = net::SocketAddress(reinterpret_cast<sockaddr*>(&from), length);
    auto* accepted = new GateSocket(socket, peer, state_);
    if (state_->lobby.is_crowded()) state_->lobby.end_longest_idle();
    return accepted;
  }

 private:
  Shared state_;
  std::atomic<bool> ended_{false};
};

class ListeningSocket final : public net::ServerSocket {
 public:
  explicit ListeningSocket(GateListener* listener) : ServerSocket(listener, true) {}
};

class Exchange final : public net::HTTPRequestHandler {
 public:
  explicit Exchange(ServerState& state) : state_(state) {}

  void handleRequest(net::HTTPServerRequest& poco_request,
                     net::HTTPServerResponse& poco_response) override {
    const auto started = std::chrono::steady_clock::now();
    auto& poco_socket = static_cast<net::HTTPServerRequestImpl&>(poco_request).socket();
    auto& socket = *static_cast<GateSocket*>(poco_socket.impl());
    Gate& gate = socket.gate();
    Request request;
    Response response;
    try {
      response = state_.desk.serve(gate, poco_request.stream(), socket.peer(), request);
      check_headers(response);
    } catch (const std::exception& fault) {
      response = defect(request, fault.what());
    } catch (...) {
      response = defect(request, "thrown: not an exception");
    }
    // Poco counts the requests of a connection.
    const bool is_handed_over = response.take_over && !response.omit_body;
    bool keep = poco_response.getKeepAlive() && state_.may_be_kept(gate) && !is_handed_over;
    const bool is_sent = gate.send(state_.bytes_of(response, gate.head(), keep));
    keep = keep && is_sent;
    poco_response.setKeepAlive(keep);
    if (is_handed_over && is_sent) {
      if (auto stream = gate.hand_over()) response.take_over(std::move(stream));
    } else if (!keep) {
      gate.part();
    }
    state_.tell_answered(request, response, started);
  }

 private:
  Response defect(const Request& request, std::string_view what) {
    if (state_.settings.defect) state_.settings.defect(request.trace_id, what);
    return state_.desk.defect(request);
  }

  ServerState& state_;
};

class ExchangeFactory final : public net::HTTPRequestHandlerFactory {
 public:
  explicit ExchangeFactory(Shared state) : state_(std::move(state)) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Exchange(*state_);
  }

 private:
  const Shared state_;
};

// Poco closes a connection beyond its queue without a word; this says 503 first.
class Doorkeeper final : public net::TCPServerConnectionFilter {
 public:
  Doorkeeper(Shared state, const net::TCPServer& server)
      : state_(std::move(state)), server_(server) {}

  bool accept(const net::StreamSocket& socket) override {
    if (server_.queuedConnections() < state_->settings.queued_max) return true;
    ++state_->refused;
    const std::string bytes = state_->bytes_of(state_->desk.overloaded(), Head{}, false);
    static_cast<GateSocket*>(socket.impl())->gate().turn_away(bytes);
    return false;
  }

 private:
  const Shared state_;
  const net::TCPServer& server_;
};

// Poco has one such handler per process.
class ErrorCount final : public Poco::ErrorHandler {
 public:
  void exception(const Poco::Exception&) override { ++count; }
  void exception(const std::exception&) override { ++count; }
  void exception() override { ++count; }
  std::atomic<std::uint64_t> count{0};
};

ErrorCount& error_count() {
  static ErrorCount counter;
  return counter;
}

}  // namespace

class Server::Running {
 public:
  Running(Shared state, const ListeningSocket& socket, std::uint16_t bound)
      : port(bound),
        state_(std::move(state)),
        socket_(socket),
        // A thread that has just been left is not free yet, hence a few more than needed.
        pool_("http", 2, state_->settings.threads + 8),
        http_(new ExchangeFactory(state_), pool_, socket, parameters(state_->settings)) {
    Poco::ErrorHandler::set(&error_count());
    http_.setConnectionFilter(new Doorkeeper(state_, http_));
    http_.start();
  }
  // A thread of the pool that is ended before it came to run keeps the dispatcher for ever.
  ~Running() {
    stop(0ms);
    if (state_->lobby.wait_until_empty(0ms)) pool_.joinAll();
  }

  bool stop(milliseconds grace) {
    if (std::exchange(stopped_, true)) return true;
    static_cast<GateListener*>(socket_.impl())->end();
    http_.stop();
    socket_.close();
    state_->lobby.close();
    if (state_->lobby.wait_until_empty(grace)) return true;
    state_->lobby.cut_all();
    state_->lobby.wait_until_empty(1s);
    return false;
  }

  [[nodiscard]] ServerCounts counts() const {
    const DeskCounts& desk = state_->desk.counts();
    return {.connections = static_cast<std::uint64_t>(http_.totalConnections()),
            .refused = state_->refused,
            .current = static_cast<std::uint64_t>(http_.currentConnections()),
            .queued = static_cast<std::uint64_t>(http_.queuedConnections()),
            .requests = desk.requests,
            .malformed = desk.malformed,
            .too_slow = desk.too_slow,
            .defects = desk.defects,
            .poco_answers = state_->poco_answers,
            .poco_errors = error_count().count};
  }

  const std::uint16_t port;

 private:
  static net::HTTPServerParams::Ptr parameters(const ServerSettings& settings) {
    net::HTTPServerParams::Ptr params = new net::HTTPServerParams;  // counts in microseconds
    params->setMaxThreads(settings.threads);
    params->setMaxQueued(settings.queued_max);
    params->setThreadIdleTime(1s / 1us);
    params->setTimeout(settings.times.request / 1us);  // for a connection's first byte
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(settings.idle_timeout / 1us);
    params->setMaxKeepAliveRequests(settings.requests_per_connection_max);
    return params;
  }

  const Shared state_;
  ListeningSocket socket_;
  Poco::ThreadPool pool_;
  net::HTTPServer http_;
  bool stopped_ = false;
};

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}

Server::~Server() = default;

Result<std::unique_ptr<Server>, std::string> Server::start(const Router& router,
                                                           ServerSettings settings) {
  if (auto why = unusable(settings)) return refuse(std::move(*why));
  const std::string address = listening_address(settings);
  try {
    auto* listener = new GateListener;
    ListeningSocket socket(listener);
    const net::SocketAddress wanted(address, settings.port);
    // Never SO_REUSEPORT: two servers would share the port, each with a part of the requests.
    if (wanted.family() == net::SocketAddress::IPv6) {
      socket.bind6(wanted, true, false, address != "::");
    } else {
      socket.bind(wanted, true, false);
    }
    socket.listen(1024);
    const std::uint16_t port = socket.address().port();
    DeskSettings desk{.hosts = served_hosts(settings, port), .proxies = {}};
    if (settings.behind_proxy) desk.proxies = settings.proxies;
    auto state = std::make_shared<ServerState>(router, std::move(settings), std::move(desk));
    listener->serve(state);
    return std::unique_ptr<Server>(
        new Server(std::make_unique<Running>(std::move(state), socket, port)));
  } catch (const Poco::Exception& fault) {
    return refuse("cannot listen on " + host_and_port(address, settings.port) + ": " +
                  fault.displayText());
  }
}

std::uint16_t Server::port() const { return running_->port; }

ServerCounts Server::counts() const { return running_->counts(); }

bool Server::stop(milliseconds grace) { return running_->stop(grace); }

}  // namespace yimen::api::http
