// Durable commits a second on a MariaDB server, by so many threads that each wait for their answer,
// beside a bare loop of Connector/C++ that writes the same rows with one commit each on 16
// connections. The load is store_load's. The server is started here, durable at every commit
// (innodb_flush_log_at_trx_commit = 1, doublewrite, no binary log) and with room for everything in
// its buffer pool. Processor time is that of both processes: on a machine with other work it says
// more than the rate. Usage: mysql_bench [FOLDER]; without a folder, in the temporary one.
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <mysql_driver.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <thread>

#include "persistence/case_write.hpp"
#include "persistence/mysql/case_queries.hpp"
#include "persistence/mysql/database.hpp"
#include "tests/benchmark/store_load.hpp"
#include "tests/support/mariadb.hpp"

namespace {

using namespace yimen;
using namespace yimen::persistence;

constexpr int runs = 3;
constexpr std::size_t bare_connections = 16;

constexpr std::string_view move_case = R"sql(
  UPDATE cases
  SET sequence = ?, revision = ?, head_hash = ?, state = ?, is_closed = ?, holder_unit = ?,
      state_since = ?, due_at = ?
  WHERE id = ? AND sequence = ? AND head_hash = ?
)sql";
constexpr std::string_view move_units = "UPDATE case_units SET due_at = ? WHERE case_id = ?";
constexpr std::string_view move_document =
    "UPDATE case_documents SET document = ? WHERE case_id = ?";
constexpr std::string_view supersede_clock = R"sql(
  UPDATE clock_segments SET superseded_at = ?
  WHERE case_id = ? AND clock = ? AND started_by = ? AND superseded_at IS NULL
)sql";

// One connection, one statement a row, one commit a case; everything prepared beforehand.
class BareConnection final {
 public:
  explicit BareConnection(const mysql::Server& server) {
    connection_.reset(sql::mysql::get_driver_instance()->connect(
        "tcp://" + server.host + ":" + std::to_string(server.port), server.user,
        server.password));
    connection_->setSchema(server.schema);
    connection_->setTransactionIsolation(sql::TRANSACTION_READ_COMMITTED);
    connection_->setAutoCommit(false);
  }

  void commit(const CaseWrite& write) {
    const workflow::Case& subject = write.subject();
    const workflow::SealedEntry& entry = write.request->entry;
    const CaseSummary& row = write.next.summary;
    const IdempotencyKey& key = *write.request->idempotency;
    const std::int64_t now = workflow::milliseconds_of(subject.recorded_at);
    require(!is_found(mysql::select_idempotency, {key.principal, key.key}), "a key was used");
    const int moved =
        run(move_case, {subject.sequence, row.revision, Blob(entry.hash), row.state,
                        parameter(row.is_closed), row.holder_unit, parameter(row.state_since),
                        order_of(row.due_at), row.id, subject.sequence - 1,
                        Blob(entry.previous_hash)});
    require(moved == 1, "a bare commit failed");
    run(move_units, {order_of(row.due_at), row.id});
    run(move_document, {write.document, row.id});
    run(mysql::insert_journal_entries,
        {row.id, subject.sequence, now, Blob(entry.previous_hash), Blob(entry.hash),
         Blob(entry.bytes)});
    run(mysql::insert_outbox,
        {write.jurisdiction, row.id, subject.sequence, std::int64_t{0}, "entry", "", now});
    write_clocks(write, now);
    run(mysql::insert_idempotency,
        {key.principal, key.key, key.request_digest, row.id, subject.sequence, now});
    connection_->commit();
  }

 private:
  void write_clocks(const CaseWrite& write, std::int64_t now) {
    const std::string& id = write.subject().id;
    for (const ClockRow* clock : missing_from(write.known().clocks, write.next.clocks)) {
      run(supersede_clock, {now, id, clock->clock, clock->started_by});
    }
    for (const ClockRow* clock : missing_from(write.next.clocks, write.known().clocks)) {
      run(mysql::insert_clocks,
          {id, clock->clock, clock->started_by, write.subject().sequence, write.jurisdiction,
           clock->state, std::int64_t{clock->visit}, parameter(clock->started_at),
           parameter(clock->stopped_at), parameter(clock->suspended_at), clock->limit_code,
           parameter(clock->due_at), parameter(clock->first_due_at), now});
    }
    for (const ClockKey& clock : clocks_with_other_rungs(write)) {
      if (clock.second != write.subject().sequence) {
        run(mysql::delete_rungs_to_come, {id, clock.first, clock.second});
      }
      bool is_armed = true;
      for (const RungRow& rung : write.next.rungs) {
        if (key_of(rung) != clock) continue;
        run(mysql::insert_rungs,
            {id, rung.clock, rung.started_by, rung.rung, std::int64_t{rung.visit},
             write.jurisdiction, parameter(rung.due_at), parameter(is_armed)});
        is_armed = false;
      }
    }
  }

