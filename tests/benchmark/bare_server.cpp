// A bare Poco server with a constant answer: what HTTP itself costs on this machine.
//   bare_server PORT
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

namespace {

class Constant final : public Poco::Net::HTTPRequestHandler {
  void handleRequest(Poco::Net::HTTPServerRequest& request,
                     Poco::Net::HTTPServerResponse& response) override {
    request.stream().ignore(1 << 20);
    constexpr char body[] = R"({"status":"constant"})";
    response.setContentType("application/json");
    response.sendBuffer(body, sizeof body - 1);
  }
};

class Constants final : public Poco::Net::HTTPRequestHandlerFactory {
  Poco::Net::HTTPRequestHandler* createRequestHandler(
      const Poco::Net::HTTPServerRequest&) override {
    return new Constant;  // NOLINT: Poco owns it
  }
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Poco::ThreadPool pool(2, 200);
  Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
  params->setMaxThreads(128);
  params->setMaxKeepAliveRequests(0);
  const auto port = static_cast<Poco::UInt16>(std::atoi(words[1]));
  Poco::Net::HTTPServer server(new Constants, pool,
                               Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", port)),
                               params);
  server.start();
  std::cout << "listening" << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  server.stopAll(true);
  return 0;
}
