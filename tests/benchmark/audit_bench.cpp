// What the auditor's figures cost on a file with many years of casework.
//   audit_bench [CASES]      (100000; the file is made in TMPDIR and taken away, 7 GB for 1000000)
// Four years, the cases spread evenly: ten small entries a case in the journal, and the versions of
// clocks that such casework leaves (statutory four to six, each of seven stays in a state two,
// discovery two), put there by SQL. Late are 12 %, open 3 %, withdrawn 3 %, suspended for a while
// 10 %. What is timed is the whole answer of the resource, without sockets.
#include <sqlite3.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "api/audit_log.hpp"
#include "api/case_service.hpp"
#include "api/resources/audit.hpp"
#include "api/scratch_folder.hpp"
#include "persistence/sqlite/database.hpp"

namespace {

using namespace yimen;
using workflow::Value;

constexpr const char* first_day = "2022-11-01T00:00:00Z";
constexpr std::int64_t milliseconds_a_year = 365LL * 86'400'000;
constexpr int runs = 3;

class FrozenClock final : public api::Clock {
 public:
  [[nodiscard]] workflow::Instant now() const override {
    return workflow::instant_from("2026-11-01T00:00:00Z").value();
  }
};

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "audit_bench: %s\n", what.c_str());
  std::exit(1);
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

// ---- the file -----------------------------------------------------------------------------------

// One row a case: n, its id, when it was accepted, and what becomes of it.
std::string cases_of(int count) {
  const std::string from =
      std::to_string(workflow::milliseconds_of(workflow::instant_from(first_day).value()));
  const std::string span = std::to_string(4 * milliseconds_a_year);
  return "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < " +
         std::to_string(count - 1) + "), all_cases AS (SELECT n, printf('0195%04x-0000-7000-8000-"
         "%012x', n / 65536, n) AS id, " + from + " + n * " + span + " / " +
         std::to_string(count) +
         " AS at, n * 2654435761 % 100 AS fate, 'department-' || (n * 7 % 9) AS department,"
         " 'village-' || (n % 5) AS village, 'category-' || (n * 3 % 11) AS category"
         " FROM numbers) ";
}

constexpr const char* day = "86400000";

// Versions: days after acceptance from which and to which each holds; -1 for the present one.
std::string clock_rows(const std::string& clock, const std::string& start,
                       const std::string& version, const std::string& from, const std::string& to,
                       const std::string& stopped, const std::string& holder,
                       const std::string& where) {
  return "INSERT INTO audit_clocks SELECT 'heyu', '" + clock + "', " + start + ", id, 1, " +
         version + ", " + from + ", " + to + ", (" + start + ") + 21 * " + day + ", " + stopped +
         ", iif(" + stopped + " IS NULL, NULL, " + stopped + " > (" + start + ") + 21 * " + day +
         "), fate BETWEEN 3 AND 5 AND " + stopped + " IS NOT NULL, 0, " + holder +
         ", department, village, category, '' FROM all_cases WHERE " + where + ";";
}

void fill(const std::string& path, int count) {
  sqlite3* handle = nullptr;
  if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) fail("no file");
  const std::string cases = cases_of(count);
  const auto run = [&](const std::string& sql) {
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      fail(sqlite3_errmsg(handle));
    }
  };
  run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;"
      "PRAGMA foreign_keys = OFF; BEGIN;"
      "INSERT INTO vocabulary VALUES ('assistance', 'handled', 0) ON CONFLICT DO NOTHING;");
  run(cases +
      "INSERT INTO cases (id, jurisdiction, procedure, edition, sequence, revision, head_hash,"
      " state, is_closed, number, category, village, department, emergency, holder_unit,"
      " holder_person, opened_at, state_since, due_at, suspended_at)"
      " SELECT id, 'heyu', 'assistance', 'e', 10, 1, zeroblob(32), 'handled', 1, '', category,"
      " village, department, 0, 'station', '', at, at, at, NULL FROM all_cases;");
  run(cases + ", steps(k) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))"
              "INSERT INTO journal SELECT id, k, at + k * 86400000,"
              " iif(k = 1, x'', zeroblob(32)), zeroblob(32), x'7b7d' FROM all_cases, steps;");
  // Fate 0 to 2: still open; 3 to 5: withdrawn; 88 and more: late.
  const std::string end = "at + iif(fate > 87, 25, 8 + fate % 12) * " + std::string(day);
  const auto after = [](int days) { return "at + " + std::to_string(days) + " * " + day; };
  const std::string never = "253402300799999";
  const auto statutory = [&](const std::string& version, const std::string& from,
                             const std::string& to, const std::string& stopped,
                             const std::string& holder, const std::string& where) {
    run(cases + clock_rows("statutory", "at", version, from, to, stopped, holder, where));
  };
  statutory("1", "at", after(1), "NULL", "'station'", "1");
  statutory("2", after(1), "iif(fate < 3, " + never + ", " + after(5) + ")", "NULL", "department",
            "1");
  statutory("3", after(5), after(6), "NULL", "department", "fate >= 3");
  statutory("4", after(6), after(7), "NULL", "department", "fate >= 3 AND n % 10 = 0");
  statutory("5", "iif(n % 10 = 0, " + after(7) + ", " + after(6) + ")", end, "NULL", "'station'",
            "fate >= 3");
  statutory("6", end, never, end, "'station'", "fate >= 3");
  run(cases + clock_rows("discovery", after(-3), "1", after(-3), "at", "NULL", "village", "1"));
  run(cases + clock_rows("discovery", after(-3), "2", "at", never, "at", "village", "1"));
  for (int stay = 0; stay < 7; ++stay) {
    const std::string begin = after(2 * stay - 3);
    const std::string finish = after(2 * stay - 1);
    run(cases + clock_rows("state", begin, "1", begin, finish, "NULL", "department", "1"));
    run(cases + clock_rows("state", begin, "2", finish, never, finish, "department", "1"));
  }
  run(cases + "INSERT INTO audit_marks SELECT id, 3, 'extension', 'extensions', '', 'heyu',"
              " at + 259200000, 'station', department, village, category FROM all_cases"
              " WHERE n % 20 = 0;");
  run("COMMIT; ANALYZE;");
  sqlite3_close(handle);
}

