#include "persistence/migration.hpp"

#include <algorithm>

namespace yimen::persistence {

std::string mismatch(const std::vector<AppliedMigration>& applied,
                     const std::vector<Migration>& known) {
  for (const AppliedMigration& each : applied) {
    if (each.version > known.back().version) {
      return "The database was made by a newer Yimen (it has migration " + each.name +
             ", this program ends at " + known.back().name + "): start the newer program.";
    }
    const auto match = std::ranges::find(known, each.version, &Migration::version);
    if (match == known.end() || match->checksum != each.checksum) {
      return "Migration " + each.name +
             " is not the one that was applied to this database: use the program's original "
             "files, and put changes into a new migration.";
    }
  }
  return {};
}

std::vector<const Migration*> missing_migrations(const std::vector<AppliedMigration>& applied,
                                                 const std::vector<Migration>& known) {
  std::vector<const Migration*> missing;
  for (const Migration& migration : known) {
    const auto match = std::ranges::find(applied, migration.version, &AppliedMigration::version);
    if (match == applied.end()) missing.push_back(&migration);
  }
  return missing;
}

}  // namespace yimen::persistence
