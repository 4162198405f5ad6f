#include "api/settings.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "workflow/time.hpp"
#include "workflow/value.hpp"

namespace yimen::api {

namespace {

using Lines = std::vector<std::string>;

// One setting: how it is spelt, whether it takes a value, and what it does; a sentence on refusal.
struct Flag {
  std::string_view name;
  bool takes_value;
  std::function<std::string(Settings&, const std::string&)> set;
};

std::string set_listen(Settings& settings, const std::string& text) {
  const auto colon = text.rfind(':');
  const std::string_view port = std::string_view(text).substr(colon + 1);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool whole = error == std::errc{} && end == port.data() + port.size() && !port.empty();
  if (colon == std::string::npos || colon == 0 || !whole || number > 65535) {
    return "listen takes HOST:PORT, e.g. 127.0.0.1:8080";
  }
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  settings.listen_host = std::move(host);
  settings.listen_port = static_cast<std::uint16_t>(number);
  return {};
}

using AddressMember = DatabaseAddress Settings::*;

template <AddressMember member>
std::string set_address(Settings& settings, const std::string& text) {
  auto address = database_address_from(text);
  if (!address) return address.error();
  settings.*member = std::move(*address);
  return {};
}

using DayMember = std::optional<workflow::CivilDate> Settings::*;

// --from and --to are databases for copy and days for simulate.
template <AddressMember address, DayMember day>
std::string set_address_or_day(Settings& settings, const std::string& text) {
  settings.*day = workflow::civil_date_from(text);
  return settings.*day ? std::string() : set_address<address>(settings, text);
}

std::string set_mail_server(Settings& settings, const std::string& text) {
  Settings read;
  if (!set_listen(read, text).empty()) return "mail-server takes HOST:PORT, e.g. 127.0.0.1:25";
  settings.mail_host = read.listen_host;
  settings.mail_port = read.listen_port;
  return {};
}

// ADDRESS=MAILBOX with commas between, the address of a unit (@UNIT) or of a post (POST@UNIT).
std::string set_mailbox(Settings& settings, const std::string& text) {
  std::istringstream items(text);
  for (std::string item; std::getline(items, item, ',');) {
    const auto equals = item.find('=');
    const std::string address = item.substr(0, equals);
    const bool is_whole = equals != std::string::npos && address.find('@') != std::string::npos &&
                          item.find('@', equals) != std::string::npos;
    if (!is_whole) return "mailbox takes @UNIT=MAILBOX or POST@UNIT=MAILBOX, with commas between";
    settings.mailboxes[address] = item.substr(equals + 1);
  }
  return {};
}

std::string set_sample_at(Settings& settings, const std::string& text) {
  if (!workflow::instant_from(text)) return "sample-at takes an instant, e.g. 2026-03-02T01:00:00Z";
  settings.sample_at = text;
  return {};
}

std::string set_behind_proxy(Settings& settings, const std::string& text) {
  if (!text.empty() && text != "true" && text != "false") return "behind-proxy takes true or false";
  settings.behind_proxy = text != "false";
  return {};
}

const std::vector<Flag>& flags() {
  static const std::vector<Flag> all{
      {"listen", true, set_listen},
      {"database", true, set_address<&Settings::database>},
      {"from", true, set_address_or_day<&Settings::copy_from, &Settings::simulated_from>},
      {"to", true, set_address_or_day<&Settings::copy_to, &Settings::simulated_to>},
      {"edition", true,
       [](Settings& settings, const std::string& text) {
         settings.simulated_edition = text;
         return std::string();
       }},
      {"procedure", true,
       [](Settings& settings, const std::string& text) {
         settings.simulated_procedure = text;
         return std::string();
       }},
      {"json", false,
       [](Settings& settings, const std::string&) {
         settings.as_json = true;
         return std::string();
       }},
      {"database-password-file", true,
       [](Settings& settings, const std::string& text) {
         settings.database_password_file = text;
         return std::string();
       }},
      {"definitions", true,
       [](Settings& settings, const std::string& text) {
         settings.definitions = text;
         return std::string();
       }},
      {"console", true,
       [](Settings& settings, const std::string& text) {
         settings.console = text;
         return std::string();
       }},
      {"key-file", true,
       [](Settings& settings, const std::string& text) {
         settings.key_file = text;
         return std::string();
       }},
      {"allowed-host", true,
       [](Settings& settings, const std::string& text) {
         settings.allowed_hosts.push_back(text);
         return std::string();
       }},
      {"behind-proxy", false, set_behind_proxy},
      {"sample", false,
       [](Settings& settings, const std::string&) {
         settings.sample = true;
         return std::string();
       }},
      {"sample-at", true, set_sample_at},
      {"post", true,
       [](Settings& settings, const std::string& text) {
         settings.posts.push_back(text);
         return std::string();
       }},
      {"mail-server", true, set_mail_server},
      {"mail-from", true,
       [](Settings& settings, const std::string& text) {
         settings.mail_from = text;
         return std::string();
       }},
      {"mailbox", true, set_mailbox},
      {"password-file", true,
       [](Settings& settings, const std::string& text) {
         settings.password_file = text;
         return std::string();
       }},
      {"password-is-final", false,
       [](Settings& settings, const std::string&) {
         settings.password_is_final = true;
         return std::string();
       }},
      {"version", false,
       [](Settings& settings, const std::string&) {
         settings.asks_version = true;
         return std::string();
       }},
      {"help", false,
       [](Settings& settings, const std::string&) {
         settings.asks_help = true;
         return std::string();
       }}};
  return all;
}

const Flag* flag_named(std::string_view name) {
  const auto found = std::find_if(flags().begin(), flags().end(),
                                  [&](const Flag& flag) { return flag.name == name; });
  return found != flags().end() ? &*found : nullptr;
}

void set(Settings& settings, const Flag& flag, const std::string& text, std::string_view where,
         Lines& wrong) {
  const std::string refusal = flag.set(settings, text);
  if (!refusal.empty()) wrong.push_back(std::string(where) + ": " + refusal);
}

// The file is one JSON object with the flags' names as members, all values strings.
void read_file(Settings& settings, const std::string& path, Lines& wrong) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  const auto value = workflow::parse(text.str());
  if (!file || !value || !value->is_object()) {
    wrong.push_back("settings file " + path + ": cannot be read as a JSON object");
    return;
  }
  for (const auto& [name, member] : value->members()) {
    const Flag* flag = flag_named(name);
    if (flag == nullptr || !member.is_string()) {
      wrong.push_back("settings file " + path + ": " + name +
                      (flag == nullptr ? " is not a setting" : " must be a string"));
      continue;
    }
    set(settings, *flag, member.text(), "settings file " + path, wrong);
  }
}

std::string environment_name(std::string_view flag) {
  std::string name = "YIMEN_";
  for (const char letter : flag) {
    name.push_back(letter == '-' ? '_' : static_cast<char>(std::toupper(letter)));
  }
  return name;
}

// Splits "--name=value" and "--name value"; words that are no flags are the command.
void read_arguments(Settings& settings, const Lines& arguments, Lines& wrong) {
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    const std::string& word = arguments[index];
    if (!word.starts_with("--")) {
      settings.words.push_back(word);
      continue;
    }
    const auto equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    const Flag* flag = flag_named(name);
    if (flag == nullptr && name != "settings") {
      wrong.push_back("--" + name + " is not a flag of this program");
      continue;
    }
    std::string value;
    const bool takes_value = flag == nullptr || flag->takes_value;
    if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (takes_value) {
      if (index + 1 == arguments.size()) {
        wrong.push_back("--" + name + " takes a value");
        continue;
      }
      value = arguments[++index];
    }
    if (flag != nullptr) set(settings, *flag, value, "--" + name, wrong);
  }
}

