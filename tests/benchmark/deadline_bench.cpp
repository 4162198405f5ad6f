// What deadlines cost: a sweep that finds a hundred due among few and among many open cases, and
// ten thousand that fall due at once, beside the store's own commits in the same run.
//   deadline_bench [FEW MANY DUE]      (10000 1000000 10000)
// Open cases that nothing is due of are rows of the same schema, put there by SQL, with their armed
// rungs; what is due are cases that were opened through the door. Beside the wall's time stands the
// processors', which other work on the machine does not stretch. TMPDIR says on which disk.
#include <sqlite3.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tests/api/worker_sample.hpp"
#include "workflow/decide.hpp"

namespace {

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;

constexpr int due_in_sweep = 100;
constexpr int hands = 64;
// The state's clock of a case opened on Monday, 2 March, at nine.
constexpr const char* half_of_the_time = "2026-03-06T06:00:00Z";
constexpr const char* before_the_urging = "2026-03-11T00:00:00Z";
constexpr const char* at_the_urging = "2026-03-11T16:00:00Z";

void run(const WorkedCasework& office, const std::string& sql) {
  sqlite3* handle = nullptr;
  if (sqlite3_open(office.database.file().c_str(), &handle) != SQLITE_OK ||
      sqlite3_busy_timeout(handle, 60'000) != SQLITE_OK ||
      sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "deadline_bench: %s\n", sqlite3_errmsg(handle));
    std::exit(1);
  }
  sqlite3_close(handle);
}

// Open cases with two running clocks, whose rungs lie years ahead.
void add_idle_cases(WorkedCasework& office, int count) {
  const std::string model = office.look(office.found_case()).id;
  const std::string id = "printf('%08x-0000-7000-8000-%012x', n, n * 2654435761 % 281474976710656)";
  const auto copies = [&](const std::string& table, const std::string& columns,
                          const std::string& values, const std::string& key,
                          const std::string& also = "") {
    return "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < " +
           std::to_string(count) + ") INSERT INTO " + table + " (" + key + ", " + columns +
           ") SELECT " + id + ", " + values + " FROM numbers, " + table + " AS m WHERE m." + key +
           " = '" + model + "'" + also + ";";
  };
  const std::string case_columns =
      "jurisdiction, procedure, edition, sequence, revision, head_hash, state, is_closed, number,"
      " category, village, department, emergency, holder_unit, holder_person, opened_at,"
      " state_since, due_at, suspended_at";
  const std::string clock_columns =
      "clock, started_by, recorded_by, jurisdiction, state, visit, started_at, stopped_at,"
      " suspended_at, limit_code, due_at, first_due_at, recorded_at, superseded_at";
  const std::string rung_columns =
      "clock, started_by, rung, visit, jurisdiction, due_at, is_armed, done_at";
  const std::string later = "m.due_at + 100000000000 + n";
  std::string rung_values = rung_columns;
  rung_values.replace(rung_values.find("due_at"), 6, later);
  run(office, "PRAGMA synchronous = OFF; BEGIN IMMEDIATE;" +
                  copies("cases", case_columns, case_columns, "id") +
                  copies("clock_segments", clock_columns, clock_columns, "case_id") +
                  copies("rungs", rung_columns, rung_values, "case_id", " AND m.is_armed = 1") +
                  "COMMIT; PRAGMA wal_checkpoint(TRUNCATE);");
}

struct Seconds {
  double wall = 0;
  double processors = 0;
};

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Seconds seconds_of(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  const double before = processor_seconds();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(),
          processor_seconds() - before};
}

// For a hundred rungs, the best of several sweeps that find about as many.
Seconds sweep_among(int idle) {
  WorkedCasework office;
  add_idle_cases(office, idle);
  for (int made = 0; made < due_in_sweep; ++made) (void)office.found_case();
  Seconds best{1e9, 1e9};
  for (const char* at : {half_of_the_time, "2026-03-09T06:00:00Z", "2026-03-09T16:00:00Z"}) {
    const std::uint64_t before = office.workers.counts().rungs_told;
    office.set_clock(at);
    const Seconds taken = seconds_of([&] { office.workers.sweep(); });
    const auto told = static_cast<double>(office.workers.counts().rungs_told - before);
    best.wall = std::min(best.wall, taken.wall / told * due_in_sweep);
    best.processors = std::min(best.processors, taken.processors / told * due_in_sweep);
  }
  return best;
}

