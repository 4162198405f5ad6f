#include "api/http/desk.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "api/http/compression.hpp"

namespace yimen::api::http {

namespace {

// An unread body up to this size is read and dropped, so that the connection can be kept.
constexpr std::uint64_t drained_bytes_max = 64 * 1024;

// SplitMix64: every bit of the number reaches every bit of the answer.
std::uint64_t mixed(std::uint64_t number) {
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
  number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
  return number ^ (number >> 31);
}

void append_hex(std::string& out, std::uint64_t number) {
  for (int shift = 60; shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[(number >> shift) & 0xf];
  }
}

std::uint64_t random_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

bool looks_like_an_address(std::string_view text) {
  return !text.empty() && text.size() <= 45 &&
         text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
}

void drain(Gate& gate, std::istream& body, int status) {
  const std::uint64_t left = gate.body_left();
  const bool would_come = !gate.head().expects_continue && !gate.too_slow();
  if (left > 0 && left <= drained_bytes_max && would_come && status != 413) {
    body.ignore(static_cast<std::streamsize>(left));
  }
}

}  // namespace

Desk::Desk(const Router& router, DeskSettings settings)
    : router_(router), settings_(std::move(settings)), trace_seed_(random_seed()) {}

Response Desk::serve(Gate& gate, std::istream& body, std::string_view peer, Request& request) {
  ++counts_.requests;
  if (const auto refused = greet(gate, peer, request)) {
    Response response = problem(request, *refused);
    drain(gate, body, response.status);
    return response;
  }
  const auto route = router_.admit(request);
  if (!route) {
    drain(gate, body, route.error().status);
    return route.error();
  }
  if (const auto refused = read_body(gate, body, request)) return problem(request, *refused);
  return compressed(request, router_.run(**route, request));
}

std::optional<ProblemCode> Desk::greet(Gate& gate, std::string_view peer, Request& request) {
  Head& head = gate.head();
  std::optional<ProblemCode> refused = gate.refusal();
  if (refused) {
    ++(*refused == ProblemCode::request_timeout ? counts_.too_slow : counts_.malformed);
  } else if (auto read = request_for(head.method, head.target)) {
    request = std::move(*read);
  } else {
    refused = read.error().code;
    request.method = head.method;
  }
  request.headers = std::move(head.headers);
  request.content_length = head.content_length;
  request.remote_address = address_of(peer, request.headers);
  request.language = preferred_language(request.headers.get("accept-language"));
  request.trace_id = trace_id_of(request.headers.get("traceparent"));
  if (request.trace_id.empty()) request.trace_id = next_trace_id();
  if (!refused &&
      std::find(settings_.hosts.begin(), settings_.hosts.end(), head.host) ==
          settings_.hosts.end()) {
    refused = ProblemCode::host_not_served;
  }
  return refused;
}

std::optional<ProblemCode> Desk::read_body(Gate& gate, std::istream& body, Request& request) {
  if (request.content_length == 0) return std::nullopt;
  if (gate.head().expects_continue) gate.send("HTTP/1.1 100 Continue\r\n\r\n");
  request.body.resize(request.content_length);
  body.read(request.body.data(), static_cast<std::streamsize>(request.content_length));
  if (static_cast<std::uint64_t>(body.gcount()) == request.content_length) return std::nullopt;
  request.body.clear();
  if (!gate.too_slow()) return ProblemCode::body_incomplete;
  ++counts_.too_slow;
  return ProblemCode::request_timeout;
}

Response Desk::problem(const Request& request, ProblemCode code) const {
  return router_.answer(request, failed(code));
}

Response Desk::defect(const Request& request) {
  ++counts_.defects;
  return problem(request, ProblemCode::internal_error);
}

Response Desk::overloaded() {
  Request nobody;
  nobody.trace_id = next_trace_id();
  return router_.answer(nobody, failed({.code = ProblemCode::overloaded,
                                        .retry_after = std::chrono::seconds(1)}));
}

std::string Desk::address_of(std::string_view peer, const Fields& headers) const {
  const auto& proxies = settings_.proxies;
  if (std::find(proxies.begin(), proxies.end(), peer) == proxies.end()) return std::string(peer);
  // The last one is what our own proxy saw; those before it are hearsay.
  std::string_view forwarded = headers.get("x-forwarded-for");
  if (const auto comma = forwarded.rfind(','); comma != std::string_view::npos) {
    forwarded.remove_prefix(comma + 1);
  }
  forwarded.remove_prefix(std::min(forwarded.find_first_not_of(" \t"), forwarded.size()));
  return std::string(looks_like_an_address(forwarded) ? forwarded : peer);
}

std::string Desk::next_trace_id() {
  const std::uint64_t number = trace_seed_ + 2 * ++traces_;
  std::string id;
  append_hex(id, mixed(number * 0x9e3779b97f4a7c15u));
  append_hex(id, mixed((number + 1) * 0x9e3779b97f4a7c15u));
  return id;
}

}  // namespace yimen::api::http