std::string settings_file_of(const Lines& arguments) {
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    if (arguments[index].starts_with("--settings=")) return arguments[index].substr(11);
    if (arguments[index] == "--settings" && index + 1 < arguments.size()) {
      return arguments[index + 1];
    }
  }
  return {};
}

// A server's password comes from a file, or from the environment, which others cannot read.
void read_password(Settings& settings, const std::map<std::string, std::string>& environment,
                   Lines& wrong) {
  std::string password;
  const auto given = environment.find("YIMEN_DATABASE_PASSWORD");
  if (given != environment.end()) password = given->second;
  if (!settings.database_password_file.empty()) {
    std::ifstream file(settings.database_password_file);
    if (!std::getline(file, password)) {
      wrong.push_back("database-password-file " + settings.database_password_file +
                      ": cannot be read");
    }
  }
  settings.database.password = password;
  settings.copy_to.password = password;
}

// The first that is set says it, as for every program.
bool speaks_chinese(const std::map<std::string, std::string>& environment) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) {
      return found->second.starts_with("zh");
    }
  }
  return false;
}

}  // namespace

Result<Settings, Lines> read_settings(const Lines& arguments,
                                      const std::map<std::string, std::string>& environment) {
  Settings settings;
  Lines wrong;
  std::string file = settings_file_of(arguments);
  const auto named = environment.find("YIMEN_SETTINGS");
  if (file.empty() && named != environment.end()) file = named->second;
  if (!file.empty()) read_file(settings, file, wrong);
  for (const Flag& flag : flags()) {
    const auto found = environment.find(environment_name(flag.name));
    if (found != environment.end()) {
      set(settings, flag, found->second, found->first, wrong);
    }
  }
  read_arguments(settings, arguments, wrong);
  settings.speaks_chinese = speaks_chinese(environment);
  read_password(settings, environment, wrong);
  if (!settings.mail_host.empty() && settings.mail_from.find('@') == std::string::npos) {
    wrong.push_back("mail-server needs mail-from, the mailbox that mail comes from");
  }
  if (!wrong.empty()) return refuse(std::move(wrong));
  if (settings.key_file.empty()) settings.key_file = settings.database.beside() + ".key";
  return settings;
}

