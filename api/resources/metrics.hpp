// GET /metrics: what the program has done and how it fares, for Prometheus. For callers on this
// machine only: behind a proxy everybody else is told that there is no such thing.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "api/clock.hpp"
#include "api/http/server.hpp"
#include "api/traffic.hpp"
#include "persistence/store.hpp"

namespace yimen::api {
class Workers;
}

namespace yimen::api::resources {

class Metrics {
 public:
  // `workers` may be null.
  Metrics(persistence::Database& database, const Clock& clock, const Clock& real_clock,
          const Workers* workers)
      : database_(database), clock_(clock), real_clock_(real_clock), workers_(workers) {}

  [[nodiscard]] std::vector<http::Route> routes();
  [[nodiscard]] Traffic& traffic() { return traffic_; }
  // Whose connections are told of; null for nobody's.
  void watch(const http::Server* server) { server_ = server; }

 private:
  [[nodiscard]] http::Response get(const http::Request& request);
  void write_server(Exposition& out) const;
  void write_store(Exposition& out) const;
  void write_workers(Exposition& out) const;
  void write_cases(Exposition& out);
  [[nodiscard]] std::vector<persistence::BoardCell> cells();

  persistence::Database& database_;
  const Clock& clock_;       // of the cases
  const Clock& real_clock_;
  const Workers* workers_;
  Traffic traffic_;
  std::atomic<const http::Server*> server_{nullptr};

  std::mutex mutex_;
  std::vector<persistence::BoardCell> cells_;  // counting all open cases again each time is dear
  workflow::Instant counted_at_{};
};

}  // namespace yimen::api::resources
