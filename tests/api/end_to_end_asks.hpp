// The table of the routes' test: per route the requests with the outcome that each must have.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/township_case.hpp"

namespace yimen::tests {

struct Ask {
  std::string expected;  // "409 no_such_step"
  std::function<Answer()> send;
};

// A township with one case of each of two villages, for the length of a test.
struct World {
  TownshipServer server;
  TownshipCase subject{server, "shili_1"};
  TownshipCase other{server, "shili_2"};
};

using Asks = std::map<std::string, std::vector<Ask>>;

// Adds rows for one route, each asked by whoever `as` named last.
class Asker {
 public:
  Asker(World& world, std::vector<Ask>& rows, std::string method)
      : world_(world), rows_(rows), method_(std::move(method)) {}

  Asker& as(std::string who) {
    who_ = std::move(who);
    return *this;
  }
  Asker& get(const std::string& expected, const std::string& target,
             const api::http::Fields& headers = {}) {
    rows_.push_back({expected, [&world = world_, who = who_, method = method_, target, headers] {
                       return world.server.client(who).send(method, target, {}, headers);
                     }});
    return *this;
  }
  // With a key of its own unless one is given.
  Asker& with(const std::string& expected, const std::string& target, const workflow::Value& body,
              const api::http::Fields& given = {}) {
    api::http::Fields headers = given;
    if (!headers.has("idempotency-key")) headers.add("idempotency-key", fresh_key());
    rows_.push_back(
        {expected, [&world = world_, who = who_, method = method_, target, body, headers] {
           return world.server.client(who).send(method, target, canonical(body), headers);
         }});
    return *this;
  }

 private:
  World& world_;
  std::vector<Ask>& rows_;
  std::string method_;
  std::string who_ = "station_clerk@station";
};

inline Asker asker(World& world, Asks& table, const std::string& route, const std::string& method) {
  return {world, table[route], method};
}

// Route name -> its rows.
[[nodiscard]] Asks asks(World& world);
void add_case_asks(World& world, Asks& table);
void add_move_asks(World& world, Asks& table);
void add_sign_asks(World& world, Asks& table);
void add_registry_asks(World& world, Asks& table);
void add_user_asks(World& world, Asks& table);
void add_station_asks(World& world, Asks& table);

// Whose requests get as far as the body.
[[nodiscard]] std::string who_may(const std::string& route);

}  // namespace yimen::tests
