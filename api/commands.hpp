// What the program does besides serving. Each command tells its result on standard output, its
// progress and what is wrong on standard error, and answers the program's exit status.
#pragma once

#include <string>
#include <vector>

#include "api/audit_commands.hpp"
#include "api/rulebook.hpp"
#include "api/settings.hpp"

namespace yimen::api::commands {

enum Exit { done = 0, found_wrong = 1, unusable = 2, could_not_start = 3 };

// Each line goes to standard error.
[[nodiscard]] int complain(Exit status, const std::vector<std::string>& lines);

[[nodiscard]] int migrate(const Settings& settings, const Rulebook& rulebook);

using Audit = decltype(verify)*;
[[nodiscard]] int audit(const Settings& settings, const Rulebook& rulebook, Audit examine);

[[nodiscard]] int add_user(const Settings& settings, const Rulebook& rulebook);

// Beside a running server too, so without its lock.
[[nodiscard]] int backup(const Settings& settings);
[[nodiscard]] int restore(const Settings& settings);
[[nodiscard]] int rebuild(const Settings& settings, const Rulebook& rulebook);

// From a file that no server works on to an empty schema.
[[nodiscard]] int copy(const Settings& settings, const Rulebook& rulebook);

// Changes nothing: the store is opened and neither definitions nor keys are settled in it.
[[nodiscard]] int simulate(const Settings& settings, const Rulebook& rulebook);

}  // namespace yimen::api::commands
