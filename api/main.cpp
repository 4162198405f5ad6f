// The program: reads its settings, builds the object graph, runs one command.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "api/audit_commands.hpp"
#include "api/audit_log.hpp"
#include "api/bootstrap.hpp"
#include "api/copy_database.hpp"
#include "api/descriptions.hpp"
#include "api/http/server.hpp"
#include "api/log.hpp"
#include "api/program.hpp"
#include "api/resources/console.hpp"
#include "api/scratch_folder.hpp"
#include "api/settings.hpp"
#include "api/simulation_report.hpp"
#include "api/version.hpp"
#include "api/workers/mailer.hpp"
#include "api/workers/smtp_mail.hpp"
#include "persistence/audit_fill.hpp"
#include "persistence/mysql/database.hpp"
#include "persistence/sqlite/backup.hpp"
#include "persistence/sqlite/database.hpp"

extern char** environ;  // NOLINT: POSIX

namespace {

using namespace yimen;
using persistence::Database;

enum Exit { done = 0, found_wrong = 1, unusable = 2, could_not_start = 3 };

constexpr std::chrono::seconds grace{10};
constexpr std::chrono::seconds progress_period{1};

int complain(Exit status, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) std::cerr << "yimen: " << line << "\n";
  return status;
}

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const auto equals = text.find('=');
    if (equals != std::string::npos) variables[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return variables;
}

// The folder that was named, or ./definitions, or the one beside the build that this program is of.
std::string definitions_folder(const api::Settings& settings) {
  if (!settings.definitions.empty()) return settings.definitions;
  if (std::filesystem::exists("definitions/texts")) return "definitions";
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / "../../definitions").lexically_normal().string();
}

// None where no folder was named and none was built: the API does without.
Result<std::unique_ptr<api::resources::Console>, std::string> open_console(
    const api::Settings& settings) {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string beside = (program.parent_path() / "console").string();
  if (settings.console.empty() && !std::filesystem::exists(beside)) return nullptr;
  auto files = api::ConsoleFiles::load(settings.console.empty() ? beside : settings.console);
  if (!files) return refuse(std::move(files.error()));
  return std::make_unique<api::resources::Console>(std::move(*files));
}

// By default everything lies under ./var, which a first start finds missing.
void make_folder_of(const std::string& file) {
  const auto folder = std::filesystem::path(file).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder);
}

// The one place where stores are made.
auto open_file(const api::DatabaseAddress& address, const api::Settings& settings,
               const api::Rulebook& rulebook) {
  make_folder_of(address.path);
  return persistence::sqlite::open({.path = address.path,
                                    .sample = settings.sample,
                                    .jurisdiction = rulebook.organisation().jurisdiction,
                                    .vocabulary = rulebook.vocabulary()});
}

auto open_schema(const api::DatabaseAddress& address, const api::Settings& settings,
                 const api::Rulebook& rulebook) {
  return persistence::mysql::open(
      {.server = {address.host, address.port, address.user, address.password, address.schema},
       .sample = settings.sample,
       .jurisdiction = rulebook.organisation().jurisdiction,
       .vocabulary = rulebook.vocabulary()});
}

Result<std::unique_ptr<Database>, std::string> open_store(const api::Settings& settings,
                                                          const api::Rulebook& rulebook) {
  const api::DatabaseAddress& address = settings.database;
  if (address.is_file()) return open_file(address, settings, rulebook);
  return open_schema(address, settings, rulebook);
}

Result<std::unique_ptr<Database>, std::string> open_database(const api::Settings& settings,
                                                             const api::Rulebook& rulebook) {
  auto database = open_store(settings, rulebook);
  if (!database) return database;
  for (const auto& kept : rulebook.edition_bytes()) {
    const auto done = (*database)->keep_edition(kept.digest, kept.procedure, kept.bytes);
    if (!done) return refuse("the edition cannot be kept: " + done.error().detail);
  }
  const auto done =
      api::settle_calendar(**database, rulebook.calendar_in_force());
  if (!done) return refuse("the calendar cannot be kept: " + done.error().detail);
  const auto filled = persistence::fill_audit(**database, [](std::int64_t so_far) {
    std::cerr << "reading journals for the audit: " << so_far << " cases …\n";
  });
  if (!filled) return refuse("the audit cannot be filled: " + filled.error().detail);
  return database;
}

// The key that the database was begun with: another one, or a new one where the file was lost,
// would seal new values and leave the old ones closed.
Result<api::Keyring, std::string> open_keyring(const api::Settings& settings, Database& database) {
  const std::string name = "key_fingerprint";
  const auto known = database.setting(name);
  if (!known) return refuse("the database's settings cannot be read: " + known.error().detail);
  if (!known->empty() && !std::filesystem::exists(settings.key_file)) {
    return refuse("the key file " + settings.key_file +
                  " is missing, and this database has been sealed with it");
  }
  make_folder_of(settings.key_file);
  auto keyring = api::Keyring::open(settings.key_file);
  if (!keyring) return keyring;
  const std::string own = keyring->fingerprint();
  if (!known->empty() && *known != own) {
    return refuse("the key file " + settings.key_file + " is not this database's");
  }
  if (!known->empty()) return keyring;
  const auto kept = database.change_setting(name, "", own);
  if (kept) return keyring;
  // Another process has begun the database meanwhile, and it is to be seen with which key.
  if (kept.error().kind == persistence::StoreErrorKind::conflict) {
    return open_keyring(settings, database);
  }
  return refuse("the key cannot be noted: " + kept.error().detail);
}