std::string usage() {
  return R"(yimen: proactive assistance casework

  yimen serve          [--listen HOST:PORT] [--database DATABASE] [--definitions DIR]
                       [--key-file FILE] [--settings FILE] [--behind-proxy] [--allowed-host HOST]
                       [--console DIR] [--mail-server HOST:PORT --mail-from MAILBOX]
                       [--mailbox @UNIT=MAILBOX,POST@UNIT=MAILBOX …]
  yimen migrate        [--database …] [--sample [--sample-at INSTANT]]
  yimen verify         [--database …]   every chain of every case
  yimen replay-check   [--database …]   every case against its journal
  yimen rebuild        [--database …]   every table of cases again, from the journal alone
  yimen backup FILE    [--database …]   while the server runs or not
  yimen simulate       --edition FILE --from DATE --to DATE [--procedure NAME] [--json]
                       [--database …]   cases opened then, under the deadlines of that edition
  yimen copy           --from sqlite:PATH --to mysql://…   a whole township, verified at the end
  yimen restore FILE   [--database …]   a backup, to where there is no database
  yimen user add NAME  --post POST@UNIT … --password-file FILE [--password-is-final]
  yimen definitions check [DIR]
  yimen routes                          every route: method, path, access, name, summary
  yimen openapi                         the OpenAPI document that /v1/openapi.json serves
  yimen --version

DATABASE is sqlite:PATH, or mysql://USER@HOST[:PORT]/NAME with the password in the first line of
--database-password-file FILE or in YIMEN_DATABASE_PASSWORD.

Exit status: 0 done, 1 found wrong, 2 unusable arguments or settings, 3 could not start.
)";
}

}  // namespace yimen::api
