#include "api/stores.hpp"

#include <filesystem>
#include <iostream>

#include "api/calendar_in_force.hpp"
#include "persistence/audit_fill.hpp"

namespace yimen::api {

using persistence::Database;

void make_folder_of(const std::string& file) {
  const auto folder = std::filesystem::path(file).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder);
}

Opened<persistence::sqlite::Database> open_file(const DatabaseAddress& address,
                                                const Settings& settings,
                                                const Rulebook& rulebook) {
  make_folder_of(address.path);
  return persistence::sqlite::open({.path = address.path,
                                    .sample = settings.sample,
                                    .jurisdiction = rulebook.organisation().jurisdiction,
                                    .vocabulary = rulebook.vocabulary()});
}

Opened<persistence::mysql::Database> open_schema(const DatabaseAddress& address,
                                                 const Settings& settings,
                                                 const Rulebook& rulebook) {
  return persistence::mysql::open(
      {.server = {address.host, address.port, address.user, address.password, address.schema},
       .sample = settings.sample,
       .jurisdiction = rulebook.organisation().jurisdiction,
       .vocabulary = rulebook.vocabulary()});
}

Opened<Database> open_store(const Settings& settings, const Rulebook& rulebook) {
  const DatabaseAddress& address = settings.database;
  if (address.is_file()) return open_file(address, settings, rulebook);
  return open_schema(address, settings, rulebook);
}

Opened<Database> open_to_rebuild(const Settings& settings, const Rulebook& rulebook) {
  const DatabaseAddress& address = settings.database;
  if (!address.is_file()) return open_schema(address, settings, rulebook);
  return persistence::sqlite::open({.path = address.path,
                                    .jurisdiction = rulebook.organisation().jurisdiction,
                                    .vocabulary = rulebook.vocabulary(),
                                    .rebuilds = true});
}

Opened<Database> open_database(const Settings& settings, const Rulebook& rulebook) {
  auto database = open_store(settings, rulebook);
  if (!database) return database;
  for (const auto& kept : rulebook.edition_bytes()) {
    const auto done = (*database)->keep_edition(kept.digest, kept.procedure, kept.bytes);
    if (!done) return refuse("the edition cannot be kept: " + done.error().detail);
  }
  const auto done =
      settle_calendar(**database, rulebook.calendar_in_force());
  if (!done) return refuse("the calendar cannot be kept: " + done.error().detail);
  const auto filled = persistence::fill_audit(**database, [](std::int64_t so_far) {
    std::cerr << "reading journals for the audit: " << so_far << " cases …\n";
  });
  if (!filled) return refuse("the audit cannot be filled: " + filled.error().detail);
  return database;
}

Result<Keyring, std::string> open_keyring(const Settings& settings, Database& database) {
  const std::string name = "key_fingerprint";
  const auto known = database.setting(name);
  if (!known) return refuse("the database's settings cannot be read: " + known.error().detail);
  if (!known->empty() && !std::filesystem::exists(settings.key_file)) {
    return refuse("the key file " + settings.key_file +
                  " is missing, and this database has been sealed with it");
  }
  make_folder_of(settings.key_file);
  auto keyring = Keyring::open(settings.key_file);
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

}  // namespace yimen::api