// ---- commands -----------------------------------------------------------------------------------

// Blocks the signals that end the program, before any thread is made, so that all inherit it.
sigset_t stopping_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

api::http::ServerSettings server_settings(const api::Settings& settings,
                                          api::Resources& resources) {
  api::http::ServerSettings server;
  server.host = settings.listen_host;
  server.port = settings.listen_port;
  server.allowed_hosts = settings.allowed_hosts;
  server.behind_proxy = settings.behind_proxy;
  server.answered = [&](const auto& request, const auto& response, auto duration) {
    resources.answered(request, response, duration);
    api::log(api::LogLevel::info, "answered",
             {{"method", request.method},
              {"path", request.path},
              {"status", response.status},
              {"microseconds", std::int64_t{duration.count()}},
              {"account", request.principal ? request.principal->account : ""},
              {"trace_id", request.trace_id}});
  };
  server.defect = [](std::string_view trace_id, std::string_view what) {
    api::log(api::LogLevel::error, "defect", {{"trace_id", trace_id}, {"what", what}});
  };
  return server;
}

int serve(const api::Settings& settings, const api::Rulebook& rulebook) {
  const sigset_t signals = stopping_signals();
  auto database = open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  const auto keyring = open_keyring(settings, **database);
  if (!keyring) return complain(could_not_start, {keyring.error()});
  const std::string audit_file = settings.database.beside() + ".audit.log";
  make_folder_of(audit_file);
  auto audit_log = api::AuditFile::open(audit_file);
  if (!audit_log) return complain(could_not_start, {audit_log.error()});
  const auto console = open_console(settings);
  if (!console) return complain(could_not_start, {console.error()});
  std::optional<api::SmtpMail> mail;
  if (!settings.mail_host.empty()) {
    mail.emplace(api::SmtpSettings{settings.mail_host, settings.mail_port, settings.mail_from,
                                   settings.mailboxes});
  }
  api::Program program(**database, rulebook, *keyring, **audit_log, settings.behind_proxy,
                       *console ? (*console)->routes() : std::vector<api::http::Route>{},
                       mail ? &*mail : nullptr);

  auto server = api::http::Server::start(program.router,
                                         server_settings(settings, program.resources));
  if (!server) return complain(could_not_start, {server.error()});
  program.resources.watch(server->get());
  program.workers.start();
  program.feed.start();
  std::optional<api::Mailer> mailer;
  if (mail) {
    mailer.emplace((*database)->notifications(), rulebook.texts(), *mail, program.workers);
    mailer->start();
  }
  std::cout << "yimen listens at http://"
            << api::http::host_and_port(settings.listen_host, (*server)->port()) << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  program.resources.stop_being_ready();
  if (mailer) mailer->stop();
  program.workers.stop();
  program.feed.stop();
  const bool all_finished = (*server)->stop(grace);
  api::log(api::LogLevel::info, "stopped", {{"cut", !all_finished}});
  return done;
}

using Describe = decltype(&api::print_routes);

// Needs all routes, but no casework: they stand on an empty database of their own.
int describe(api::Settings settings, const api::Rulebook& rulebook, Describe print) {
  const api::ScratchFolder folder;
  settings.database = {.path = folder.file("empty.db")};
  const auto keyring = api::Keyring::open(folder.file("key"));
  if (!keyring) return complain(could_not_start, {keyring.error()});
  auto database = open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  auto audit_log = api::AuditFile::open(folder.file("audit.log"));
  if (!audit_log) return complain(could_not_start, {audit_log.error()});
  const api::Program program(**database, rulebook, *keyring, **audit_log, false);
  return print(program.router.routes(), rulebook, std::cout);
}

