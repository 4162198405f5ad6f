#include "api/commands.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "api/bootstrap.hpp"
#include "api/calendar_in_force.hpp"
#include "api/clock.hpp"
#include "api/copy_database.hpp"
#include "api/simulation_report.hpp"
#include "api/stores.hpp"
#include "persistence/sqlite/backup.hpp"

namespace yimen::api::commands {

namespace {

using persistence::Database;

constexpr std::chrono::seconds progress_period{1};

// A file that is not there, and would be made.
bool is_missing(const DatabaseAddress& address) {
  return address.is_file() && !std::filesystem::exists(address.path);
}

workflow::Instant now_of(Database& database) {
  const auto real_now = SystemClock().now();
  if (!database.is_sample()) return real_now;
  const auto kept = database.setting("sample_now");
  const auto sample_now = kept ? workflow::instant_from(*kept) : std::nullopt;
  return sample_now.value_or(real_now);
}

}  // namespace

int complain(Exit status, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) std::cerr << "yimen: " << line << "\n";
  return status;
}

int migrate(const Settings& settings, const Rulebook& rulebook) {
  auto database = open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  if (settings.sample && !(*database)->is_sample()) {
    return complain(could_not_start, {"the database is there already and is no sample"});
  }
  if (settings.sample && !settings.sample_at.empty()) {
    const auto kept = (*database)->set_setting("sample_now", settings.sample_at);
    if (!kept) return complain(could_not_start, {kept.error().detail});
  }
  std::cout << "The database " << settings.database.text() << " is up to date.\n";
  return done;
}

int audit(const Settings& settings, const Rulebook& rulebook, Audit examine) {
  if (is_missing(settings.database)) {
    return complain(could_not_start, {"there is no database " + settings.database.path});
  }
  auto database = open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  const auto report = examine((*database)->cases(), [](const AuditReport& so_far) {
    std::cerr << so_far.cases << " cases, " << so_far.entries << " entries …\n";
  });
  if (!report) return complain(could_not_start, {report.error().detail});
  for (const std::string& finding : report->findings) std::cout << finding << "\n";
  std::cout << report->cases << " cases, " << report->entries << " entries, "
            << report->findings.size() << " findings\n";
  return report->findings.empty() ? done : found_wrong;
}

int add_user(const Settings& settings, const Rulebook& rulebook) {
  if (settings.words.size() != 3 || settings.password_file.empty() || settings.posts.empty()) {
    return complain(unusable,
                    {"user add NAME takes --post POST@UNIT and --password-file FILE"});
  }
  std::ifstream file(settings.password_file);
  std::string password;
  if (!std::getline(file, password)) {
    return complain(unusable, {"the password file cannot be read"});
  }
  auto database = open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  const auto added = api::add_user(**database, rulebook.organisation(),
                                   {.name = settings.words[2],
                                    .display_name = {},
                                    .posts = settings.posts,
                                    .password = password,
                                    .must_change_password = !settings.password_is_final &&
                                                            !(*database)->is_sample()});
  if (!added) return complain(unusable, {added.error()});
  std::cout << "Added " << settings.words[2] << ".\n";
  return done;
}

int backup(const Settings& settings) {
  if (settings.words.size() != 2) return complain(unusable, {"backup takes a file"});
  const std::string& path = settings.database.path;
  if (!settings.database.is_file()) {
    return complain(unusable, {"backup copies a file; a server is backed up by mariadb-backup"});
  }
  if (is_missing(settings.database)) {
    return complain(could_not_start, {"there is no database " + path});
  }
  const auto copied = persistence::sqlite::back_up(path, settings.words[1]);
  if (!copied) return complain(could_not_start, {copied.error()});
  std::cout << "Copied " << path << " to " << settings.words[1] << ".\n";
  return done;
}

