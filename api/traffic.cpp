#include "api/traffic.hpp"

#include <algorithm>

namespace yimen::api {

namespace {

constexpr std::string_view no_route = "none";
constexpr std::array<std::string_view, 5> classes{"1xx", "2xx", "3xx", "4xx", "5xx"};
constexpr std::array<std::string_view, 4> steps{"open_case", "move_case", "annotate_case",
                                                "sign_case"};
constexpr auto relaxed = std::memory_order_relaxed;

}  // namespace

void Traffic::expect(const std::vector<http::Route>& routes) {
  routes_.clear();
  routes_.emplace(no_route, std::make_unique<Counts>());
  for (const http::Route& route : routes) {
    routes_.emplace(route.name, std::make_unique<Counts>());
  }
}

void Traffic::count(const http::Request& request, const http::Response& response,
                    std::chrono::microseconds taken) {
  auto route = routes_.find(request.route.empty() ? no_route : request.route);
  if (route == routes_.end()) return;
  Counts& counts = *route->second;
  const auto kind = static_cast<std::size_t>(std::clamp(response.status / 100, 1, 5) - 1);
  const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(taken.count(), 0));
  const auto bound = std::lower_bound(bounds.begin(), bounds.end(), time);
  counts.by_class[kind].fetch_add(1, relaxed);
  counts.by_time[static_cast<std::size_t>(bound - bounds.begin())].fetch_add(1, relaxed);
  counts.microseconds.fetch_add(time, relaxed);
  if (std::ranges::find(steps, request.route) != steps.end()) count_decision(response);
}

void Traffic::count_decision(const http::Response& response) {
  if (response.problem) {
    refused_[static_cast<std::size_t>(response.problem->code)].fetch_add(1, relaxed);
  } else {
    (response.status == 202 ? waiting_ : taken_).fetch_add(1, relaxed);
  }
}

void Traffic::write(Exposition& out) const {
  out.family("yimen_http_requests_total", "counter", "Requests answered, by route and status.");
  for (const auto& [route, counts] : routes_) {
    for (std::size_t kind = 0; kind < classes.size(); ++kind) {
      const std::uint64_t count = counts->by_class[kind].load(relaxed);
      if (count > 0) out.sample(count, {{"route", route}, {"status", classes[kind]}});
    }
  }
  out.family("yimen_http_request_duration_seconds", "histogram",
             "From the first byte of a request to the last of its answer.");
  for (const auto& [route, counts] : routes_) write_times(out, route, *counts);
  write_decisions(out);
}

void Traffic::write_decisions(Exposition& out) const {
  out.family("yimen_decisions_total", "counter",
             "Steps that were asked for: taken, waiting for signatures, or refused with a code.");
  out.sample(taken_.load(relaxed), {{"outcome", "taken"}});
  out.sample(waiting_.load(relaxed), {{"outcome", "waiting"}});
  for (const http::ProblemCode code : http::all_problem_codes()) {
    const std::uint64_t count = refused_[static_cast<std::size_t>(code)].load(relaxed);
    if (count > 0) out.sample(count, {{"outcome", http::name(code)}});
  }
}

// Nothing for a route that has not been asked for.
void Traffic::write_times(Exposition& out, std::string_view route, const Counts& counts) const {
  std::array<std::uint64_t, bounds.size() + 1> by_time;
  std::uint64_t total = 0;
  for (std::size_t at = 0; at < by_time.size(); ++at) {
    by_time[at] = counts.by_time[at].load(relaxed);
    total += by_time[at];
  }
  if (total == 0) return;
  std::uint64_t so_far = 0;
  for (std::size_t at = 0; at < bounds.size(); ++at) {
    so_far += by_time[at];
    std::string bound = std::to_string(1'000'000 + bounds[at] % 1'000'000).substr(1);
    bound = std::to_string(bounds[at] / 1'000'000) + "." + bound;
    bound.erase(bound.find_last_not_of('0') + 1);
    if (bound.back() == '.') bound.pop_back();
    out.sample(so_far, {{"route", route}, {"le", bound}}, "_bucket");
  }
  out.sample(total, {{"route", route}, {"le", "+Inf"}}, "_bucket");
  out.seconds(counts.microseconds.load(relaxed), {{"route", route}}, "_sum");
  out.sample(total, {{"route", route}}, "_count");
}

}  // namespace yimen::api
