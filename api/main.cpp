// The program: reads its settings, builds the object graph, runs one command.
#include <csignal>
#include <filesystem>
#include <iostream>

#include "api/audit_log.hpp"
#include "api/commands.hpp"
#include "api/descriptions.hpp"
#include "api/http/server.hpp"
#include "api/log.hpp"
#include "api/program.hpp"
#include "api/resources/console.hpp"
#include "api/scratch_folder.hpp"
#include "api/stores.hpp"
#include "api/version.hpp"
#include "api/workers/mailer.hpp"
#include "api/workers/smtp_mail.hpp"

extern char** environ;  // NOLINT: POSIX

namespace {

using namespace yimen;
namespace commands = api::commands;
using namespace commands;

constexpr std::chrono::seconds grace{10};

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
  auto database = api::open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  const auto keyring = api::open_keyring(settings, **database);
  if (!keyring) return complain(could_not_start, {keyring.error()});
  const std::string audit_file = settings.database.beside() + ".audit.log";
  api::make_folder_of(audit_file);
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
  auto database = api::open_database(settings, rulebook);
  if (!database) return complain(could_not_start, {database.error()});
  auto audit_log = api::AuditFile::open(folder.file("audit.log"));
  if (!audit_log) return complain(could_not_start, {audit_log.error()});
  const api::Program program(**database, rulebook, *keyring, **audit_log, false);
  return print(program.router.routes(), rulebook, std::cout);
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
  if (command == "migrate") return commands::migrate(settings, *rulebook);
  if (command == "verify") return commands::audit(settings, *rulebook, api::verify);
  if (command == "replay-check") return commands::audit(settings, *rulebook, api::replay_check);
  if (command == "routes") return describe(settings, *rulebook, api::print_routes);
  if (command == "openapi") return describe(settings, *rulebook, api::print_openapi);
  if (command == "backup") return commands::backup(settings);
  if (command == "copy") return commands::copy(settings, *rulebook);
  if (command == "restore") return commands::restore(settings);
  if (command == "rebuild") return commands::rebuild(settings, *rulebook);
  if (command == "simulate") return commands::simulate(settings, *rulebook);
  if (command == "user" && two_words && settings.words[1] == "add") {
    return commands::add_user(settings, *rulebook);
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
