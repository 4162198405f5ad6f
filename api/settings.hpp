// What the program is told: flags win over the environment (YIMEN_…), which wins over the settings
// file. Everything that is wrong is named at once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/database_address.hpp"
#include "workflow/result.hpp"
#include "workflow/time.hpp"

namespace yimen::api {

struct Settings {
  std::vector<std::string> words;  // the command and its operands: "user add NAME"
  std::string listen_host = "127.0.0.1";
  std::uint16_t listen_port = 8080;
  DatabaseAddress database{.path = "var/yimen.db"};
  std::string database_password_file;
  DatabaseAddress copy_from, copy_to;
  std::string simulated_edition;                        // simulate: file
  std::string simulated_procedure;                      // empty: the edition's
  std::optional<workflow::CivilDate> simulated_from, simulated_to;
  bool as_json = false;         // simulate: prints a JSON value
  bool speaks_chinese = false;  // by the environment's LC_ALL, LC_MESSAGES or LANG
  std::string definitions;  // folder
  std::string console;      // folder of the built console; beside the program where not named
  std::string key_file;     // beside the database where not named
  std::vector<std::string> allowed_hosts;
  bool behind_proxy = false;
  bool sample = false;          // migrate: makes a sample database
  std::string sample_at;        // migrate --sample: where its clock starts, RFC 3339
  std::vector<std::string> posts;  // user add: POST@UNIT, repeated
  std::string password_file;
  bool password_is_final = false;  // user add: need not be changed at the first log-in
  std::string mail_host;        // SMTP; no mail where not named
  std::uint16_t mail_port = 25;
  std::string mail_from;
  std::map<std::string, std::string> mailboxes;  // @UNIT or POST@UNIT -> mailbox
  bool asks_version = false;
  bool asks_help = false;
};

// `environment` holds what the process was given; `arguments` without the program's name.
[[nodiscard]] Result<Settings, std::vector<std::string>> read_settings(
    const std::vector<std::string>& arguments,
    const std::map<std::string, std::string>& environment);

[[nodiscard]] std::string usage();

}  // namespace yimen::api
