// Users made from the command line: the first administrator, before anybody can log in.
#pragma once

#include <string>
#include <vector>

#include "definitions/organisation.hpp"
#include "persistence/store.hpp"

namespace yimen::api {

struct NewUser {
  std::string name;
  std::string display_name;        // the name where empty
  std::vector<std::string> posts;  // POST@UNIT each
  std::string password;
  bool must_change_password = true;  // at the first log-in
};

// The id of the new account. The refusal is a sentence naming everything that is wrong.
[[nodiscard]] Result<std::string, std::string> add_user(
    persistence::Database& database, const definitions::Organisation& organisation,
    const NewUser& user);

}  // namespace yimen::api
