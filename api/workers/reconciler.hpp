// Proves that every running clock has exactly one armed rung, and repairs what has not, through the
// door. A ladder that has come to its end has none.
#pragma once

#include <optional>

#include "api/workers/hand.hpp"

namespace yimen::api {

class Reconciler {
 public:
  explicit Reconciler(const Hand& hand) : hand_(hand) {}

  // Looks at the next cases. True once it has come to the last; the next look begins anew.
  [[nodiscard]] bool look(const std::vector<persistence::Lease>& leases);

 private:
  [[nodiscard]] bool is_in_order(const persistence::StrayClock& stray) const;
  void repair(const persistence::StrayClock& stray);

  const Hand& hand_;
  std::string after_;
};

}  // namespace yimen::api
