// The embedded store: one file, one process, no other server.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "persistence/projection.hpp"
#include "persistence/store.hpp"
#include "persistence/transfer.hpp"

namespace yimen::persistence::sqlite {

struct Options {
  std::string path;
  bool sample = false;  // marks a database that is made now, for training, samples and tests
  int readers = 4;
  std::string jurisdiction;  // a database belongs to one, from its making on
  std::vector<StateWord> vocabulary;
  bool rebuilds = false;  // opens it although a rebuild was interrupted
};

class Database : public persistence::Database, public TableSource {
 public:
  // Copies the whole database, as it stands now, into a new file while everybody goes on working.
  // The refusal is a sentence; then there is no new file.
  [[nodiscard]] virtual Result<void, std::string> backup(const std::string& to) = 0;
  // What SQLite finds wrong with pages, indexes and references; empty for a sound database.
  [[nodiscard]] virtual Result<std::vector<std::string>, StoreError> integrity_check() = 0;
};

// Takes the lock, applies missing migrations, seeds the vocabulary and starts the writer. The
// refusal is a sentence for whoever started the program.
[[nodiscard]] Result<std::unique_ptr<Database>, std::string> open(const Options& options);

// Only the migrations; answers the names of those that were missing.
[[nodiscard]] Result<std::vector<std::string>, std::string> migrate(const Options& options);

}  // namespace yimen::persistence::sqlite