// ---- the questions ------------------------------------------------------------------------------

api::http::Principal auditor() {
  return {.account = "a", .person = "a", .session = "s",
          .posts = {{"auditor", "station", "station"}}};
}

void ask(const std::vector<api::http::Route>& routes, const std::string& what,
         const std::string& target) {
  auto request = api::http::request_for("GET", target).value();
  request.principal = auditor();
  request.language = api::http::Language::en;
  const api::http::Route* named = nullptr;
  for (const api::http::Route& route : routes) {
    const bool is_list = route.pattern == "/v1/audit/{list}";
    if (route.pattern == request.path || (is_list && named == nullptr)) named = &route;
  }
  if (named->pattern == "/v1/audit/{list}") request.parameters.add("list", "extensions");
  std::string told;
  for (int run = 0; run < runs; ++run) {
    const auto begun = std::chrono::steady_clock::now();
    const double spent = processor_seconds();
    const api::http::Response answer = named->handler(request);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    if (answer.status != 200) fail(target + " is answered " + std::to_string(answer.status));
    const Value body = workflow::parse(answer.body).value();
    const std::int64_t found = body.has("total") ? body["total"]["received"]["count"].integer()
                                                 : std::ssize(body["items"].items());
    if (run == 0) std::printf("%-52s %9lld", what.c_str(), static_cast<long long>(found));
    std::printf("   %6.2f %6.2f", taken.count(), processor_seconds() - spent);
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  const int cases = count > 1 ? std::atoi(words[1]) : 100'000;
  if (cases < 1'000) fail("takes how many cases, 1000 at least");
  const api::ScratchFolder folder;
  const std::string path = folder.file("audit.db");
  const auto rulebook =
      api::Rulebook::load(std::string(YIMEN_SOURCE_DIR) + "/definitions").value();
  const persistence::sqlite::Options options{.path = path,
                                             .jurisdiction = rulebook.organisation().jurisdiction,
                                             .vocabulary = rulebook.vocabulary()};
  if (!persistence::sqlite::migrate(options)) fail("no schema");
  const auto begun = std::chrono::steady_clock::now();
  fill(path, cases);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
  auto database = persistence::sqlite::open(options);
  if (!database) fail(database.error());
  std::printf("%d cases, %.1f GB, made in %.0f s\n", cases,
              static_cast<double>((*database)->counts().database_bytes) / 1e9, taken.count());
  std::printf("%-52s %9s   seconds and processor seconds, three times\n", "", "found");
  const auto keyring = api::Keyring::open(folder.file("key")).value();
  const FrozenClock clock;
  api::RandomIds ids;
  api::CaseService service(**database, rulebook, keyring, clock, ids);
  api::resources::Audit audit(service, **database);
  const auto routes = audit.routes();
  const std::string year = "?from=2025-01-01&to=2025-12-31";
  const std::string figures = "/v1/audit/time-limits" + year;
  ask(routes, "a year by department", figures);
  ask(routes, "a year by month", figures + "&by=month");
  ask(routes, "a year by department, as of its middle", figures + "&as_of=2025-07-01T00:00:00Z");
  ask(routes, "a year by village, as of its end",
      figures + "&by=village&as_of=2026-01-01T00:00:00Z");
  ask(routes, "every stay in a state of a year", figures + "&clock=state");
  ask(routes, "all four years by department",
      "/v1/audit/time-limits?from=2022-01-01&to=2026-12-31");
  ask(routes, "all four years, as of two years ago",
      "/v1/audit/time-limits?from=2022-01-01&to=2026-12-31&as_of=2024-11-01T00:00:00Z");
  ask(routes, "fifty late ones of a department",
      "/v1/audit/time-limits/cases" + year + "&outcome=late&department=department-3");
  ask(routes, "the fifty oldest that are overdue", "/v1/audit/overdue?clock=statutory");
  ask(routes, "fifty extensions", "/v1/audit/extensions");
}
