// Takes rungs that are due and lets each do what its ladder says, once.
#pragma once

#include <optional>

#include "api/workers/hand.hpp"

namespace yimen::api {

class Deadlines {
 public:
  explicit Deadlines(const Hand& hand) : hand_(hand) {}

  // One batch, by due time: what acts side by side, so that commits share transactions; then what
  // only tells, many rungs in one.
  [[nodiscard]] Turn act(const std::vector<persistence::Lease>& leases);

 private:
  enum class End { told, taken, refused, overtaken, repeated, failed, lease_lost };

  struct Work {
    persistence::DueRung due;
    persistence::Lease lease;
    End end = End::failed;
    // What is left to be written for this end to be true.
    std::optional<persistence::FinishedRung> left{};
  };

  void settle(Work& work, workflow::Instant now);
  [[nodiscard]] End take(const Work& work, const persistence::LoadedCase& loaded,
                         const RungAct& act, workflow::Instant now);
  void finish(std::vector<Work>& batch, workflow::Instant now);
  void finish_together(const std::vector<Work*>& batch, workflow::Instant now);
  [[nodiscard]] std::vector<persistence::Notification> told_of(const Work& work, const Word& word,
                                                               workflow::Instant now) const;
  void count(End end);

  const Hand& hand_;
  Aside aside_;
};

}  // namespace yimen::api
