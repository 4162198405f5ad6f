// Opens the database that the settings name. Here, in the commands that need to know its kind, and
// nowhere else is it known which stores there are. Refusals are sentences for the operator.
#pragma once

#include <memory>
#include <string>

#include "api/keyring.hpp"
#include "api/rulebook.hpp"
#include "api/settings.hpp"
#include "persistence/mysql/database.hpp"
#include "persistence/sqlite/database.hpp"
#include "workflow/result.hpp"

namespace yimen::api {

template <class Store>
using Opened = Result<std::unique_ptr<Store>, std::string>;

// By default everything lies under ./var, which a first start finds missing.
void make_folder_of(const std::string& file);

// Brought up to date in its schema, and no more.
[[nodiscard]] Opened<persistence::sqlite::Database> open_file(const DatabaseAddress& address,
                                                              const Settings& settings,
                                                              const Rulebook& rulebook);
[[nodiscard]] Opened<persistence::mysql::Database> open_schema(const DatabaseAddress& address,
                                                               const Settings& settings,
                                                               const Rulebook& rulebook);
[[nodiscard]] Opened<persistence::Database> open_store(const Settings& settings,
                                                       const Rulebook& rulebook);

// Also where a rebuild was interrupted.
[[nodiscard]] Opened<persistence::Database> open_to_rebuild(const Settings& settings,
                                                            const Rulebook& rulebook);

// With definitions and calendar kept in it, and its audit filled.
[[nodiscard]] Opened<persistence::Database> open_database(const Settings& settings,
                                                          const Rulebook& rulebook);

// The key that the database was begun with: another one, or a new one where the file was lost,
// would seal new values and leave the old ones closed.
[[nodiscard]] Result<Keyring, std::string> open_keyring(const Settings& settings,
                                                        persistence::Database& database);

}  // namespace yimen::api