int copy(const Settings& settings, const Rulebook& rulebook) {
  if (!settings.copy_from.is_file() || settings.copy_to.schema.empty()) {
    return complain(unusable, {"copy takes --from sqlite:PATH and --to mysql://USER@HOST/NAME"});
  }
  if (is_missing(settings.copy_from)) {
    return complain(could_not_start, {"there is no database " + settings.copy_from.path});
  }
  const auto from = open_file(settings.copy_from, settings, rulebook);
  if (!from) return complain(could_not_start, {from.error()});
  const auto to = open_schema(settings.copy_to, settings, rulebook);
  if (!to) return complain(could_not_start, {to.error()});
  std::string told;
  auto told_at = std::chrono::steady_clock::now();
  const auto report = copy_database(
      {**from, **from}, {**to, **to}, [&](const std::string& what, std::int64_t so_far) {
        const auto now = std::chrono::steady_clock::now();
        if (what == told && now - told_at < progress_period) return;
        told = what;
        told_at = now;
        std::cerr << what << ": " << so_far << " …\n";
      });
  if (!report) return complain(could_not_start, {report.error()});
  for (const std::string& finding : report->findings) std::cout << finding << "\n";
  std::cout << report->rows << " rows copied; " << report->cases << " cases and "
            << report->entries << " entries compared, " << report->findings.size()
            << " findings\n";
  return report->findings.empty() ? done : found_wrong;
}

int restore(const Settings& settings) {
  if (settings.words.size() != 2) return complain(unusable, {"restore takes a file"});
  const std::string& path = settings.database.path;
  if (!settings.database.is_file()) {
    return complain(unusable, {"restore makes a file; a server is restored by mariadb-backup"});
  }
  make_folder_of(path);
  const auto restored = persistence::sqlite::restore(settings.words[1], path);
  if (!restored) return complain(could_not_start, {restored.error()});
  std::cout << "Restored " << path << " from " << settings.words[1] << ".\n";
  if (!std::filesystem::exists(settings.key_file)) {
    std::cout << "Its key is not in a backup: put it at " << settings.key_file << ".\n";
  }
  return done;
}

int rebuild(const Settings& settings, const Rulebook& rulebook) {
  if (is_missing(settings.database)) {
    return complain(could_not_start, {"there is no database " + settings.database.path});
  }
  const auto database = open_to_rebuild(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  const auto rebuilt = (*database)->rebuild(Keyring::digests(), [](std::int64_t so_far) {
    std::cerr << so_far << " cases …\n";
  });
  if (!rebuilt) {
    const bool unreadable = rebuilt.error().kind == persistence::StoreErrorKind::invalid;
    return complain(unreadable ? found_wrong : could_not_start, {rebuilt.error().detail});
  }
  std::cout << "Rebuilt " << *rebuilt << " cases from their journals.\n";
  return done;
}

int simulate(const Settings& settings, const Rulebook& rulebook) {
  const auto from = settings.simulated_from;
  const auto to = settings.simulated_to;
  if (settings.simulated_edition.empty() || !from || !to || *to < *from) {
    return complain(unusable, {"simulate takes --edition FILE, --from DATE and a --to DATE that is "
                               "no earlier, e.g. 2026-01-01"});
  }
  const auto edition = edition_to_try(settings.simulated_edition, rulebook);
  if (!edition) return complain(unusable, edition.error());
  const std::string& procedure = settings.simulated_procedure;
  if (!procedure.empty() && procedure != edition->procedure) {
    return complain(unusable, {"the edition is of the procedure " + edition->procedure});
  }
  if (is_missing(settings.database)) {
    return complain(could_not_start, {"there is no database " + settings.database.path});
  }
  const auto database = open_store(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  const auto taken_up = take_up_calendar(**database, rulebook.calendar_in_force());
  if (!taken_up) return complain(could_not_start, {taken_up.error().detail});
  const SimulationScope scope{*edition, *from, *to, now_of(**database)};
  const auto report =
      api::simulate((*database)->cases(), rulebook, scope, [](std::int64_t so_far) {
        std::cerr << so_far << " cases …\n";
      });
  if (!report) return complain(could_not_start, {report.error().detail});
  if (settings.as_json) {
    std::cout << canonical(to_value(*report, scope)) << "\n";
    return done;
  }
  const auto language = settings.speaks_chinese ? http::Language::zh_cn
                                                : http::Language::en;
  print(*report, scope, rulebook.texts(), language, std::cout);
  return done;
}

}  // namespace yimen::api::commands
