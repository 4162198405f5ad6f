// Durable commits a second, by so many threads that each wait for their answer, beside a bare loop
// on the C API that writes the same rows in transactions of one and of 64.
// The load is store_load's. Usage: store_bench [FOLDER]; without a folder, in the temporary one.
#include <sqlite3.h>
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>

#include "persistence/sqlite/case_queries.hpp"
#include "persistence/sqlite/queries.hpp"
#include "tests/benchmark/store_load.hpp"
#include "tests/persistence/sqlite_fixture.hpp"

namespace {

using namespace yimen;
using namespace yimen::persistence;

constexpr int runs = 5;

sqlite::Options options_at(const std::string& path) {
  sqlite::Options options;
  options.path = path;
  options.jurisdiction = "511623";
  options.vocabulary = test_vocabulary();
  return options;
}

// The same statements by hand, everything serialised and projected beforehand.
class BareLoop final {
 public:
  explicit BareLoop(const std::string& path) {
    require(sqlite3_open(path.c_str(), &handle_) == SQLITE_OK, "cannot open");
    execute(std::string(sqlite::writer_pragmas).c_str());
    execute("PRAGMA wal_autocheckpoint = 8192");
  }
  ~BareLoop() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
  }
  BareLoop(const BareLoop&) = delete;
  BareLoop& operator=(const BareLoop&) = delete;

  double commits_per_second(const std::vector<Move>& moves, std::size_t first, std::size_t count,
                            std::size_t transaction_size) {
    std::vector<Projection> before;
    std::vector<Projection> next;
    std::vector<std::string> documents;
    for (std::size_t place = first; place < first + count; ++place) {
      before.push_back(project(moves[place].before, false));
      next.push_back(project(moves[place].next, false));
      documents.push_back(canonical(to_value(moves[place].next)));
    }
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t done = 0; done < count; done += transaction_size) {
      execute("BEGIN IMMEDIATE");
      for (std::size_t at = done; at < std::min(count, done + transaction_size); ++at) {
        commit(moves[first + at], before[at], next[at], documents[at]);
      }
      execute("COMMIT");
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return static_cast<double>(count) / seconds.count();
  }

 private:
  void execute(const char* sql) {
    require(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK,
            sqlite3_errmsg(handle_));
  }

