// What went wrong between us and the server, and what is to be done about it. Failures are
// exceptions of this folder; they never leave it.
#pragma once

#include <stdexcept>
#include <string>

#include "persistence/store_error.hpp"

namespace yimen::persistence::mysql {

class Failure final : public std::runtime_error {
 public:
  // An error number of the server (1000 …) or of the client library (2000 …).
  Failure(int code, const std::string& what) : std::runtime_error(what), code_(code) {}

  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;
};

// Up to the sending of COMMIT nothing has been committed; from then on it may have been.
enum class Phase { before_commit, at_commit };

enum class Remedy {
  repeat,        // rolled back: the whole unit once more, from fresh reads
  judge_anew,    // a competitor was first: fresh reads will tell who
  reconnect,     // nothing was committed, the connection or its node is of no use: on another one
  resolve,       // it may have been committed: look, on another connection
  give_up,       // nothing was committed, and trying again at once is no use
  refuse         // the schema says no, or we are wrong: trying again is no use at all
};

// The only place that knows what an error number means.
[[nodiscard]] Remedy remedy_for(int code, Phase phase);

// Whether the connection is of no further use.
[[nodiscard]] bool is_lost(int code);

// What an operator can do about it, to be put behind "database error N": ends with a full stop.
[[nodiscard]] std::string sentence_about(int code);

// What a unit is told for which there is nothing more to try; `resolve` is `outcome_unknown`.
[[nodiscard]] StoreError store_error(const Failure& failure, Remedy remedy);

}  // namespace yimen::persistence::mysql