int migrate(const api::Settings& settings, const api::Rulebook& rulebook) {
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

// A file that is not there, and would be made.
bool is_missing(const api::DatabaseAddress& address) {
  return address.is_file() && !std::filesystem::exists(address.path);
}

using Audit = decltype(api::verify)*;

int audit(const api::Settings& settings, const api::Rulebook& rulebook, Audit examine) {
  if (is_missing(settings.database)) {
    return complain(could_not_start, {"there is no database " + settings.database.path});
  }
  auto database = open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  const auto report = examine((*database)->cases(), [](const api::AuditReport& so_far) {
    std::cerr << so_far.cases << " cases, " << so_far.entries << " entries …\n";
  });
  if (!report) return complain(could_not_start, {report.error().detail});
  for (const std::string& finding : report->findings) std::cout << finding << "\n";
  std::cout << report->cases << " cases, " << report->entries << " entries, "
            << report->findings.size() << " findings\n";
  return report->findings.empty() ? done : found_wrong;
}

int add_user(const api::Settings& settings, const api::Rulebook& rulebook) {
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

// Beside a running server too, so without its lock.
int backup(const api::Settings& settings) {
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

// From a file that no server works on to an empty schema.
int copy(const api::Settings& settings, const api::Rulebook& rulebook) {
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
  const auto report = api::copy_database(
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

int restore(const api::Settings& settings) {
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

int rebuild(const api::Settings& settings, const api::Rulebook& rulebook) {
  const std::string& path = settings.database.path;
  if (!settings.database.is_file()) {
    return complain(unusable, {"rebuild works on a file; copy --from and --to moves it"});
  }
  if (is_missing(settings.database)) {
    return complain(could_not_start, {"there is no database " + path});
  }
  const auto database =
      persistence::sqlite::open({.path = path,
                                 .jurisdiction = rulebook.organisation().jurisdiction,
                                 .vocabulary = rulebook.vocabulary(),
                                 .rebuilds = true});
  if (!database) return complain(could_not_start, {database.error()});
  const auto rebuilt = (*database)->rebuild(api::Keyring::digests(), [](std::int64_t so_far) {
    std::cerr << so_far << " cases …\n";
  });
  if (!rebuilt) {
    const bool unreadable = rebuilt.error().kind == persistence::StoreErrorKind::invalid;
    return complain(unreadable ? found_wrong : could_not_start, {rebuilt.error().detail});
  }
  std::cout << "Rebuilt " << *rebuilt << " cases from their journals.\n";
  return done;
}

workflow::Instant now_of(Database& database) {
  const auto real_now = api::SystemClock().now();
  if (!database.is_sample()) return real_now;
  const auto kept = database.setting("sample_now");
  const auto sample_now = kept ? workflow::instant_from(*kept) : std::nullopt;
  return sample_now.value_or(real_now);
}

// Changes nothing: the store is opened and neither definitions nor keys are settled in it.
int simulate(const api::Settings& settings, const api::Rulebook& rulebook) {
  const auto from = settings.simulated_from;
  const auto to = settings.simulated_to;
  if (settings.simulated_edition.empty() || !from || !to || *to < *from) {
    return complain(unusable, {"simulate takes --edition FILE, --from DATE and a --to DATE that is "
                               "no earlier, e.g. 2026-01-01"});
  }
  const auto edition = api::edition_to_try(settings.simulated_edition, rulebook);
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
  const auto taken_up = api::take_up_calendar(**database, rulebook.calendar_in_force());
  if (!taken_up) return complain(could_not_start, {taken_up.error().detail});
  const api::SimulationScope scope{*edition, *from, *to, now_of(**database)};
  const auto report =
      api::simulate((*database)->cases(), rulebook, scope, [](std::int64_t so_far) {
        std::cerr << so_far << " cases …\n";
      });
  if (!report) return complain(could_not_start, {report.error().detail});
  if (settings.as_json) {
    std::cout << canonical(to_value(*report, scope)) << "\n";
    return done;
  }
  const auto language = settings.speaks_chinese ? api::http::Language::zh_cn
                                                : api::http::Language::en;
  print(*report, scope, rulebook.texts(), language, std::cout);
  return done;
}

int run(const api::Settings& settings) {
  if (settings.asks_version) {
    std::cout << "yimen " << api::version << "\n";
    return done;
  }
  const std::string command = settings.words.empty() ? "" : settings.words.front();
  const bool two_words = settings.words.size() > 1;
  if (settings.asks_help || command.empty()) {
    std::cout << api::usage();
    return settings.asks_help ? done : unusable;
  }
  const bool checks = command == "definitions" && two_words && settings.words[1] == "check";
  const std::string folder = checks && settings.words.size() > 2 ? settings.words[2]
                                                                 : definitions_folder(settings);
  const auto rulebook = api::Rulebook::load(folder);
  if (!rulebook) return complain(checks ? found_wrong : could_not_start, rulebook.error());
  if (checks) {
    std::cout << "The definitions in " << folder << " hold together.\n";
    return done;
  }
  if (command == "serve") return serve(settings, *rulebook);
  if (command == "migrate") return migrate(settings, *rulebook);
  if (command == "verify") return audit(settings, *rulebook, api::verify);
  if (command == "replay-check") return audit(settings, *rulebook, api::replay_check);
  if (command == "routes") return describe(settings, *rulebook, api::print_routes);
  if (command == "openapi") return describe(settings, *rulebook, api::print_openapi);
  if (command == "backup") return backup(settings);
  if (command == "copy") return copy(settings, *rulebook);
  if (command == "restore") return restore(settings);
  if (command == "rebuild") return rebuild(settings, *rulebook);
  if (command == "simulate") return simulate(settings, *rulebook);
  if (command == "user" && two_words && settings.words[1] == "add") {
    return add_user(settings, *rulebook);
  }
  return complain(unusable, {"there is no command " + command + "; yimen --help lists them"});
}

}  // namespace

int main(int count, char** words) {
  const auto settings =
      yimen::api::read_settings({words + 1, words + count}, environment());
  if (!settings) return complain(unusable, settings.error());
  try {
    return run(*settings);
  } catch (const std::exception& exception) {
    return complain(could_not_start, {exception.what()});
  }
}
