#include "api/program.hpp"

#include <iterator>
#include <utility>

namespace yimen::api {

namespace {

std::unique_ptr<SampleClock> sample_clock_of(persistence::Database& database, const Clock& real) {
  if (!database.is_sample()) return nullptr;
  const auto kept = database.setting("sample_now");
  const auto at = kept ? workflow::instant_from(*kept) : std::nullopt;
  return std::make_unique<SampleClock>(at.value_or(real.now()));
}

std::vector<http::Route> together(std::vector<http::Route> routes,
                                  std::vector<http::Route> pages) {
  std::move(pages.begin(), pages.end(), std::back_inserter(routes));
  return routes;
}

const Clock& either(const SampleClock* sample, const Clock& real) {
  if (sample != nullptr) return *sample;
  return real;
}

}  // namespace

Program::Program(persistence::Database& database, const Rulebook& rulebook,
                 const Keyring& keyring, AuditLog& audit_file, bool behind_proxy,
                 std::vector<http::Route> pages, const Mail* mail)
    : sample_clock(sample_clock_of(database, real_clock)),
      clock(either(sample_clock.get(), real_clock)),
      audit_log(audit_file, database.audit()),
      accounts(database.accounts(), rulebook.organisation(), real_clock, ids),
      authentication(accounts, database, real_clock, ids,
                     {.behind_proxy = behind_proxy}),
      service(database, rulebook, keyring, clock, ids),
      workers(database, service, clock, real_clock, ids, mail),
      feed(database.news(), accounts, authentication, real_clock),
      resources({.database = database,
                 .rulebook = rulebook,
                 .keyring = keyring,
                 .service = service,
                 .accounts = accounts,
                 .authentication = authentication,
                 .audit_log = audit_log,
                 .clock = clock,
                 .real_clock = real_clock,
                 .ids = ids,
                 .feed = feed,
                 .sample_clock = sample_clock.get(),
                 .workers = &workers}),
      router(rulebook.texts(), together(resources.routes(), std::move(pages)),
             [this](http::Request& request) { return authentication.authenticate(request); }) {}

}  // namespace yimen::api
