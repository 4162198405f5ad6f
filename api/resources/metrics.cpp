#include "api/resources/metrics.hpp"

#include <map>

#include "api/process_facts.hpp"
#include "api/version.hpp"
#include "api/workers/workers.hpp"

namespace yimen::api::resources {

namespace {

using http::Request;
using http::Response;
using persistence::StoreCounts;

constexpr std::chrono::seconds cells_kept_for{15};

bool is_of_this_machine(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

void write_batches(Exposition& out, const StoreCounts& counts) {
  out.family("yimen_store_batch_size", "histogram", "Requests that shared a transaction.");
  std::uint64_t so_far = 0;
  for (std::size_t at = 0; at < counts.batches.size(); ++at) {
    so_far += counts.batches[at];
    out.sample(so_far, {{"le", std::to_string(persistence::batch_bounds[at])}}, "_bucket");
  }
  out.sample(so_far, {{"le", "+Inf"}}, "_bucket");
  out.sample(counts.batched, {}, "_sum");
  out.sample(so_far, {}, "_count");
}

}  // namespace

std::vector<http::Route> Metrics::routes() {
  return {{.method = "GET", .pattern = "/metrics", .access = http::Access::public_access,
           .name = "metrics", .summary = "Figures for Prometheus, on this machine only",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response Metrics::get(const Request& request) {
  if (!is_of_this_machine(request.remote_address)) {
    return http::failed(http::ProblemCode::not_found);
  }
  Exposition out;
  out.family("yimen_build_info", "gauge", "Which program this is.");
  out.sample(1, {{"version", version}});
  traffic_.write(out);
  write_server(out);
  write_store(out);
  write_workers(out);
  write_cases(out);
  write_process_facts(out);
  Response response;
  response.content_type = Exposition::content_type;
  response.body = out.take();
  return response;
}

void Metrics::write_server(Exposition& out) const {
  const http::Server* server = server_;
  if (server == nullptr) return;
  const http::ServerCounts counts = server->counts();
  out.counter("yimen_http_connections_total", "Connections served.", counts.connections);
  out.counter("yimen_http_connections_refused_total", "Answered 503 for want of a place.",
              counts.refused);
  out.gauge("yimen_http_connections", "Connections open now.", counts.current);
  out.gauge("yimen_http_connections_queued", "Connections waiting for a thread now.",
            counts.queued);
  out.counter("yimen_http_malformed_total", "Requests refused at the gate.", counts.malformed);
  out.counter("yimen_http_too_slow_total", "Requests that took too long to arrive.",
              counts.too_slow);
  out.counter("yimen_http_defects_total", "Answers 500.", counts.defects);
}

void Metrics::write_store(Exposition& out) const {
  const StoreCounts counts = database_.counts();
  out.counter("yimen_store_transactions_total", "Transactions committed.", counts.transactions);
  out.counter("yimen_store_transactions_failed_total", "Transactions that were rolled back.",
              counts.transactions_failed);
  write_batches(out, counts);
  out.family("yimen_store_writes_total", "counter", "Requests to write, by outcome.");
  out.sample(counts.written, {{"outcome", "written"}});
  out.sample(counts.conflicts, {{"outcome", "conflict"}});
  out.sample(counts.repeated, {{"outcome", "repeated"}});
  out.sample(counts.unavailable, {{"outcome", "unavailable"}});
  out.sample(counts.outcome_unknown, {{"outcome", "outcome_unknown"}});
  out.sample(counts.refused, {{"outcome", "refused"}});
  out.gauge("yimen_store_queue", "Requests waiting for the writer now.", counts.queued);
  out.counter("yimen_store_reads_total", "Reads.", counts.reads);
  out.gauge("yimen_store_readers_waiting", "Reads waiting for a connection now.",
            counts.readers_waiting);
  out.gauge("yimen_store_database_bytes", "Size of the database.", counts.database_bytes);
  out.gauge("yimen_store_log_bytes", "Size of the write-ahead log.", counts.log_bytes);
  out.gauge("yimen_store_writing_stopped", "1 while the disk does not let it write.",
            counts.writing_stopped ? 1 : 0);
}

void Metrics::write_workers(Exposition& out) const {
  if (workers_ == nullptr) return;
  const WorkerCounts& counts = workers_->counts();
  out.family("yimen_deadline_rungs_total", "counter",
             "Rungs of ladders that fell due, by outcome.");
  out.sample(counts.rungs_told, {{"outcome", "told"}});
  out.sample(counts.rungs_taken, {{"outcome", "taken"}});
  out.sample(counts.rungs_refused, {{"outcome", "refused"}});
  out.sample(counts.rungs_overtaken, {{"outcome", "overtaken"}});
  out.family("yimen_deadline_lag_seconds", "gauge",
             "How far the latest rung taken was behind its due time.");
  out.seconds(counts.lag_milliseconds * 1'000);
  out.counter("yimen_deadline_cases_projected_total",
              "Cases of which another calendar moved a date.", counts.cases_projected);
  out.counter("yimen_deadline_clocks_repaired_total", "Clocks whose ladders were armed again.",
              counts.clocks_repaired);
  out.counter("yimen_effects_performed_total", "Effects of entries performed.",
              counts.effects_performed);
  out.counter("yimen_worker_failures_total", "Rungs and effects to be tried again.",
              counts.failed);
  out.counter("yimen_worker_leases_lost_total", "Rungs and effects that another worker had taken.",
              counts.leases_lost);
  out.counter("yimen_worker_turns_total", "Looks of the worker at what there is to do.",
              counts.turns);
  out.gauge("yimen_worker_shards", "Shards held now.", counts.shards);
}

void Metrics::write_cases(Exposition& out) {
  struct Sum {
    std::uint64_t open = 0;
    std::uint64_t late = 0;
  };
  std::map<std::pair<std::string, std::string>, Sum> sums;
  for (const persistence::BoardCell& cell : cells()) {
    Sum& sum = sums[{cell.procedure, cell.state}];
    sum.open += static_cast<std::uint64_t>(cell.red + cell.amber + cell.blue + cell.green);
    sum.late += static_cast<std::uint64_t>(cell.red);
  }
  out.family("yimen_cases_open", "gauge", "Open cases, by where they stand.");
  for (const auto& [place, sum] : sums) {
    out.sample(sum.open, {{"procedure", place.first}, {"state", place.second}});
  }
  out.family("yimen_cases_late", "gauge", "Open cases whose date has passed.");
  for (const auto& [place, sum] : sums) {
    out.sample(sum.late, {{"procedure", place.first}, {"state", place.second}});
  }
}

std::vector<persistence::BoardCell> Metrics::cells() {
  const std::lock_guard lock(mutex_);
  const workflow::Instant real_now = real_clock_.now();
  if (real_now - counted_at_ < cells_kept_for) return cells_;
  persistence::BoardQuery query;
  query.now = clock_.now();
  query.amber_before = query.now;
  query.ages.fill(query.now);
  if (auto counted = database_.cases().board(query)) {
    cells_ = std::move(*counted);
    counted_at_ = real_now;
  }
  return cells_;
}

}  // namespace yimen::api::resources
