// Takes rungs that are due and lets each do what its ladder says, once.
#pragma once

#include <mutex>

#include "api/workers/hand.hpp"

namespace yimen::api {

class Deadlines {
 public:
  explicit Deadlines(const Hand& hand) : hand_(hand) {}

  // One batch, by due time; several at a time, so that their commits share transactions.
  [[nodiscard]] Turn act(const std::vector<persistence::Lease>& leases);

 private:
  enum class End { told, taken, refused, overtaken, failed, lease_lost };

  [[nodiscard]] End settle(const persistence::DueRung& due, const persistence::Lease& lease,
                           workflow::Instant now);
  [[nodiscard]] End take(const persistence::DueRung& due, const persistence::RungMark& mark,
                         const RungAct& act, workflow::Instant now);
  [[nodiscard]] End finish(const persistence::RungMark& mark, const Word& word, End end,
                           workflow::Instant now);
  void count(End end);

  const Hand& hand_;
  Aside aside_;
};

}  // namespace yimen::api
