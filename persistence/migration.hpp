// Numbered, forward-only migrations, embedded at build. What was applied is recorded with its
// checksum; a database that does not match this program's list is refused.
#pragma once

#include <string>
#include <vector>

namespace yimen::persistence {

struct Migration {
  int version = 0;
  std::string name;
  std::string checksum;  // SHA-256 of the text, hexadecimal
  std::string text;
};

struct AppliedMigration {
  int version = 0;
  std::string name;
  std::string checksum;
};

// Why a database with these migrations is not for a program that knows those, 1, 2, 3 …; a
// sentence, empty where all is well.
[[nodiscard]] std::string mismatch(const std::vector<AppliedMigration>& applied,
                                   const std::vector<Migration>& known);
// Those that the database lacks.
[[nodiscard]] std::vector<const Migration*> missing_migrations(
    const std::vector<AppliedMigration>& applied, const std::vector<Migration>& known);

}  // namespace yimen::persistence
