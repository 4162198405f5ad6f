// The store for more than one machine: a schema on a MariaDB server or a cluster of them, which any
// number of processes share.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "persistence/mysql/faults.hpp"
#include "persistence/mysql/server.hpp"
#include "persistence/projection.hpp"
#include "persistence/store.hpp"
#include "persistence/transfer.hpp"

namespace yimen::persistence::mysql {

struct Options {
  Server server;
  bool sample = false;  // marks a database that is made now, for training, samples and tests
  // For everything but the commits of cases, whose threads have a connection each.
  std::size_t connections = 16;
  std::size_t committers = 3;  // more make smaller batches: measured on two processors
  std::string jurisdiction;  // a database belongs to one, from its making on
  std::vector<StateWord> vocabulary;
  // Documents whose upload was begun so long ago and never became one are swept away at the start;
  // younger ones may be another process's.
  std::chrono::milliseconds uploads_abandoned_after = std::chrono::hours(1);
  Faults* faults = nullptr;  // of the tests
};

class Database : public persistence::Database, public TableTarget {};

// Applies missing migrations, seeds the vocabulary and starts the committers. The refusal is a
// sentence for whoever started the program.
[[nodiscard]] Result<std::unique_ptr<Database>, std::string> open(const Options& options);

// Only the migrations; answers the names of those that were missing.
[[nodiscard]] Result<std::vector<std::string>, std::string> migrate(const Options& options);

}  // namespace yimen::persistence::mysql