  sql::PreparedStatement& bound(const void* key, const std::string& text,
                                std::initializer_list<Parameter> parameters) {
    std::unique_ptr<sql::PreparedStatement>& statement = statements_[key];
    if (!statement) statement.reset(connection_->prepareStatement(text));
    unsigned index = 0;
    for (const Parameter& each : parameters) {
      ++index;
      if (const auto* integer = std::get_if<std::int64_t>(&each)) {
        statement->setInt64(index, *integer);
      } else if (const auto* words = std::get_if<std::string_view>(&each)) {
        statement->setString(index, sql::SQLString(words->data(), words->size()));
      } else if (const auto* blob = std::get_if<Blob>(&each)) {
        statement->setString(index, sql::SQLString(blob->bytes.data(), blob->bytes.size()));
      } else {
        statement->setNull(index, 0);
      }
    }
    return *statement;
  }
  int run(std::string_view text, std::initializer_list<Parameter> parameters) {
    return bound(text.data(), std::string(text), parameters).executeUpdate();
  }
  int run(const mysql::ManyRows& text, std::initializer_list<Parameter> parameters) {
    return bound(&text, text.text(1), parameters).executeUpdate();
  }
  bool is_found(std::string_view text, std::initializer_list<Parameter> parameters) {
    const std::unique_ptr<sql::ResultSet> rows(
        bound(text.data(), std::string(text), parameters).executeQuery());
    return rows->next();
  }

  std::unique_ptr<sql::Connection> connection_;
  std::map<const void*, std::unique_ptr<sql::PreparedStatement>> statements_;
};

// That a server has used so far, in microseconds.
double processor_time_of(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string word;
  double ticks = 0;
  // The 14th and 15th words: in user mode and in the kernel. The name, the 2nd, has no space.
  for (int place = 1; place <= 15 && file >> word; ++place) {
    if (place >= 14) ticks += std::stod(word);
  }
  return ticks * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double own_processor_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

// Prints what a commit costs between its making and its end.
class Meter final {
 public:
  explicit Meter(pid_t server) : server_(server) {}

  void print(std::size_t commits) const {
    const auto each = [&](double time) { return time / static_cast<double>(commits); };
    std::printf("  processor time a commit: %.0f us here, %.0f us in the server\n",
                each(own_processor_time() - own_before_),
                each(processor_time_of(server_) - server_before_));
    std::fflush(stdout);
  }

 private:
  pid_t server_;
  double own_before_ = own_processor_time();
  double server_before_ = processor_time_of(server_);
};

// Each part on a schema of its own, seeded anew; each run on cases that no other has touched.
class Bench final {
 public:
  Bench() : server_(tests::Mariadb::Durability::of_power), load_(make_load()) {}

  void store(std::initializer_list<std::pair<int, std::size_t>> threads_and_counts) {
    const auto database = seeded();
    std::size_t first = 0;
    for (const auto& [threads, count] : threads_and_counts) {
      std::vector<double> rates;
      const Meter meter(server_.process());
      for (int run = 0; run < runs; ++run, first += count) {
        rates.push_back(commits_per_second(database->cases(), load_.moves, first, count, threads));
      }
      print_rates(("store, " + std::to_string(threads) + " threads").c_str(), rates);
      meter.print(runs * count);
      median_ = rates[rates.size() / 2];
    }
  }

  void bare(std::size_t count) {
    const auto database = seeded();
    const Vocabulary vocabulary(test_vocabulary());
    std::vector<double> rates;
    for (int run = 0; run < runs; ++run) {
      const std::size_t first = static_cast<std::size_t>(run) * count;
      std::vector<CommitRequest> requests;
      for (std::size_t place = first; place < first + count; ++place) {
        requests.push_back(load_.moves[place].request());
      }
      std::vector<CaseWrite> writes;
      for (const CommitRequest& request : requests) {
        writes.push_back(prepare(request, "511623", vocabulary));
      }
      const Meter meter(server_.process());
      rates.push_back(bare_commits_per_second(writes));
      meter.print(writes.size());
    }
    print_rates("bare loop, 16 connections", rates);
    std::printf("store at 64 / bare loop's best: %.2f\n", median_ / rates.back());
  }

 private:
  std::unique_ptr<Database> seeded() {
    schema_ = "bench_" + std::to_string(++schemas_);
    tests::MariadbShell(server_.server())("CREATE DATABASE " + schema_ +
                                          " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    auto opened = mysql::open({.server = server_.server(schema_),
                               .jurisdiction = "511623",
                               .vocabulary = test_vocabulary()});
    require(opened.has_value(), "cannot open");
    (void)commits_per_second((*opened)->cases(), load_.seeds, 0, load_.seeds.size(), 64);
    return std::move(*opened);
  }

  double bare_commits_per_second(const std::vector<CaseWrite>& writes) {
    std::vector<std::unique_ptr<BareConnection>> connections;
    for (std::size_t made = 0; made < bare_connections; ++made) {
      connections.push_back(std::make_unique<BareConnection>(server_.server(schema_)));
    }
    std::atomic<std::size_t> next = 0;
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> running;
    for (const auto& connection : connections) {
      running.emplace_back([&] {
        for (std::size_t place = next++; place < writes.size(); place = next++) {
          connection->commit(writes[place]);
        }
      });
    }
    for (std::thread& thread : running) thread.join();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return static_cast<double>(writes.size()) / seconds.count();
  }

  tests::Mariadb server_;
  const Load load_;
  std::string schema_;
  int schemas_ = 0;
  double median_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count > 1) ::setenv("TMPDIR", arguments[1], 1);
  try {
    Bench bench;
    bench.store({{1, 500}, {8, 2'000}});
    bench.store({{64, 6'000}});
    bench.bare(4'000);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mysql_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
