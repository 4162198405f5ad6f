// One exchange, from a head that passed the gate to a finished answer: whose host, which route,
// the body, the handler. Knows no Poco; the server calls it and sends what comes back.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/gate.hpp"
#include "api/http/router.hpp"

namespace yimen::api::http {

struct DeskSettings {
  std::vector<std::string> hosts;    // lower case, each as it may stand in Host
  std::vector<std::string> proxies;  // whose X-Forwarded-For is believed; empty for none
};

// What the exchanges came to, since the start.
struct DeskCounts {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> malformed{0};  // refused at the gate
  std::atomic<std::uint64_t> too_slow{0};
  std::atomic<std::uint64_t> defects{0};
};

// Safe to use from several threads.
class Desk {
 public:
  // `router` must outlive the desk.
  Desk(const Router& router, DeskSettings settings);

  // Fills `request` as far as it gets, so that a defect can be answered in its name. Lets the
  // handler's exceptions pass. Reads the body from `body`, or leaves it: see Gate::body_left.
  Response serve(Gate& gate, std::istream& body, std::string_view peer, Request& request);
  // The answer to an exception: a 500 with the trace id and nothing else.
  Response defect(const Request& request);
  // The answer to a client that finds no place, before it has said anything.
  [[nodiscard]] Response overloaded();

  [[nodiscard]] const DeskCounts& counts() const { return counts_; }

 private:
  [[nodiscard]] Response problem(const Request& request, ProblemCode code) const;
  std::optional<ProblemCode> greet(Gate& gate, std::string_view peer, Request& request);
  std::optional<ProblemCode> read_body(Gate& gate, std::istream& body, Request& request);
  [[nodiscard]] std::string address_of(std::string_view peer, const Fields& headers) const;
  [[nodiscard]] std::string next_trace_id();

  const Router& router_;
  DeskSettings settings_;
  DeskCounts counts_;
  const std::uint64_t trace_seed_;
  std::atomic<std::uint64_t> traces_{0};
};

}  // namespace yimen::api::http