  BareLoop& with(std::string_view sql) {
    sqlite3_stmt*& statement = statements_[sql.data()];
    if (statement == nullptr) {
      require(sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &statement,
                                 nullptr) == SQLITE_OK,
              sqlite3_errmsg(handle_));
    }
    statement_ = statement;
    index_ = 0;
    return *this;
  }
  BareLoop& text(std::string_view value) {
    sqlite3_bind_text(statement_, ++index_, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
    return *this;
  }
  BareLoop& blob(std::string_view value) {
    sqlite3_bind_blob(statement_, ++index_, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
    return *this;
  }
  BareLoop& integer(std::int64_t value) {
    sqlite3_bind_int64(statement_, ++index_, value);
    return *this;
  }
  BareLoop& instant(std::optional<workflow::Instant> at) {
    if (at) return integer(workflow::milliseconds_of(*at));
    sqlite3_bind_null(statement_, ++index_);
    return *this;
  }
  void run() {
    const int code = sqlite3_step(statement_);
    require(code == SQLITE_DONE, sqlite3_errmsg(handle_));
    sqlite3_reset(statement_);
  }

  void commit(const Move& move, const Projection& before, const Projection& next,
              const std::string& document) {
    const CaseSummary& row = next.summary;
    const std::int64_t sequence = move.next.sequence;
    with(sqlite::select_idempotency).text(move.key->principal).text(move.key->key).run();
    const std::optional<workflow::Instant> was_due_at = before.summary.due_at;
    with(sqlite::move_case_and_due).integer(sequence).integer(row.revision).blob(move.entry.hash)
        .text(move.next.edition).text(row.state).text(row.category).text(row.village)
        .text(row.department).integer(row.emergency).text(row.holder_unit)
        .text(row.holder_person).instant(row.suspended_at).text(row.subject)
        .text("[]").integer(0).instant(row.state_since)
        .instant(row.due_at).text(row.id).integer(sequence - 1)
        .blob(move.entry.previous_hash).run();
    require(sqlite3_changes(handle_) == 1, "a bare commit failed");
    for (const std::string& unit : move.next.units) {
      with(sqlite::update_case_unit).integer(0).instant(row.due_at).text("511623").text(unit)
          .integer(0).instant(was_due_at).text(row.id).run();
      require(sqlite3_changes(handle_) == 1, "a bare commit failed");
    }
    with(sqlite::update_document).text(document).text(row.id).run();
    with(sqlite::insert_journal_entry).text(row.id).integer(sequence)
        .instant(move.next.recorded_at).blob(move.entry.previous_hash).blob(move.entry.hash)
        .blob(move.entry.bytes).run();
    with(sqlite::insert_outbox).text("511623").text(row.id).integer(sequence).integer(0)
        .text("entry").text("").instant(move.next.recorded_at).run();
    write_clocks(move, before, next);
    with(sqlite::insert_idempotency).text(move.key->principal).text(move.key->key)
        .text(move.key->request_digest).text(row.id).integer(sequence)
        .instant(move.next.recorded_at).run();
  }

  void write_clocks(const Move& move, const Projection& before, const Projection& next) {
    const std::string& id = move.next.id;
    const ClockRow& stopped = before.clocks.front();
    with(sqlite::supersede_clock).instant(move.next.recorded_at).text(id).text(stopped.clock)
        .integer(stopped.started_by).run();
    for (const ClockRow* clock : {&next.clocks.front(), &next.clocks.back()}) {
      with(sqlite::insert_clock).text(id).text(clock->clock).integer(clock->started_by)
          .integer(move.next.sequence).text("511623").text(clock->state).integer(clock->visit)
          .instant(clock->started_at).instant(clock->stopped_at).instant(clock->suspended_at)
          .text(clock->limit_code).instant(clock->due_at).instant(clock->first_due_at)
          .instant(move.next.recorded_at).run();
    }
    with(sqlite::delete_rungs_to_come).text(id).text(stopped.clock).integer(stopped.started_by)
        .run();
    with(sqlite::delete_rungs_to_come).text(id).text("state").integer(move.next.sequence).run();
    for (std::size_t rung = next.rungs.size() - 2; rung < next.rungs.size(); ++rung) {
      const RungRow& made = next.rungs[rung];
      with(sqlite::insert_rung).text(id).text(made.clock).integer(made.started_by).text(made.rung)
          .integer(made.visit).text("511623").instant(made.due_at)
          .integer(rung == next.rungs.size() - 2).run();
    }
  }

  sqlite3* handle_ = nullptr;
  std::map<const char*, sqlite3_stmt*> statements_;
  sqlite3_stmt* statement_ = nullptr;
  int index_ = 0;
};

// Each run on a fresh copy of the seeded database, with cases of its own.
class Bench final {
 public:
  explicit Bench(const TemporaryFolder& folder) : folder_(folder), load_(make_load()) {
    auto opened = sqlite::open(options_at(folder_.file("seeded.db")));
    require(opened.has_value(), "cannot open");
    (void)commits_per_second((*opened)->cases(), load_.seeds, 0, load_.seeds.size(), 64);
    std::printf("case %zu bytes, entry %zu bytes\n",
                canonical(to_value(load_.moves[0].next)).size(), load_.moves[0].entry.bytes.size());
  }

  void store(int threads, std::size_t count) {
    std::vector<double> rates;
    for (int run = 0; run < runs; ++run) {
      const auto opened = sqlite::open(options_at(fresh()));
      require(opened.has_value(), "cannot open");
      rates.push_back(commits_per_second((*opened)->cases(), load_.moves, 0, count, threads));
    }
    print_rates(("store, " + std::to_string(threads) + " threads").c_str(), rates);
  }

  void bare(std::size_t transaction_size, std::size_t count) {
    std::vector<double> rates;
    for (int run = 0; run < runs; ++run) {
      BareLoop loop(fresh());
      rates.push_back(loop.commits_per_second(load_.moves, 0, count, transaction_size));
    }
    print_rates(("bare loop of " + std::to_string(transaction_size)).c_str(), rates);
  }

 private:
  std::string fresh() const {
    const std::string path = folder_.file("run.db");
    for (const std::string suffix : {"-wal", "-shm"}) std::filesystem::remove(path + suffix);
    std::filesystem::copy_file(folder_.file("seeded.db"), path,
                               std::filesystem::copy_options::overwrite_existing);
    return path;
  }

  const TemporaryFolder& folder_;
  Load load_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count > 1) ::setenv("TMPDIR", arguments[1], 1);
  const TemporaryFolder folder;
  Bench bench(folder);
  bench.store(1, 500);
  bench.bare(1, 500);
  bench.store(8, 4'000);
  bench.store(64, cases_in_load);
  bench.bare(64, cases_in_load);
  return 0;
}
