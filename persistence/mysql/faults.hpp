// Where tests break in: told of every call to the server, and free to throw a Failure in its place
// or behind it.
#pragma once

namespace yimen::persistence::mysql {

enum class Call { connect, prepare, run, fetch, commit };

class Faults {
 public:
  virtual ~Faults() = default;
  // Instead of the call.
  virtual void before(Call call) = 0;
  // The server has done it; its answer is lost.
  virtual void after(Call call) = 0;
};

}  // namespace yimen::persistence::mysql
