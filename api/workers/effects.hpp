// Performs what entries left to be done after their commit, in the order of commits, once.
#pragma once

#include "api/workers/hand.hpp"

namespace yimen::api {

class Effects {
 public:
  explicit Effects(const Hand& hand) : hand_(hand) {}

  // One batch; the effects of a case in their order, cases side by side.
  [[nodiscard]] Turn perform(const std::vector<persistence::Lease>& leases);

 private:
  enum class End { performed, failed, lease_lost };

  [[nodiscard]] End settle(const persistence::OutboxRow& row, const persistence::Lease& lease);
  // False where it is to be tried again.
  [[nodiscard]] bool knock(const persistence::OutboxRow& row, const workflow::Value& details);
  [[nodiscard]] Word word_of(const persistence::OutboxRow& row,
                             const workflow::Value& details) const;

  const Hand& hand_;
  Aside aside_;
};

}  // namespace yimen::api