// Commits of prepared notes, so many at a time.
Seconds committing(WorkedCasework& office, const std::vector<std::string>& ids) {
  const workflow::Digests digests = api::Keyring::digests();
  struct Prepared {
    persistence::LoadedCase loaded;
    workflow::Decision decision;
    persistence::CommitRequest request;
  };
  std::vector<Prepared> prepared(ids.size());
  const auto calendar = office.rulebook.calendar();
  for (std::size_t place = 0; place < ids.size(); ++place) {
    Prepared& one = prepared[place];
    one.loaded = office.database->cases().load(ids[place]).value();
    workflow::Command command;
    command.id = office.ids.uuid(office.clock.now());
    command.kind = workflow::EntryKind::annotation;
    command.case_id = ids[place];
    command.event = "urge";
    command.data = Object{};
    command.actor = {"system", "system", "system", "system"};
    const auto* edition = office.rulebook.edition(one.loaded.subject.edition);
    one.decision = workflow::decide(one.loaded.subject, command,
                                    {*office.rulebook.procedure("assistance"), *edition, *calendar},
                                    office.clock.now())
                       .value();
    one.request.before = &one.loaded.subject;
    one.request.next = &one.decision.next;
    one.request.entry = seal(std::move(one.decision.entry), {}, office.ids.random(32),
                             one.loaded.head_hash, digests)
                            .entry;
  }
  std::atomic<std::size_t> next{0};
  return seconds_of([&] {
    std::vector<std::jthread> threads;
    for (int hand = 0; hand < hands; ++hand) {
      threads.emplace_back([&] {
        for (std::size_t place = next++; place < prepared.size(); place = next++) {
          if (!office.database->cases().commit(prepared[place].request)) std::abort();
        }
      });
    }
  });
}

void print_rate(const char* what, double count, const Seconds& taken) {
  std::printf("%s: %.0f in %.2f s, %.0f/s, %.0f us of processor each\n", what, count, taken.wall,
              count / taken.wall, taken.processors / count * 1e6);
}

// As many rungs that only tell, then as many that act through the door, at one instant each.
void work_off(int count) {
  WorkedCasework office;
  std::vector<std::string> ids;
  for (int made = 0; made < count; ++made) ids.push_back(office.found_case());
  const api::WorkerCounts& counts = office.workers.counts();
  const std::uint64_t told_before = counts.rungs_told;
  office.set_clock(half_of_the_time);
  const Seconds telling = seconds_of([&] { office.workers.sweep(); });
  print_rate("told", static_cast<double>(counts.rungs_told - told_before), telling);
  office.on(before_the_urging);
  const std::uint64_t taken_before = counts.rungs_taken;
  office.set_clock(at_the_urging);
  const Seconds acting = seconds_of([&] { office.workers.sweep(); });
  const auto taken = static_cast<double>(counts.rungs_taken - taken_before);
  print_rate("taken through the door", taken, acting);
  const Seconds store = committing(office, ids);
  const auto commits = static_cast<double>(ids.size());
  print_rate("the store's own commits, 64 waiting", commits, store);
  std::printf("ratio %.2f\n", taken / acting.wall / (commits / store.wall));
}

}  // namespace

int main(int count, char** words) {
  const auto number = [&](int place, int other) {
    return count > place ? std::atoi(words[place]) : other;
  };
  const int few = number(1, 10'000);
  const int many = number(2, 1'000'000);
  const Seconds among_few = sweep_among(few);
  const Seconds among_many = sweep_among(many);
  std::printf("%d due: %.1f ms (%.1f of processor) among %d open cases, %.1f ms (%.1f) among %d; "
              "ratio %.2f (%.2f)\n",
              due_in_sweep, among_few.wall * 1e3, among_few.processors * 1e3, few,
              among_many.wall * 1e3, among_many.processors * 1e3, many,
              among_many.wall / among_few.wall, among_many.processors / among_few.processors);
  work_off(number(3, 10'000));
  return 0;
}
