// Every resource of the API, and the one list of their routes.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "api/accounts.hpp"
#include "api/audit_log.hpp"
#include "api/authentication.hpp"
#include "api/case_service.hpp"
#include "api/http/router.hpp"
#include "api/http/server.hpp"
#include "api/live_feed.hpp"
#include "api/workers/workers.hpp"

namespace yimen::api {

// What resources need, made by main; all of it outlives them.
struct Environment {
  persistence::Database& database;
  const Rulebook& rulebook;
  const Keyring& keyring;
  CaseService& service;
  Accounts& accounts;
  Authentication& authentication;
  AuditLog& audit_log;
  const Clock& clock;
  const Clock& real_clock;
  IdSource& ids;
  LiveFeed& feed;
  SampleClock* sample_clock = nullptr;
  Workers* workers = nullptr;  // whose figures are told, and who act when a sample's clock moves
};

class Resources {
 public:
  explicit Resources(const Environment& environment);
  ~Resources();

  // Once, before the first request.
  [[nodiscard]] std::vector<http::Route> routes();
  // For /metrics: whose connections are counted, and every answer as it was given.
  void watch(const http::Server* server);
  void answered(const http::Request& request, const http::Response& response,
                std::chrono::microseconds taken);
  void stop_being_ready();

 private:
  struct All;
  std::unique_ptr<All> all_;
};

}  // namespace yimen::api
